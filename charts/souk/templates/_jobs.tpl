{{/*
The spec of a Job that runs a command of the operator:
(dict "root" $ "component" "migrate" "args" (list "souk" "migrate") "resources" … "account" "jobs" "inline" false "secret" NAME "restart" "Never")
`inline` gives the configuration as plain variables: for hooks that run before the config map is there.
*/}}
{{- define "souk.commandJob" -}}
template:
  metadata:
    labels:
      {{- include "souk.labels" . | nindent 6 }}
  spec:
    {{- include "souk.podBasics" (dict "root" .root "component" (.account | default "jobs")) | nindent 4 }}
    {{- if and .root.Values.priorityClasses.create (not .inline) }}
    priorityClassName: {{ include "souk.fullname" .root }}-jobs
    {{- end }}
    restartPolicy: {{ .restart | default "Never" }}
    {{- with .initContainers }}
    initContainers:
      {{- . | nindent 6 }}
    {{- end }}
    containers:
      - {{- include "souk.container" (dict "root" .root "name" .component "image" (.image | default "bff")) | nindent 8 }}
        args:
          {{- toYaml .args | nindent 10 }}
        {{- if not .inline }}
        envFrom:
          {{- include "souk.envFrom" .root | nindent 10 }}
        {{- end }}
        env:
          {{- if .inline }}
          {{- range $name, $value := include "souk.configData" .root | fromYaml }}
          - { name: {{ $name }}, value: {{ $value | quote }} }
          {{- end }}
          {{- end }}
          {{- include "souk.domainEnv" . | nindent 10 }}
        resources:
          {{- toYaml .resources | nindent 10 }}
        volumeMounts:
          - { name: tmp, mountPath: /tmp }
          {{- if .media }}
          {{- include "souk.mediaMount" .root | nindent 10 }}
          {{- end }}
    volumes:
      - name: tmp
        emptyDir: { sizeLimit: 256Mi }
      {{- if .media }}
      {{- include "souk.mediaVolume" .root | nindent 6 }}
      {{- end }}
{{- end -}}
