{{/* The pod of a data service of the chart, up to its containers: (dict "root" $ "component" "redis" "uid" 10001) */}}
{{- define "souk.storePod" -}}
metadata:
  labels:
    {{- include "souk.labels" . | nindent 4 }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ .component }}
    checksum/secret: {{ printf "%s %s" (toJson .root.Values.secrets.values) .root.Values.secrets.revision | sha256sum }}
spec:
  {{- include "souk.podBasics" (dict "root" .root "component" (.account | default .component) "uid" .uid) | nindent 2 }}
  terminationGracePeriodSeconds: 60
{{- end -}}

{{/* A headless service: (dict "root" $ "component" "redis" "ports" (dict "redis" 6379)) */}}
{{- define "souk.storeService" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "souk.metadata" . | nindent 2 }}
spec:
  # the one pod itself, as a StatefulSet wants it
  clusterIP: None
  selector:
    {{- include "souk.selector" . | nindent 4 }}
  ports:
    {{- range $name, $port := .ports }}
    - { name: {{ $name }}, port: {{ $port }}, targetPort: {{ $name }} }
    {{- end }}
{{- end -}}
