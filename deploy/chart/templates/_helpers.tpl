{{- define "firebreak.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 53 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "firebreak.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "firebreak.labels" -}}
{{ include "firebreak.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "firebreak.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}{{ end }}
{{- end }}

{{- define "firebreak.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "firebreak.name" .) .Values.serviceAccount.name }}{{ else }}{{ default "default" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{/* Not empty where several servers share a queue. */}}
{{- define "firebreak.redis" -}}
{{- if or .Values.redis.url .Values.redis.existingSecret.name }}yes{{ end }}
{{- end }}

{{/* As the URL says it; what a Secret holds nobody sees here. */}}
{{- define "firebreak.redisPort" -}}
{{- regexFind ":[0-9]+$" (get (urlParse (.Values.redis.url | default "")) "host") | trimPrefix ":" | default .Values.redis.port }}
{{- end }}

{{/* What extraEnv may not say otherwise than the chart, or holds a secret. */}}
{{- define "firebreak.ownEnvironment" -}}
APP_ID PRIVATE_KEY PRIVATE_KEY_PATH WEBHOOK_SECRET GITHUB_API_URL REDIS_URL HOST PORT JOURNAL MIRROR_DIR CACHE_DIR CONCURRENCY JUDGING_MEMORY JUDGING_SECONDS STOP_SECONDS CATCH_UP_MINUTES LOG_LEVEL TRAFFIC_DIR
{{- end }}

{{/* Not empty where the journal outlives the pod. */}}
{{- define "firebreak.persistent" -}}
{{- if and .Values.persistence.enabled (not (include "firebreak.redis" .)) }}yes{{ end }}
{{- end }}
