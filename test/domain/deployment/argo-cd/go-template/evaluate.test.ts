import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filledTemplate } from '../../../../../src/domain/deployment/argo-cd/go-template/evaluate.ts'
import { attempted } from '../../../../../src/domain/deployment/unknown-delivery.ts'
import type { JsonObject } from '../../../../../src/domain/manifest/json.ts'

const data: JsonObject = {
  name: 'web',
  env: '',
  on: true,
  count: 3,
  million: 1_000_000,
  small: 0.00001,
  list: ['a', 'b', 'c'],
  none: null,
  path: { path: 'apps/Web App/prod', basename: 'prod', segments: ['apps', 'Web App', 'prod'] },
  labels: { env: 'prod', 'a.b/c': 'd' },
}

const filled = (text: string, isStrict = false, left = 100_000) =>
  attempted(() => filledTemplate(text, data, { isStrict, isOpen: false, work: { left } }))
const written = (text: string, isStrict = false) => {
  const { value, unknown } = filled(text, isStrict)
  return value ?? unknown?.code
}

describe('a Go template writes', () => {
  it.each([
    ['what has no braces', 'a-}}', 'a-}}'],
    ['a field', '{{.name}}', 'web'],
    ['fields of fields', '{{ .path.basename }}-{{.name }}', 'prod-web'],
    ['an item', '{{index .path.segments 1}}', 'Web App'],
    ['an item of an item', '{{ (index .path.segments 0) }}', 'apps'],
    ['an entry whose name is no word', '{{ index .labels "a.b/c" }}', 'd'],
    ['fields of brackets', '{{ (index (list .labels) 0).env }}', 'prod'],
    ['what is not there', '{{.missing}}', '<no value>'],
    ['nothing', '{{.none}}', '<no value>'],
    ['numbers as Go does', '{{.count}} {{.million}} {{.small}}', '3 1e+06 1e-05'],
    ['a list and a map', '{{.list}} {{.labels}}', '[a b c] map[a.b/c:d env:prod]'],
    ['no white space where that is said', 'a {{- .name -}} \n b', 'awebb'],
    ['no comment', 'a{{/* no }} end */}}b', 'ab'],
    ['a usual value', '{{ .env | default "dev" }}{{ default "x" .name }}', 'devweb'],
    ['one of two', '{{ if eq .name "web" }}yes{{ else }}no{{ end }}', 'yes'],
    ['one of three', '{{ if .env }}a{{ else if .on }}b{{ else }}c{{ end }}', 'b'],
    ['with something', '{{ with .labels }}{{ .env }}{{ $.name }}{{ end }}', 'prodweb'],
    ['for each', '{{ range .list }}<{{ . }}>{{ end }}', '<a><b><c>'],
    ['for each with its place', '{{ range $i, $x := .list }}{{ $i }}{{ $x }}{{ end }}', '0a1b2c'],
    ['for each entry', '{{ range $k, $v := .labels }}{{ $k }}={{ $v }};{{ end }}', 'a.b/c=d;env=prod;'],
    ['for none', '{{ range .missing }}a{{ else }}none{{ end }}', 'none'],
    ['a variable', '{{ $x := .name }}{{ $x }}-{{ $x }}', 'web-web'],
    ['and, or, not', '{{ and .on .name }} {{ or .env .name }} {{ not .env }}', 'web web true'],
    ['what is not looked at', '{{ or .name .missing.deeper }}', 'web'],
    ['small letters', '{{ .path.path | lower | replace " " "_" }}', 'apps/web_app/prod'],
    ['an end and a beginning less', '{{ trimSuffix "eb" .name }}{{ trimPrefix "w" .name }}', 'web'],
    [
      'parts of paths',
      '{{ base .path.path }} {{ dir .path.path }} {{ ext "a.b/c.yaml" }}',
      'prod apps/Web App .yaml',
    ],
    [
      'a part of a list',
      '{{ index (splitList "/" .path.path) 0 }}{{ last .list }}{{ join "," .list }}',
      'appsca,b,c',
    ],
    ['a name fit for an object', '{{ normalize .path.path }}', 'apps-web-app-prod'],
    ['a part of a text', '{{ trunc 2 .name }}{{ trunc -2 .name }}{{ substr 1 2 .name }}', 'weebe'],
    ['one of a condition', '{{ ternary "a" "b" .on }}', 'a'],
    ['a format', '{{ printf "%s-%v-%d" .name .count 2 }}', 'web-3-2'],
    [
      'what may be missing',
      '{{ dig "a" "b" "usual" .labels }}{{ get .labels "x" }}{{ hasKey .labels "env" }}',
      'usualtrue',
    ],
    ['sums', '{{ add 1 .count }}{{ sub 5 2 }}{{ add1 1 }}', '432'],
    ['quotes', '{{ quote .name }}{{ squote .name }}', `"web"'web'`],
    ['JSON', '{{ toJson .labels }}', '{"a.b/c":"d","env":"prod"}'],
    ['YAML', '{{ .labels | toYaml | nindent 2 }}', '\n  "a.b/c": "d"\n  "env": "prod"'],
    ['what brackets do', '{{ (.name | upper) }}', 'WEB'],
    ['texts as they stand', '{{ `a"b` }}', 'a"b'],
  ])('%s', (_, text, result) => {
    expect(written(text)).toBe(result)
  })

  it.each([
    ['a function of which nothing is known', '{{ sha1sum .name }}', 'template'],
    ['a function of many results', '{{ randAlpha 5 }}', 'template'],
    ['a template within', '{{ template "x" . }}', 'template'],
    ['another value for a variable', '{{ $x := 1 }}{{ $x = 2 }}', 'template'],
    ['a format that is not followed', '{{ printf "%05d" 1 }}', 'template'],
    ['no end', '{{ if .on }}a', 'fails'],
    ['an end too many', 'a{{ end }}', 'fails'],
    ['no closing braces', 'a{{ .name', 'fails'],
    ['nothing in them', '{{ }}', 'fails'],
    ['a field of a text', '{{ .name.deeper }}', 'fails'],
    ['a field of nothing', '{{ .missing.deeper }}', 'fails'],
    ['an item that is not there', '{{ index .list 3 }}', 'fails'],
    ['a variable that is not there', '{{ $x }}', 'fails'],
    ['a text and a number compared', '{{ eq .name 1 }}', 'fails'],
    ['a floating and a whole number compared', '{{ eq .count 3 }}', 'fails'],
    ['what somebody lets fail', '{{ fail "no" }}', 'fails'],
    ['a number where a text is needed', '{{ lower .count }}', 'fails'],
  ])('nothing for %s', (_, text, code) => {
    expect(written(text)).toBe(code)
  })

  it('nothing for what is not there, where that is said', () => {
    expect(written('{{ .missing }}', true)).toBe('fails')
    expect(written('{{ .name }}', true)).toBe('web')
  })

  it('no more than there is room for', () => {
    const deep = `${'{{ range $.list }}'.repeat(30)}x${'{{ end }}'.repeat(30)}`

    expect(written(deep)).toBe('limit')
    expect(written(`{{ ${'('.repeat(1000)}.name${')'.repeat(1000)} }}`)).toBe('limit')
    expect(written('{{ if .on }}'.repeat(100))).toBe('limit')
  })

  it('any text without braces as it is, and ends for any other', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{{',
        '}}',
        '{{-',
        '-}}',
        '.name',
        'if ',
        'end',
        'range ',
        '"',
        '`',
        '(',
        ')',
        '|',
        '$x',
        ':=',
        ' ',
      ),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const { value, unknown } = filled(text)
        if (!text.includes('{{')) expect(value).toBe(text)
        expect(value !== undefined || unknown !== undefined).toBe(true)
      }),
    )
  })
})
