{{/* An ExternalSecret whose Secret has its name: (dict "root" $ "name" "secrets" "annotations" …) */}}
{{- define "souk.externalSecret" -}}
{{- $external := .root.Values.secrets.external -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  {{- include "souk.metadata" (dict "root" .root "component" "secrets" "name" .name) | nindent 2 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  refreshInterval: {{ $external.refreshInterval }}
  secretStoreRef:
    kind: {{ $external.storeKind }}
    name: {{ $external.storeName }}
  target:
    name: {{ include "souk.fullname" .root }}-{{ .name }}
    creationPolicy: Owner
  dataFrom:
    - extract:
        key: {{ $external.remoteKey }}
{{- end -}}
