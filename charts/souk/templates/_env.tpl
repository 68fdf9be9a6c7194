{{/* The programs' variables. */}}

{{/* What is no secret and the same for all: data of the config map. Empty ones are left out, so that defaults hold. */}}
{{- define "souk.configData" -}}
{{- range $name, $value := .Values.config }}
{{- if ne (toString $value) "" }}
{{ $name }}: {{ toString $value | quote }}
{{- end }}
{{- end }}
NODE_ENV: production
HOST: 0.0.0.0
{{- if .Values.meilisearch.enabled }}
MEILI_URL: http://{{ include "souk.fullname" . }}-meilisearch:7700
{{- end }}
{{- if eq .Values.media.store "s3" }}
MEDIA_BUCKET: {{ .Values.media.s3.bucket | quote }}
{{- with .Values.media.s3.region }}
MEDIA_REGION: {{ . | quote }}
{{- end }}
{{- with .Values.media.s3.endpoint }}
MEDIA_ENDPOINT: {{ . | quote }}
{{- end }}
{{- else }}
MEDIA_DIR: /media
{{- end }}
{{- if .Values.development.enabled }}
{{- if .Values.development.paymentSandbox.enabled }}
STRIPE_JS_URL: {{ include "souk.sandboxUrl" . }}/v3/stripe.js
STRIPE_PUBLISHABLE_KEY: pk_test_sandbox
{{- end }}
{{- if .Values.development.mailCatcher.enabled }}
MAILBOX_URL: http://{{ include "souk.fullname" . }}-mail-catcher:8025
{{- end }}
{{- end }}
{{- end -}}

{{/* Where browsers reach the payment sandbox. */}}
{{- define "souk.sandboxUrl" -}}
{{- .Values.development.paymentSandbox.publicUrl | default (printf "http://%s-payment-sandbox.%s.svc:4010" (include "souk.fullname" .) .Release.Namespace) -}}
{{- end -}}

{{/* The Secret that holds the secret variables; hooks that run before the release's objects exist have a copy. */}}
{{- define "souk.secretName" -}}
{{- .Values.secrets.existingSecret | default (printf "%s-secrets" (include "souk.fullname" .)) -}}
{{- end -}}

{{/* Keys of the Secret that the API, the worker and the operator's commands read: required ones first. */}}
{{- define "souk.secretKeys" -}}
required: [SOUK_SECRET, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET]
optional:
  - MEILI_API_KEY
  - SMTP_URL
  - GOOGLE_CLIENT_SECRET
  - GITHUB_CLIENT_SECRET
  - FACEBOOK_CLIENT_SECRET
  - APPLE_PRIVATE_KEY
  - OIDC_CLIENT_SECRET
  - SHIPPO_API_TOKEN
  - AVALARA_LICENSE_KEY
  - SENTRY_DSN
{{- end -}}

{{/* (dict "name" … "secret" … "key" … "optional" false) */}}
{{- define "souk.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key | default .name }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{/* Secrets and addresses of all that runs on the image of the API: (dict "root" $ "secret" NAME) */}}
{{- define "souk.domainEnv" -}}
{{- $fullname := include "souk.fullname" .root -}}
{{- $values := .root.Values -}}
{{- $secret := .secret | default (include "souk.secretName" .root) -}}
{{- $keys := include "souk.secretKeys" .root | fromYaml -}}
{{- if $values.postgres.enabled }}
{{ include "souk.secretVariable" (dict "name" "DATABASE_URL" "secret" (printf "%s-postgres-app" $fullname) "key" "uri") }}
{{- else if and $values.development.enabled $values.development.postgres.enabled }}
{{ include "souk.secretVariable" (dict "name" "POSTGRES_PASSWORD" "secret" $secret) }}
- name: DATABASE_URL
  value: postgres://souk:$(POSTGRES_PASSWORD)@{{ $fullname }}-postgres:5432/souk
{{- else }}
{{ include "souk.secretVariable" (dict "name" "DATABASE_URL" "secret" $secret) }}
{{- end }}
{{- if $values.redis.enabled }}
{{ include "souk.secretVariable" (dict "name" "REDIS_PASSWORD" "secret" $secret) }}
- name: REDIS_URL
  value: redis://:$(REDIS_PASSWORD)@{{ $fullname }}-redis:6379
{{- else }}
{{ include "souk.secretVariable" (dict "name" "REDIS_URL" "secret" $secret "optional" true) }}
{{- end }}
{{- range $keys.required }}
{{ include "souk.secretVariable" (dict "name" . "secret" $secret) }}
{{- end }}
{{- $caught := and $values.development.enabled $values.development.mailCatcher.enabled }}
{{- range $keys.optional }}
{{- if not (and $caught (eq . "SMTP_URL")) }}
{{ include "souk.secretVariable" (dict "name" . "secret" $secret "optional" true) }}
{{- end }}
{{- end }}
{{- if $caught }}
- name: SMTP_URL
  value: smtp://{{ $fullname }}-mail-catcher:2525
{{- end }}
{{- if and $values.development.enabled $values.development.paymentSandbox.enabled }}
- name: STRIPE_API_BASE
  value: http://{{ $fullname }}-payment-sandbox:4010
{{- end }}
{{- end -}}

{{/* The config map, for pods that start after it is there. */}}
{{- define "souk.envFrom" -}}
- configMapRef:
    name: {{ include "souk.fullname" . }}-config
{{- end -}}

{{/* The pictures' volume, where they are on one: items of volumes, and of volumeMounts. */}}
{{- define "souk.mediaVolume" -}}
{{- if eq .Values.media.store "volume" }}
- name: media
  persistentVolumeClaim:
    claimName: {{ .Values.media.volume.existingClaim | default (printf "%s-media" (include "souk.fullname" .)) }}
{{- end }}
{{- end -}}

{{- define "souk.mediaMount" -}}
{{- if eq .Values.media.store "volume" }}
- name: media
  mountPath: /media
{{- end }}
{{- end -}}
