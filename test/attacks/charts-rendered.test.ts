import { expect, it } from 'vitest'
import { testAttackClass } from '../support/attack-class.ts'
import { hasHelm, searchPath } from '../support/helm.ts'
import type { Files } from '../support/stage.ts'

const chart = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'
const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop-login, namespace: ns1 }
spec:
  hosts: [{{ .Values.host | quote }}]
  gateways: [default/bookinfo-gateway]
  http:
    - match: [{ uri: { prefix: /{{ include "shop.path" . }} } }]
      route: [{ destination: { host: {{ .Values.backend }} } }]
`
const app = (more = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog }
spec: { replicas: {{ .Values.replicas }}, template: { spec: { containers: [{ image: "a:{{ .Values.tag }}" }] } } }
${more}`
const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/shop/ @bookinfo/catalog
/shop/templates/login.yaml @bookinfo/login
/clusters/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const values = 'replicas: 1\ntag: 1.0.0\nhost: shop.example\nbackend: login\nunused: { host: a.example }\n'
const mine = 'shop/templates/catalog.yaml'
const base = {
  'shop/Chart.yaml': chart,
  'shop/values.yaml': values,
  'shop/templates/login.yaml': route,
  'shop/templates/_helpers.tpl': '{{ define "shop.path" }}login{{ end }}\n',
  [mine]: app(),
}
const rendered = (files: Files = {}) => ({
  codeowners,
  configuration: 'render: { helm: true }\n',
  files: { ...base, ...files } as Readonly<Record<string, string>>,
})
const setting = rendered()
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const asksBoth = { conclusion: 'action_required', waitsFor: ['login', 'mesh-admins'] } as const
const blocks = { conclusion: 'failure', waitsFor: [] } as const
const set = (old: string, text: string) => ({ 'shop/values.yaml': values.replace(old, text) })

/** A Service of the chart, and a route of login that leads to it. */
const entered = {
  'shop/templates/service.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: shop, namespace: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80 }] }\n',
  'teams/login/leads.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: leads, namespace: ns1 }
spec: { hosts: [leads], exportTo: ["."], http: [{ route: [{ destination: { host: shop.shop.svc.cluster.local } }] }] }
`,
}
const application = (helm: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  destination: { namespace: ns1, name: prod }
  source: { path: shop, helm: { ${helm} } }
`
const release = (more: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: ns1 }
spec:
  chart: { spec: { chart: ./shop, sourceRef: { kind: GitRepository, name: flux-system } } }
${more}`
const helmfile = (more: string) => `releases: [{ name: shop, namespace: ns1, chart: ../shop, ${more} }]\n`
const configMap = (backend: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: ns1 }\ndata: { values.yaml: "backend: ${backend}" }\n`
const from = '  valuesFrom: [{ kind: ConfigMap, name: shop }]\n'
const deliver = 'clusters/prod/shop.yaml'
const patch = 'clusters/prod/patch.yaml'
const overlaid = rendered({
  'clusters/base/kustomization.yaml': 'resources: [shop.yaml]\n',
  'clusters/base/shop.yaml': release('  values: {}\n'),
  'clusters/prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: patch.yaml }]\n',
  [patch]: release('  values: { backend: login, tag: 1.0.0 }\n'),
})

const elsewhere: Files = {
  'teams/login/more/Chart.yaml': chart.replace('shop', 'more'),
  'teams/login/more/values.yaml': 'host: given.example\n',
  'teams/login/more/templates/given.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: given, namespace: ns2 }
spec: { http: [{ route: [{ destination: { host: login } }] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: host, namespace: ns2 }
spec: { hosts: [{{ .Values.host }}], gateways: [default/bookinfo-gateway], http: [{ route: [{ destination: { host: login } }] }] }
`,
}
const delegating = (action: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: own, namespace: ns1 }
spec: { hosts: [own.example], gateways: [default/bookinfo-gateway], http: [{ ${action} }] }
`
const claiming = delegating(
  'match: [{ uri: { prefix: /x } }], route: [{ destination: { host: catalog } }]',
).replace('own.example', 'given.example')

if (hasHelm)
  testAttackClass('what a chart is rendered to is judged', {
    onGitHub: { searchPath },
    attack: {
      way: 'a value that sends requests elsewhere',
      setting,
      files: set('backend: login', 'backend: catalog'),
      ...asks,
      says: /VirtualService ns1\/shop-login in shop\/templates\/login.yaml is changed/,
    },
    variants: [
      {
        way: 'a value that takes a host away',
        setting,
        files: set('host: shop', 'host: other'),
        ...asksBoth,
      },
      {
        way: 'a helper',
        setting,
        files: { 'shop/templates/_helpers.tpl': '{{ define "shop.path" }}logout{{ end }}\n' },
        ...asks,
      },
      { way: 'the template goes', setting, files: { 'shop/templates/login.yaml': null }, ...asks },
      { way: 'the template is passed over', setting, files: { 'shop/.helmignore': 'login.yaml\n' }, ...asks },
      {
        way: 'an Application that gives a value',
        setting: rendered({ [deliver]: application('values: "backend: login"') }),
        files: { [deliver]: application('values: "backend: catalog"') },
        ...asks,
      },
      {
        way: 'a parameter of an Application',
        setting: rendered({ [deliver]: application('parameters: []') }),
        files: { [deliver]: application('parameters: [{ name: backend, value: catalog }]') },
        ...asks,
      },
      {
        way: 'a file of values far away',
        setting: rendered({
          [deliver]: application('valueFiles: [../clusters/prod/shop-values.yaml]'),
          'clusters/prod/shop-values.yaml': 'backend: login\n',
        }),
        files: { 'clusters/prod/shop-values.yaml': 'backend: catalog\n' },
        ...asks,
      },
      {
        way: 'a HelmRelease that gives a value',
        setting: rendered({ [deliver]: release('  values: { backend: login }\n') }),
        files: { [deliver]: release('  values: { backend: catalog }\n') },
        ...asks,
      },
      {
        way: 'a ConfigMap from which a HelmRelease takes values',
        setting: rendered({ [deliver]: release(from), 'clusters/prod/values.yaml': configMap('login') }),
        files: { 'clusters/prod/values.yaml': configMap('catalog') },
        ...asks,
      },
      {
        way: 'a patch over what is rendered',
        setting: rendered({ [deliver]: release('  values: {}\n') }),
        files: {
          [deliver]: release(
            `  postRenderers: [{ kustomize: { patches: [{ target: { kind: VirtualService }, patch: '[{"op":"replace","path":"/spec/http/0/route/0/destination/host","value":"catalog"}]' }] } }]\n`,
          ),
        },
        ...asks,
      },
      {
        way: 'an annotation for all that is rendered',
        setting: rendered({ ...entered, [deliver]: release('  values: {}\n') }),
        files: {
          [deliver]: release('  commonMetadata: { annotations: { networking.istio.io/exportTo: "." } }\n'),
        },
        ...asks,
      },
      {
        way: 'a patch of an overlay over a HelmRelease',
        setting: overlaid,
        files: { [patch]: release('  values: { backend: catalog, tag: 1.0.0 }\n') },
        ...asks,
      },
      {
        way: 'a helmfile',
        setting: rendered({ 'clusters/helmfile.yaml': helmfile('values: [{ backend: login }]') }),
        files: { 'clusters/helmfile.yaml': helmfile('values: [{ backend: catalog }]') },
        ...asks,
      },
      {
        way: 'a parameter of a helmfile',
        setting: rendered({ 'clusters/helmfile.yaml': helmfile('set: []') }),
        files: { 'clusters/helmfile.yaml': helmfile('set: [{ name: backend, value: catalog }]') },
        ...asks,
      },
      {
        way: 'a template of one’s own that refuses to render',
        setting,
        files: { [mine]: app('{{ fail "no" }}\n') },
        ...blocks,
        says: /not-deployed.*catalog\.yaml:5:3.*no/s,
      },
      {
        way: 'a value that is required and goes',
        setting: rendered({ [mine]: app('# {{ required "a tag is needed" .Values.tag }}\n') }),
        files: set('tag: 1.0.0\n', ''),
        ...blocks,
        says: /a tag is needed/,
      },
      {
        way: 'values that do not parse',
        setting: rendered({
          [deliver]: application('valueFiles: [values-prod.yaml]'),
          'shop/values-prod.yaml': 'backend: login\n',
        }),
        files: { 'shop/values-prod.yaml': 'backend: [\n' },
        ...blocks,
        says: /shop\/values-prod\.yaml:\d+:1 {2}error {2}not-deployed/,
      },
      {
        way: 'a template that prints the mark of another',
        setting,
        files: {
          [mine]: app(
            `---\n# Source: shop/templates/login.yaml\n${route.replace('shop-login', 'more').replace('/{{', '/more{{')}`,
          ),
        },
        ...asksBoth,
        says: /VirtualService ns1\/more claims shop\.example/,
      },
      {
        way: 'a chart that begins to draw in what is not here',
        setting,
        files: {
          'shop/Chart.yaml': `${chart}dependencies: [{ name: common, version: 1.0.0, repository: "https://charts.example" }]\n`,
        },
        conclusion: 'action_required',
        waitsFor: ['mesh-admins'],
      },
      {
        way: 'a delegate to what an untouched chart gives',
        setting: rendered(elsewhere),
        files: { 'teams/catalog/own.yaml': delegating('delegate: { name: given, namespace: ns2 }') },
        ...asksBoth,
        says: /No longer wrong.*orphan-secondary/s,
        silentOn: /missing-secondary/,
      },
      {
        way: 'a delegate to what no untouched chart gives',
        setting: rendered(elsewhere),
        files: { 'teams/catalog/own.yaml': delegating('delegate: { name: gone, namespace: ns2 }') },
        conclusion: 'failure',
        waitsFor: ['mesh-admins'],
        says: /missing-secondary/,
      },
      {
        way: 'requests that an untouched chart answers',
        setting: rendered(elsewhere),
        files: { 'teams/catalog/own.yaml': claiming },
        ...asksBoth,
        says: /given\.example/,
      },
      {
        way: 'values from an address',
        setting: rendered({ [deliver]: application('valueFiles: []') }),
        files: { [deliver]: application('valueFiles: ["https://values.example/shop.yaml"]') },
        ...asksBoth,
      },
    ],
    neighbours: [
      { way: 'more replicas', setting, files: set('replicas: 1', 'replicas: 3') },
      { way: 'another tag', setting, files: set('tag: 1.0.0', 'tag: 1.0.1') },
      { way: 'a value that nothing reads', setting, files: set('a.example', 'b.example') },
      {
        way: 'the same in other words',
        setting,
        files: { 'shop/templates/_helpers.tpl': '{{ define "shop.path" }}{{ "LOGIN" | lower }}{{ end }}\n' },
      },
      {
        way: 'a comment in the template of another team',
        setting,
        files: { 'shop/templates/login.yaml': `{{/* for the shop */}}\n${route}` },
      },
      {
        way: 'the next version of the chart',
        setting,
        files: { 'shop/Chart.yaml': chart.replace('1.0.0', '2.0.0') },
      },
      { way: 'a template of one’s own', setting, files: { [mine]: app('# more\n') } },
      {
        way: 'an image of an Application',
        setting: rendered({ [deliver]: application('values: "tag: 1.0.0"') }),
        files: { [deliver]: application('values: "tag: 1.0.1"') },
      },
      {
        way: 'an image in the patch of an overlay',
        setting: overlaid,
        files: { [patch]: release('  values: { backend: login, tag: 1.0.1 }\n') },
      },
      {
        way: 'a label for all that is rendered',
        setting: rendered({ ...entered, [deliver]: release('  values: {}\n') }),
        files: { [deliver]: release('  commonMetadata: { labels: { team: catalog } }\n') },
      },
      {
        way: 'a patch that changes nothing of it',
        setting: rendered({ [deliver]: release('  values: {}\n') }),
        files: {
          [deliver]: release(
            `  postRenderers: [{ kustomize: { patches: [{ target: { kind: Deployment }, patch: '[{"op":"replace","path":"/spec/replicas","value":9}]' }] } }]\n`,
          ),
        },
      },
      {
        way: 'a value moves from the chart to the release',
        setting: rendered({ [deliver]: release('  values: {}\n') }),
        files: { ...set('backend: login\n', ''), [deliver]: release('  values: { backend: login }\n') },
      },
      {
        way: 'something random in an object that decides nothing',
        setting: rendered({
          'shop/templates/secret.yaml':
            'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { a: {{ randAlphaNum 9 }} }\n',
        }),
        files: set('tag: 1.0.0', 'tag: 1.0.1'),
      },
      {
        way: 'a chart that refused before',
        setting: rendered({ [mine]: app('{{ fail "no" }}\n') }),
        files: { 'shop/templates/notes.yaml': '# nothing\n' },
      },
      {
        way: 'a chart is packed in another folder of this repository',
        setting: rendered({
          'shop/Chart.yaml': `${chart}dependencies: [{ name: common, version: 1.0.0, repository: "file://../common" }]\n`,
          'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n',
          'common/templates/_a.tpl': '{{ define "common.a" }}a{{ end }}\n',
        }),
        files: { 'common/templates/_a.tpl': '{{ define "common.a" }}b{{ end }}\n' },
      },
    ],
  })
else
  it.skip('helm was not built (npm run build:helm): rendering charts is not tested', () => {
    expect(hasHelm).toBe(true)
  })
