{{/* Peers and ports of network policies. */}}

{{/* Pods of this release: (dict "root" $ "components" (list "bff")) */}}
{{- define "souk.peers" -}}
- podSelector:
    matchLabels:
      app.kubernetes.io/name: souk
      app.kubernetes.io/instance: {{ .root.Release.Name }}
    matchExpressions:
      - key: app.kubernetes.io/component
        operator: In
        values: {{ toJson .components }}
{{- end -}}

{{- define "souk.networkPolicyHead" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "souk.metadata" . | nindent 2 }}
{{- end -}}

{{- define "souk.monitoringPeer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .Values.networkPolicy.monitoringNamespace }}
{{- end -}}

{{/* All components that run the domain: they need its stores. */}}
{{- define "souk.domainComponents" -}}
{{- $components := list "bff" "worker" "migrate" "reindex" "cron" -}}
{{- if .Values.development.enabled }}{{ $components = append $components "seed" }}{{ end -}}
{{- toJson (dict "list" $components) -}}
{{- end -}}

{{/* Ways out to a store: to the chart's own, or to networks outside. (dict "root" $ "store" "redis" "own" true "port" 6379) */}}
{{- define "souk.storeEgress" -}}
{{- $outside := index .root.Values.networkPolicy .store -}}
{{- if .own }}
- to:
    {{- include "souk.peers" (dict "root" .root "components" (list .store)) | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ .port }} }
{{- else if $outside.cidrs }}
- to:
    {{- include "souk.blocks" $outside.cidrs | nindent 4 }}
  ports:
    - { protocol: TCP, port: {{ $outside.port }} }
{{- end }}
{{- end -}}

{{- define "souk.blocks" -}}
{{- range . }}
- ipBlock: { cidr: {{ . | quote }} }
{{- end }}
{{- end -}}

{{/* The internet, without what is private and without the node's metadata. (dict "root" $ "ports" (list 443)) */}}
{{- define "souk.internetEgress" -}}
{{- $internet := .root.Values.networkPolicy.internet -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: {{ toJson $internet.except }}
    - ipBlock:
        cidr: ::/0
        except: {{ toJson $internet.exceptIPv6 }}
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end -}}

{{/* Traces to the collector of the cluster, where they are on. */}}
{{- define "souk.tracingEgress" -}}
{{- if .Values.config.OTEL_EXPORTER_OTLP_ENDPOINT }}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ .Values.networkPolicy.tracing.namespace }}
  ports:
    - { protocol: TCP, port: {{ .Values.networkPolicy.tracing.port }} }
{{- end }}
{{- end -}}
