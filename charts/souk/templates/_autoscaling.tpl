{{/* What a component is scaled by besides CPU: its name at the adapter, KEDA's query, and the target a pod. */}}
{{- define "souk.loadMetric" -}}
{{- $scaling := (index .root.Values .component).autoscaling -}}
{{- $namespace := .root.Release.Namespace -}}
{{- if eq .component "worker" -}}
name: souk_jobs_waiting
# each worker tells the whole queue
query: max(jobs_waiting{namespace="{{ $namespace }}",service="worker"})
target: {{ $scaling.targetJobsWaiting }}
{{- else -}}
name: souk_http_requests_per_second
query: sum(rate(http_request_duration_seconds_count{namespace="{{ $namespace }}",service="{{ .component }}",route!~"/health.*"}[2m]))
target: {{ $scaling.targetRequestsPerSecond }}
{{- end }}
{{- end -}}

{{- define "souk.scaleTarget" -}}
{{- if eq "true" (include "souk.isRollout" .) -}}
apiVersion: argoproj.io/v1alpha1
kind: Rollout
{{- else -}}
apiVersion: apps/v1
kind: Deployment
{{- end }}
name: {{ include "souk.fullname" .root }}-{{ .component }}
{{- end -}}

{{/* Up fast, down slowly. */}}
{{- define "souk.scaleBehavior" -}}
{{- $up := .Values.autoscaling.scaleUp -}}
{{- $down := .Values.autoscaling.scaleDown -}}
scaleUp:
  stabilizationWindowSeconds: {{ $up.stabilizationSeconds }}
  selectPolicy: Max
  policies:
    - { type: Percent, value: {{ $up.percent }}, periodSeconds: 30 }
    - { type: Pods, value: 4, periodSeconds: 30 }
scaleDown:
  stabilizationWindowSeconds: {{ $down.stabilizationSeconds }}
  selectPolicy: Max
  policies:
    - { type: Percent, value: {{ $down.percent }}, periodSeconds: 120 }
    - { type: Pods, value: 1, periodSeconds: 120 }
{{- end -}}
