{{- define "firebreak.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 53 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "firebreak.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
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

{{/* Not empty where the journal outlives the pod. */}}
{{- define "firebreak.persistent" -}}
{{- if and .Values.persistence.enabled (not (include "firebreak.redis" .)) }}yes{{ end }}
{{- end }}
