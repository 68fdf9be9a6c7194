{{/* What all pods share: the restricted Pod Security standard, and no token of the API server. */}}

{{- define "souk.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .uid | default 10001 }}
runAsGroup: {{ .uid | default 10001 }}
fsGroup: {{ .uid | default 10001 }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "souk.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop: [ALL]
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: {{ .uid | default 10001 }}
runAsGroup: {{ .uid | default 10001 }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The head of a pod spec: (dict "root" $ "component" "bff" "uid" 10001) */}}
{{- define "souk.podBasics" -}}
serviceAccountName: {{ include "souk.serviceAccount" . }}
automountServiceAccountToken: false
# variables such as SOUK_BFF_PORT would be mistaken for settings
enableServiceLinks: false
securityContext:
  {{- include "souk.podSecurity" . | nindent 2 }}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* (dict "root" $ "name" "main" "image" "bff"): name, image and security of a container of ours */}}
{{- define "souk.container" -}}
name: {{ .name }}
image: {{ include "souk.image" . }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "souk.containerSecurity" (dict) | nindent 2 }}
{{- end -}}

{{/* Pods even over zones, then over nodes; each release by itself, or old pods would unbalance the new. */}}
{{- define "souk.spread" -}}
{{- $hash := ternary "rollouts-pod-template-hash" "pod-template-hash" (eq "true" (include "souk.isRollout" .)) -}}
{{- range $key, $when := dict "topology.kubernetes.io/zone" .root.Values.topologySpread.zone "kubernetes.io/hostname" .root.Values.topologySpread.host }}
- topologyKey: {{ $key }}
  maxSkew: 1
  whenUnsatisfiable: {{ $when }}
  nodeTaintsPolicy: Honor
  matchLabelKeys: [{{ $hash }}]
  labelSelector:
    matchLabels:
      {{- include "souk.selector" $ | nindent 6 }}
{{- end }}
{{- end -}}

{{/* "true" where the component is an Argo Rollout. */}}
{{- define "souk.isRollout" -}}
{{- and (ne .root.Values.rollout.strategy "none") (has .component (list "storefront" "bff")) -}}
{{- end -}}

{{/* (dict "probes" … "port" "http") */}}
{{- define "souk.probes" -}}
{{- range $kind, $probe := .probes }}
{{ $kind }}Probe:
  httpGet:
    path: {{ $probe.path }}
    port: {{ $.port }}
  {{- toYaml (omit $probe "path") | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Where a component may be placed: (dict "root" $ "component" "bff") */}}
{{- define "souk.placement" -}}
{{- $values := index .root.Values .component -}}
{{- $class := $values.priorityClassName -}}
{{- if and (not $class) .root.Values.priorityClasses.create -}}
{{- $class = printf "%s-%s" (include "souk.fullname" .root) (ternary "worker" "shop" (eq .component "worker")) -}}
{{- end }}
{{- with $class }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- include "souk.spread" . | nindent 2 }}
{{- end -}}

{{/* Pods are replaced when what they read at their start has changed. */}}
{{- define "souk.podMetadata" -}}
labels:
  {{- include "souk.labels" . | nindent 2 }}
annotations:
  checksum/config: {{ include "souk.configData" .root | sha256sum }}
  checksum/secret: {{ printf "%s %s" (toJson .root.Values.secrets.values) .root.Values.secrets.revision | sha256sum }}
  kubectl.kubernetes.io/default-container: {{ .component }}
  {{- with (index .root.Values .component).podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
