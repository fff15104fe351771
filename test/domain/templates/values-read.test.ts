import { describe, expect, test } from 'vitest'
import { parseTemplate, type TemplateNode } from '../../../src/domain/templates/template-tree.ts'
import { valuesRead } from '../../../src/domain/templates/values-read.ts'

const helpers = `
{{- define "port" }}{{ .Values.port }}{{ end -}}
{{ define "host" }}{{ .host }}{{ end }}
{{ define "named" }}{{ $.root.Values.name }}-{{ .suffix }}{{ end }}
{{ define "first" }}{{ (index . 0).Values.one }}{{ index . 1 }}{{ end }}
{{ define "loop" }}{{ include "loop" . }}{{ .Values.looped }}{{ end }}
`

/** The paths that a template reads, with `?` behind those of which it only asks whether they are there. */
function reads(text: string, { templatedValues = false, definedElsewhere = true } = {}): readonly string[] {
  const tree = parseTemplate(text)
  if (tree === undefined) return ['does not parse']
  const library = parseTemplate(helpers)
  const defined = [...(library?.defined ?? []), ...tree.defined]
  const definitions = new Map<string, (readonly TemplateNode[])[]>(
    defined.map(([name, nodes]) => [name, [nodes]]),
  )
  const read = valuesRead(tree.nodes, { definitions, definedElsewhere, templatedValues })
  if (read.everything) return ['all']
  return [
    ...read.whole.map((path) => path.join('.')),
    ...read.asked.map((path) => `${path.join('.')}?`),
  ].toSorted()
}

describe('what a template reads of the values', () => {
  test.each<[string, readonly string[]]>([
    ['a: b', []],
    ['{{ .Values.a.b }}', ['a.b']],
    ['{{- .Values.a -}} {{ $.Values.b }}', ['a', 'b']],
    ['{{ .Values.a | default "x" | quote }}', ['a']],
    ['{{ default .Values.b .Values.a }}', ['a', 'b']],
    ['{{ toYaml .Values.a | nindent 2 }}', ['a']],
    ['{{ toYaml .Values }}', ['all']],
    ['{{ .Values }}', ['all']],
    ['{{ . }}', ['all']],
    ['{{ range .Values.hosts }}{{ .name }}{{ end }}', ['hosts']],
    ['{{ range $k, $v := .Values.hosts }}{{ $v.name }}{{ $.Values.a }}{{ end }}', ['a', 'hosts']],
    ['{{ range .Values }}{{ end }}', ['all']],
    [
      '{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ else }}{{ .Values.d }}{{ end }}',
      ['a.b', 'a?', 'c', 'd'],
    ],
    [
      '{{ if .Values.on }}{{ .Values.a }}{{ else if .Values.off }}{{ .Values.b }}{{ end }}',
      ['a', 'b', 'off?', 'on?'],
    ],
    ['{{ if eq .Values.kind "x" }}{{ end }}', ['kind']],
    ['{{ if not .Values.off }}{{ end }}', ['off?']],
    ['{{ if hasKey .Values.a "b" }}{{ end }}', ['a.b?']],
    ['{{ index .Values "a" "b-c" }}', ['a.b-c']],
    ['{{ index .Values.list 0 }}', ['list']],
    ['{{ (index .Values.list 0).host }}', ['list']],
    ['{{ index .Values.a .Values.b }}', ['a', 'b']],
    ['{{ get .Values.a "b" }}', ['a.b']],
    ['{{ dig "a" "b" "none" .Values }}', ['a.b']],
    ['{{ $a := .Values.a }}{{ $a.b }}', ['a.b']],
    ['{{ $a := .Values }}{{ $a.b }}', ['b']],
    ['{{ $a := . }}{{ $a.Values.b }}', ['b']],
    ['{{ $a := "" }}{{ if .Values.on }}{{ $a = .Values.a }}{{ end }}{{ $a }}', ['a', 'on?']],
    ['{{ $unused := .Values.a }}', []],
    ['{{ (.Values.a).b }}', ['a.b']],
    ['{{ (default dict .Values.a).b }}', ['a.b']],
    ['{{ include "port" . }}', ['port']],
    ['{{ include "port" $ | quote }}', ['port']],
    ['{{ template "port" . }}', ['port']],
    ['{{ template "port" }}', []],
    ['{{ include "host" .Values.a }}', ['a.host']],
    ['{{ include "named" (dict "root" $ "suffix" .Values.s) }}', ['name', 's']],
    ['{{ include "first" (list . .Values.b) }}', ['b', 'one']],
    ['{{ include "loop" . }}', ['looped']],
    ['{{ include "gone" . }}', ['all']],
    ['{{ include "gone" .Values.a }}', ['a']],
    ['{{ include (printf "%s" .Values.name) . }}', ['all']],
    ['{{ block "own" .Values.a }}{{ .b }}{{ end }}', ['a.b']],
    ['{{ merge .Values.a .Values.b }}', ['a', 'b']],
    ['{{ (merge (dict) .Values.a).b }}', ['a']],
    ['{{ ternary . $ true }}', ['all']],
    ['{{ tpl .Values.a . }}', ['a']],
    ['{{ tpl (toYaml .Values.a) $ }}', ['a']],
    ['{{ tpl "{{ .Values.b }}" . }}', ['all']],
    ['{{ tpl (.Files.Get "a.txt") . }}', ['all']],
    ['{{ .Files.Get .Values.path }}', ['path']],
    ['{{ if .Capabilities.APIVersions.Has "v1" }}{{ .Release.Name }}{{ .Chart.Version }}{{ end }}', []],
    ['{{ .Subcharts.a.Values.b }}', ['all']],
    ['{{/* {{ .Values.a }} */}}{{- /* }} */ -}}', []],
    ['{{ "}} {{ .Values.a" }}{{ `}} {{ .Values.b` }}', []],
    ['{{ .Values.a\n  | quote }}', ['a']],
    ['{{ required "a is needed" .Values.a }}', ['a']],
    ['{{ range until 3 }}{{ $.Values.a }}{{ break }}{{ end }}', ['a']],
    ['{{ required (printf "%s" "x") .Values.a }}{{ -3 }}{{ true }}{{ \'x\' }}{{ 1.5 }}', ['a']],
    ['{{ $_ := set .Values "a" .Values.b }}{{ .Values.a }}', ['a', 'b']],
  ])('%s', (text, expected) => {
    expect(reads(text)).toEqual(expected)
  })

  test('of a text among the values that may be a template, everything', () => {
    expect(reads('{{ tpl .Values.a . }}', { templatedValues: true })).toEqual(['all'])
  })

  test.each([
    ['{{ $_ := set .Values "a" "b" }}', true],
    ['{{ $v := .Values.a }}{{ $_ := unset $v "b" }}', true],
    ['{{ toYaml .Values }}{{ $_ := mergeOverwrite .Values.a (dict "b" 1) }}', true],
    ['{{ $d := dict }}{{ $_ := set $d "a" .Values.a }}', false],
    ['{{ merge (dict) .Values.a }}', false],
  ])('what is written among the values is known: %s', (text, expected) => {
    const tree = parseTemplate(text)

    expect(
      valuesRead(tree?.nodes ?? [], {
        definitions: new Map(),
        definedElsewhere: false,
        templatedValues: false,
      }).writes,
    ).toBe(expected)
  })

  test('what is defined nowhere ends a rendering, and reads nothing', () => {
    const text = '{{ if .Values.on }}{{ include "gone" . }}{{ end }}'

    expect(reads(text)).toEqual(['all'])
    expect(reads(text, { definedElsewhere: false })).toEqual(['on?'])
  })

  test.each([
    ['brackets', `{{ ${'('.repeat(40_000)}.Values.a${')'.repeat(40_000)} }}`],
    ['fields', `{{ .Values${'.a'.repeat(40_000)} }}`],
    ['functions', `{{ .Values.a ${'| quote '.repeat(10_000)}}}`],
    ['blocks', `${'{{if .a}}'.repeat(10_000)}${'{{end}}'.repeat(10_000)}`],
    ['branches', `{{if .a}}${'{{else if .a}}'.repeat(7_000)}{{end}}`],
  ])('is not followed through too many %s', (_, text) => {
    expect(reads(text)).toEqual(['does not parse'])
  })

  test('of includes within too many includes, everything', () => {
    const defined = Array.from(
      { length: 2_000 },
      (_, at) => `{{ define "${at}" }}{{ include "${at + 1}" . }}{{ end }}`,
    )

    expect(reads(`${defined.join('')}{{ include "0" .Values.a }}`)).toEqual(['all'])
  })

  test.each([
    '{{ .Values.a',
    '{{ if .Values.a }}',
    '{{ end }}',
    '{{ else }}',
    '{{ .Values.a ) }}',
    '{{ "a }}',
    '{{ define }}{{ end }}',
    '{{ if a }}{{ else x }}{{ end }}',
    '{{ range | }}{{ end }}',
    '{{ ( .Values.a }}',
    '{{ template .Values.a }}',
    '{{ }}',
  ])('what does not parse is not followed: %s', (text) => {
    expect(reads(text)).toEqual(['does not parse'])
  })

  test('a template of more steps than are followed reads everything', () => {
    const defined = Array.from(
      { length: 200 },
      (_, at) => `{{ define "${at}" }}${'{{ .a }}'.repeat(200)}{{ end }}`,
    )
    const calls = Array.from({ length: 200 }, (_, at) => `{{ include "${at}" .Values.b }}`)

    expect(reads(defined.join('') + calls.join(''))).toEqual(['all'])
  })
})
