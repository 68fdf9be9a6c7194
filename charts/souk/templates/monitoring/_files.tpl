{{/* A file of rules or a dashboard, for this release's namespace, with whole addresses of runbooks and dashboards. */}}
{{- define "souk.monitoringFile" -}}
{{- $monitoring := .root.Values.monitoring -}}
{{- $namespace := .root.Release.Namespace -}}
{{- $text := .text | replace "namespace=\"souk\"" (printf "namespace=\"%s\"" $namespace) | replace "namespace=\\\"souk\\\"" (printf "namespace=\\\"%s\\\"" $namespace) -}}
{{- with $monitoring.rules.runbooksUrl -}}
{{- $text = replace "runbook_url: docs/runbooks/" (printf "runbook_url: %s/" (trimSuffix "/" .)) $text -}}
{{- end -}}
{{- with $monitoring.rules.grafanaUrl -}}
{{- $text = replace "dashboard: /d/" (printf "dashboard: %s/d/" (trimSuffix "/" .)) $text -}}
{{- end -}}
{{- trim $text -}}
{{- end -}}
