{{/* The head of a Deployment or an Argo Rollout: (dict "root" $ "component" "bff") */}}
{{- define "souk.workloadHead" -}}
{{- $values := index .root.Values .component -}}
{{- if eq "true" (include "souk.isRollout" .) -}}
apiVersion: argoproj.io/v1alpha1
kind: Rollout
{{- else -}}
apiVersion: apps/v1
kind: Deployment
{{- end }}
metadata:
  {{- include "souk.metadata" . | nindent 2 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  minReadySeconds: 5
  progressDeadlineSeconds: 600
  selector:
    matchLabels:
      {{- include "souk.selector" . | nindent 6 }}
  strategy:
    {{- include "souk.strategy" . | nindent 4 }}
{{- end -}}

{{/* New pods are ready before old ones go, so that an upgrade fails no request. */}}
{{- define "souk.strategy" -}}
{{- $strategy := ternary .root.Values.rollout.strategy "none" (eq "true" (include "souk.isRollout" .)) -}}
{{- if eq $strategy "canary" -}}
{{ include "souk.canary" . }}
{{- else if eq $strategy "blueGreen" -}}
{{ include "souk.blueGreen" . }}
{{- else -}}
type: RollingUpdate
rollingUpdate:
  maxUnavailable: 0
  maxSurge: 25%
{{- end }}
{{- end -}}

{{/* The kubelet sleeps by itself: images need no shell. */}}
{{- define "souk.preStop" -}}
{{- if gt (int .preStopSeconds) 0 }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .preStopSeconds }}
{{- end }}
{{- end -}}

{{/* Waits for this release's schema, where the database comes with the release and no hook can go before it. */}}
{{- define "souk.waitForSchema" -}}
{{- if eq "true" (include "souk.ownsDatabase" .root) }}
initContainers:
  - {{- include "souk.container" (dict "root" .root "name" "wait-for-schema" "image" "bff") | nindent 4 }}
    args: [souk, migrate, --wait, "600"]
    envFrom:
      {{- include "souk.envFrom" .root | nindent 6 }}
    env:
      {{- include "souk.domainEnv" (dict "root" .root) | nindent 6 }}
    resources:
      {{- toYaml .root.Values.migration.resources | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
{{- end }}
{{- end -}}

{{/* "true" where the database is part of this release. */}}
{{- define "souk.ownsDatabase" -}}
{{- or .Values.postgres.enabled (and .Values.development.enabled .Values.development.postgres.enabled) -}}
{{- end -}}
