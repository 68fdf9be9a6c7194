{{/* Argo Rollouts: (dict "root" $ "component" "bff") */}}

{{- define "souk.canary" -}}
{{- $canary := .root.Values.rollout.canary -}}
{{- $name := printf "%s-%s" (include "souk.fullname" .root) .component -}}
canary:
  maxUnavailable: 0
  maxSurge: 25%
  stableService: {{ $name }}
  canaryService: {{ $name }}-canary
  {{- if and (eq $canary.trafficRouting "alb") (eq .component "storefront") }}
  trafficRouting:
    alb:
      ingress: {{ include "souk.fullname" .root }}-shop
      rootService: {{ $name }}
      servicePort: 80
  {{- end }}
  analysis:
    templates:
      - templateName: {{ $name }}
    # not before pods of the new release take requests
    startingStep: 1
    args:
      {{- include "souk.analysisArgs" . | nindent 6 }}
  steps:
    {{- range $canary.weights }}
    - setWeight: {{ . }}
    - pause: { duration: {{ $canary.pause }} }
    {{- end }}
{{- end -}}

{{- define "souk.blueGreen" -}}
{{- $name := printf "%s-%s" (include "souk.fullname" .root) .component -}}
blueGreen:
  activeService: {{ $name }}
  previewService: {{ $name }}-preview
  autoPromotionEnabled: true
  # the old release stays, to go back to at once
  scaleDownDelaySeconds: {{ .root.Values.rollout.blueGreen.scaleDownDelaySeconds }}
  prePromotionAnalysis:
    templates:
      - templateName: {{ include "souk.fullname" .root }}-preview
    args:
      - name: url
        value: http://{{ $name }}-preview.{{ .root.Release.Namespace }}.svc:{{ ternary 80 4000 (eq .component "storefront") }}/health/ready
  postPromotionAnalysis:
    templates:
      - templateName: {{ $name }}
    args:
      {{- include "souk.analysisArgs" . | nindent 6 }}
{{- end -}}

{{/* Which pods are the new release's. */}}
{{- define "souk.analysisArgs" -}}
- name: pods
  valueFrom:
    podTemplateHashValue: Latest
{{- end -}}
