{{/* What the schema cannot say: values that contradict each other. */}}
{{- define "souk.validate" -}}
{{- $values := .Values -}}
{{- $sources := 0 -}}
{{- if $values.secrets.existingSecret }}{{ $sources = add1 $sources }}{{ end -}}
{{- if $values.secrets.external.enabled }}{{ $sources = add1 $sources }}{{ end -}}
{{- if $values.secrets.create }}{{ $sources = add1 $sources }}{{ end -}}
{{- if ne (int $sources) 1 -}}
{{- fail (printf "secrets: set exactly one of secrets.existingSecret, secrets.external.enabled and secrets.create, and not %d" (int $sources)) -}}
{{- end -}}
{{- range $component := list "storefront" "bff" -}}
{{- $own := index $values $component -}}
{{- $needed := add $own.preStopSeconds $own.drainSeconds 10 -}}
{{- if lt (int $own.terminationGracePeriodSeconds) (int $needed) -}}
{{- fail (printf "%s.terminationGracePeriodSeconds: %d is less than preStopSeconds + drainSeconds + 10 = %d, so pods would be killed while they serve" $component (int $own.terminationGracePeriodSeconds) (int $needed)) -}}
{{- end -}}
{{- end -}}
{{- range $component := list "storefront" "bff" "worker" -}}
{{- $scaling := (index $values $component).autoscaling -}}
{{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- fail (printf "%s.autoscaling.minReplicas: %d is more than maxReplicas, %d" $component (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- if and $values.ingress.enabled $values.gateway.enabled -}}
{{- fail "gateway.enabled: there is an ingress already (ingress.enabled); use one of the two" -}}
{{- end -}}
{{- if and (eq $values.rollout.canary.trafficRouting "alb") (eq $values.rollout.strategy "canary") (not (and $values.ingress.enabled (eq $values.ingress.className "alb"))) -}}
{{- fail "rollout.canary.trafficRouting: alb needs ingress.enabled with ingress.className alb" -}}
{{- end -}}
{{- if and (eq (include "souk.ownsDatabase" .) "false") $values.networkPolicy.enabled (not $values.networkPolicy.postgres.cidrs) -}}
{{- fail "networkPolicy.postgres.cidrs: say in which networks the database is, or no pod can reach it" -}}
{{- end -}}
{{- if and $values.postgres.enabled $values.development.enabled $values.development.postgres.enabled -}}
{{- fail "development.postgres.enabled: there is a Postgres already (postgres.enabled); use one of the two" -}}
{{- end -}}
{{- if and $values.config.MEILI_URL $values.meilisearch.enabled -}}
{{- fail "config.MEILI_URL: leave it empty where the chart brings its own Meilisearch (meilisearch.enabled)" -}}
{{- end -}}
{{- if and $values.meilisearch.backup.enabled (not $values.meilisearch.persistence.enabled) -}}
{{- fail "meilisearch.backup.enabled: it needs meilisearch.persistence.enabled" -}}
{{- end -}}
{{- end -}}
