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

{{/* What runs before a program: (dict "root" $ "component" "bff") */}}
{{- define "souk.initContainers" -}}
{{- $schema := and (ne .component "storefront") (eq "true" (include "souk.ownsDatabase" .root)) -}}
{{- if or $schema .root.Values.development.liveUpdate }}
initContainers:
  {{- if $schema }}
  {{- include "souk.waitForSchema" . | nindent 2 }}
  {{- end }}
  {{- if .root.Values.development.liveUpdate }}
  {{- include "souk.copyApp" . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Waits for this release's schema, where the database comes with the release and no hook can go before it. */}}
{{- define "souk.waitForSchema" -}}
- {{- include "souk.container" (dict "root" .root "name" "wait-for-schema" "image" "bff") | nindent 2 }}
  args: [souk, migrate, --wait, "600"]
  envFrom:
    {{- include "souk.envFrom" .root | nindent 4 }}
  env:
    {{- include "souk.domainEnv" (dict "root" .root) | nindent 4 }}
  resources:
    {{- toYaml .root.Values.migration.resources | nindent 4 }}
  volumeMounts:
    - name: tmp
      mountPath: /tmp
{{- end -}}

{{/* While developing, a program runs from a copy that may be written: the root of its container stays read-only. */}}
{{- define "souk.copyApp" -}}
- {{- include "souk.container" (dict "root" .root "name" "copy-app" "image" (ternary "storefront" "bff" (eq .component "storefront"))) | nindent 2 }}
  command: [node, -e, "require('fs').cpSync('/app', '/live', { recursive: true, verbatimSymlinks: true })"]
  resources:
    {{- toYaml .root.Values.development.resources | nindent 4 }}
  volumeMounts:
    - name: live
      mountPath: /live
{{- end -}}

{{/* (dict "root" $ "file" "bff/src/main.ts"): starts it anew when a file of it changes */}}
{{- define "souk.liveCommand" -}}
{{- if .root.Values.development.liveUpdate }}
command: [node, --watch, --watch-preserve-output, {{ .file }}]
{{- end }}
{{- end -}}

{{- define "souk.liveMount" -}}
{{- if .Values.development.liveUpdate }}
- { name: live, mountPath: /app }
{{- end }}
{{- end -}}

{{- define "souk.liveVolume" -}}
{{- if .Values.development.liveUpdate }}
- name: live
  emptyDir: { sizeLimit: 2Gi }
{{- end }}
{{- end -}}

{{/* "true" where the database is part of this release. */}}
{{- define "souk.ownsDatabase" -}}
{{- or .Values.postgres.enabled (and .Values.development.enabled .Values.development.postgres.enabled) -}}
{{- end -}}
