import { bookinfoFiles } from '../../demo/bookinfo.ts'
import { testAttackClass } from '../support/attack-class.ts'

const chart = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'
const route = (bookinfoFiles()['teams/login/vs-1.yaml'] ?? '').replace('name: vs-1', 'name: vs-3')
const app = (image: string, more = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: catalog }\nspec: { replicas: {{ .Values.catalog.replicas }}, template: { spec: { containers: [{ image: "${image}" }] } } }\n${more}`
const mine = 'shop/templates/catalog.yaml'
const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/shop/ @bookinfo/catalog
/shop/templates/login.yaml @bookinfo/login
/.github/ @bookinfo/mesh-admins
`
const base = {
  'shop/Chart.yaml': chart,
  'shop/values.yaml': 'catalog: { replicas: 1, host: web }\n',
  'shop/templates/login.yaml': route.replace('/login', '/{{ include "shop.path" . }}'),
  'shop/templates/_helpers.tpl': '{{ define "shop.path" }}login{{ end }}\n',
  [mine]: app('a:1'),
}
const setting = { codeowners, files: base }
const stopped = { conclusion: 'action_required', waitsFor: ['login'] } as const

testAttackClass('a chart that renders nothing any more', {
  attack: {
    way: 'a template of one’s own that refuses to render',
    setting,
    files: { [mine]: app('a:1', '{{ if .Values.x }}{{ fail "no" }}{{ end }}\n') },
    ...stopped,
    says: /may refuse to render/,
  },
  variants: [
    {
      way: 'a value that is required and not given',
      setting,
      files: { [mine]: app('{{ required "image" .Values.catalog.image }}') },
      ...stopped,
    },
    {
      way: 'the same behind a pipe',
      setting,
      files: { [mine]: app('{{ .Values.catalog.image | required "image" }}') },
      ...stopped,
    },
    {
      way: 'a block that nobody ends',
      setting,
      files: { [mine]: app('a:1', '{{ if .Values.x }}\n') },
      ...stopped,
    },
    {
      way: 'an action that nobody closes',
      setting,
      files: { [mine]: app('a:1', '{{ .Values.x\n') },
      ...stopped,
    },
    {
      way: 'a template that is included and nowhere defined',
      setting,
      files: { [mine]: app('{{ include "shop.image" . }}') },
      ...stopped,
    },
    {
      way: 'it takes only another Kubernetes',
      setting,
      files: { 'shop/Chart.yaml': `${chart}kubeVersion: ">= 99.0.0"\n` },
      ...stopped,
    },
    {
      way: 'it becomes a library',
      setting,
      files: { 'shop/Chart.yaml': `${chart}type: library\n` },
      ...stopped,
    },
    {
      way: 'it loses its version',
      setting,
      files: { 'shop/Chart.yaml': 'apiVersion: v2\nname: shop\n' },
      ...stopped,
    },
    {
      way: 'a schema that its values do not meet',
      setting,
      files: { 'shop/values.schema.json': '{ "required": ["nothing"] }\n' },
      ...stopped,
    },
    {
      way: 'its helpers are left out',
      setting,
      files: { 'shop/.helmignore': 'templates/_helpers.tpl\n' },
      ...stopped,
    },
    {
      way: 'a chart is packed into it',
      setting,
      files: { 'shop/charts/extra-1.0.0.tgz': Uint8Array.from([0x1f, 0x8b, 0xff, 0xfe]) },
      ...stopped,
    },
    {
      way: 'a file that the template of another team reads',
      setting: {
        codeowners,
        files: {
          ...base,
          'shop/templates/login.yaml': route.replace('/login', '/{{ .Files.Get "paths/login.txt" }}'),
          'shop/paths/login.txt': 'login',
        },
      },
      files: { 'shop/paths/login.txt': 'logout' },
      ...stopped,
    },
    {
      way: 'a chart within it',
      setting: {
        codeowners,
        files: {
          ...base,
          'shop/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
          'shop/charts/sub/templates/a.yaml': app('a:1'),
        },
      },
      files: { 'shop/charts/sub/templates/a.yaml': app('a:1', '{{ fail "no" }}\n') },
      ...stopped,
    },
  ],
  neighbours: [
    { way: 'another image', setting, files: { [mine]: app('a:2') } },
    {
      way: 'a value that is required and given',
      setting,
      files: { [mine]: app('{{ required "host" .Values.catalog.host }}') },
    },
    {
      way: 'a block that ends',
      setting,
      files: { [mine]: app('a:1', '{{- if .Values.x }}\n# {{ .Values.y | default "}}" }}\n{{- end }}\n') },
    },
    {
      way: 'a helper of one’s own',
      setting,
      files: { [mine]: app('a:1', '{{ define "shop.mine" }}x{{ end }}{{ include "shop.mine" . }}\n') },
    },
    {
      way: 'a comment that speaks of failure',
      setting,
      files: { [mine]: app('a:1', '{{/* {{ fail "no" }} and {{ if */}}\n') },
    },
    {
      way: 'the next version of the chart',
      setting,
      files: { 'shop/Chart.yaml': chart.replace('1.0.0', '1.1.0') },
    },
    {
      way: 'what the chart is for',
      setting,
      files: { 'shop/Chart.yaml': `${chart}description: Sells things\nappVersion: "2"\n` },
    },
    {
      way: 'more replicas in its values',
      setting,
      files: { 'shop/values.yaml': 'catalog: { replicas: 3, host: web }\n' },
    },
    {
      way: 'a chart of one’s own that refuses',
      setting: {
        files: { 'teams/catalog/web/Chart.yaml': chart, 'teams/catalog/web/templates/a.yaml': app('a:1') },
      },
      files: { 'teams/catalog/web/templates/a.yaml': app('a:1', '{{ fail "no" }}\n') },
    },
    {
      way: 'tests and readmes left out',
      setting,
      files: { 'shop/.helmignore': '*.md\ntests/\n' },
    },
    {
      way: 'the next version of a packed chart',
      setting: {
        codeowners,
        files: { ...base, 'shop/charts/extra-1.0.0.tgz': Uint8Array.from([0x1f, 0x8b, 0xff]) },
      },
      files: {
        'shop/charts/extra-1.0.0.tgz': null,
        'shop/charts/extra-1.0.1.tgz': Uint8Array.from([0x1f, 0x8b, 0xfe]),
      },
    },
    {
      way: 'a refusal that stood before',
      setting: { codeowners, files: { ...base, [mine]: app('a:1', '{{ fail "no" }}\n') } },
      files: { [mine]: app('a:2', '{{ fail "no" }}\n') },
    },
  ],
})
