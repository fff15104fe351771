import { testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const chart = 'apiVersion: v2\nname: shop\nversion: 1.0.0\n'
const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/shop/ @bookinfo/catalog
/shop/templates/login.yaml @bookinfo/login
/shop/charts/sub/templates/ @bookinfo/login
/common/ @bookinfo/catalog
/common/templates/ @bookinfo/login
/clusters/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const route = (hosts: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: shop-login, namespace: ns1 }\nspec:\n  hosts: ${hosts}\n`
const app = `apiVersion: apps/v1
kind: Deployment
metadata: { name: catalog }
spec: { replicas: {{ .Values.replicas }}, template: { spec: { containers: [{ image: {{ .Values.image.tag }}, env: {{ toYaml .Values.env }} }] } } }
`
const base = {
  'shop/Chart.yaml': chart,
  'shop/templates/login.yaml': route('[{{ .Values.host }}]'),
  'shop/templates/catalog.yaml': app,
}
const setting = (files: Files) => ({
  codeowners,
  files: { ...base, ...files } as Readonly<Record<string, string>>,
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const

/** A template, values as they are, and values as they are to be. */
const values = (hosts: string, before: string, after: string, more: Files = {}) => ({
  setting: setting({
    'shop/templates/login.yaml': route(hosts),
    'shop/values.yaml': `${before}\n`,
    ...more,
  }),
  files: { 'shop/values.yaml': `${after}\n` },
})

const sub = (dependency = '') => ({
  'shop/Chart.yaml': `${chart}${dependency}`,
  'shop/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  'shop/charts/sub/templates/login.yaml': route('[{{ .Values.host }}, {{ .Values.global.domain }}]'),
})

const deliver = 'clusters/prod/shop.yaml'
const application = (helm: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop, namespace: argocd }\nspec: { destination: { namespace: ns1 }, source: { path: shop, helm: { ${helm} } } }\n`
const release = (more: string, at = 'chart: ./shop, sourceRef: { kind: GitRepository, name: flux-system }') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: ns1 }\nspec:\n  chart: { spec: { ${at} } }\n${more}`
const configMap = (text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: ns1 }\ndata: { values.yaml: "${text}" }\n`
const from = '  valuesFrom: [{ kind: ConfigMap, name: shop }]\n'
const helmfile = (more: string) => `releases: [{ name: shop, namespace: ns1, chart: ../shop, ${more} }]\n`
const edit = (path: string, before: string, after: string, more: Files = {}) => ({
  setting: setting({ ...more, [path]: before }),
  files: { [path]: after },
})

testAttackClass('values of a chart concern the templates that read them', {
  onGitHub: {},
  attack: { way: 'a host', ...values('[{{ .Values.host }}]', 'host: a', 'host: b'), ...asks },
  variants: [
    {
      way: 'below what is printed whole',
      ...values('{{ toYaml .Values.hosts }}', 'hosts: { a: { b: c } }', 'hosts: { a: { b: d } }'),
      ...asks,
    },
    {
      way: 'an item of a list',
      ...values('{{ range .Values.hosts }}{{ . }}{{ end }}', 'hosts: [a]', 'hosts: [a, b]'),
      ...asks,
    },
    {
      way: 'within something',
      ...values('{{ with .Values.web }}[{{ .host }}]{{ end }}', 'web: { host: a }', 'web: { host: b }'),
      ...asks,
    },
    {
      way: 'a condition',
      ...values('{{ if .Values.public }}[a]{{ else }}[b]{{ end }}', 'public: true', 'public: false'),
      ...asks,
    },
    {
      way: 'a default that is taken away',
      ...values('[{{ .Values.web.host }}]', 'web: { host: a }', 'web: null'),
      ...asks,
    },
    {
      way: 'a variable',
      ...values('{{ $web := .Values.web }}[{{ $web.host }}]', 'web: { host: a }', 'web: { host: b }'),
      ...asks,
    },
    {
      way: 'what a helper reads of a dictionary',
      ...values('[{{ include "h" (dict "top" $) }}]', 'host: a', 'host: b', {
        'shop/templates/_h.tpl': '{{ define "h" }}{{ .top.Values.host }}{{ end }}\n',
      }),
      ...asks,
    },
    {
      way: 'what a helper of a chart may read that is not here',
      ...values('[{{ include "gone" . }}]', 'anything: a', 'anything: b', {
        'shop/Chart.yaml': `${chart}dependencies: [{ name: common, version: 1.0.0, repository: "https://charts.example" }]\n`,
      }),
      ...asks,
    },
    {
      way: 'what a text among the values reads',
      ...values(
        '[{{ tpl .Values.host . }}]',
        'host: "{{ .Values.zone }}"\nzone: a',
        'host: "{{ .Values.zone }}"\nzone: b',
      ),
      ...asks,
    },
    {
      way: 'those of all',
      ...values('{{ toYaml .Values }}', 'a: 1', 'a: 2'),
      ...asks,
    },
    {
      way: 'a name that is mostly silent',
      ...values('["{{ .Values.env }}.example"]', 'env: a', 'env: b'),
      ...asks,
    },
    { way: 'of a chart within', ...values('[a]', 'sub: { host: a }', 'sub: { host: b }', sub()), ...asks },
    {
      way: 'of a chart within, under another name',
      ...values(
        '[a]',
        'web: { host: a }',
        'web: { host: b }',
        sub('dependencies: [{ name: sub, alias: web, version: 1.0.0 }]\n'),
      ),
      ...asks,
    },
    {
      way: 'of all charts',
      ...values('[a]', 'global: { domain: a }', 'global: { domain: b }', sub()),
      ...asks,
    },
    {
      way: 'whether a chart within is rendered',
      ...values(
        '[a]',
        'enabled: true',
        'enabled: false',
        sub('dependencies: [{ name: sub, condition: enabled, version: 1.0.0 }]\n'),
      ),
      ...asks,
    },
    {
      way: 'what a chart of another folder writes for it',
      ...values('[a]', 'host: a', 'host: b', {
        'shop/Chart.yaml': `${chart}dependencies: [{ name: common, version: 1.0.0, repository: "file://../common" }]\n`,
        'shop/templates/more.yaml': '{{ include "common.route" . }}\n',
        'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n',
        'common/templates/_route.yaml': `{{ define "common.route" }}\n${route('[{{ .Values.host }}]')}{{ end }}\n`,
      }),
      ...asks,
    },
    {
      way: 'by an Application',
      ...edit(deliver, application('valuesObject: { host: a }'), application('valuesObject: { host: b }')),
      ...asks,
    },
    {
      way: 'by a parameter of an Application',
      ...edit(
        deliver,
        application('parameters: [{ name: host, value: a }]'),
        application('parameters: [{ name: host, value: b }]'),
      ),
      ...asks,
    },
    {
      way: 'by a HelmRelease',
      ...edit(deliver, release('  values: { host: a }\n'), release('  values: { host: b }\n')),
      ...asks,
    },
    {
      way: 'by a ConfigMap that a HelmRelease names',
      ...edit('clusters/prod/values.yaml', configMap('host: a'), configMap('host: b'), {
        [deliver]: release(from),
      }),
      ...asks,
    },
    {
      way: 'by helmfile',
      ...edit('clusters/helmfile.yaml', helmfile('values: [{ host: a }]'), helmfile('values: [{ host: b }]')),
      ...asks,
    },
    {
      way: 'by a file that helmfile names',
      ...edit('clusters/prod.vals', 'host: a\n', 'host: b\n', {
        'clusters/helmfile.yaml': helmfile('values: [prod.vals]'),
      }),
      ...asks,
    },
    {
      way: 'by a parameter of helmfile',
      ...edit(
        'clusters/helmfile.yaml',
        helmfile('set: [{ name: host, value: a }]'),
        helmfile('set: [{ name: host, value: b }]'),
      ),
      ...asks,
    },
    {
      way: 'what a template of one’s own writes among them',
      ...edit('shop/templates/catalog.yaml', app, `{{ $_ := set .Values "host" "b" }}${app}`, {
        'shop/values.yaml': 'host: a\n',
      }),
      ...asks,
    },
    {
      way: 'what a template of one’s own writes among them of others',
      ...edit('shop/values.yaml', 'host: a\nother: a\n', 'host: a\nother: b\n', {
        'shop/templates/catalog.yaml': `{{ $_ := set .Values "host" .Values.other }}${app}`,
      }),
      ...asks,
    },
    {
      way: 'the namespace of a release',
      ...edit(deliver, release('  targetNamespace: ns1\n'), release('  targetNamespace: ns2\n')),
      ...asks,
    },
    {
      way: 'a patch over what is rendered',
      ...edit(
        deliver,
        release(''),
        release(
          '  postRenderers: [{ kustomize: { patches: [{ target: { kind: VirtualService }, patch: "[]" }] } }]\n',
        ),
      ),
      ...asks,
    },
    ...[
      ['a patch over who may write there', 'Role', '[]'],
      ['a patch over who is given that', 'RoleBinding', '[]'],
      ['the same of the whole cluster', 'ClusterRole', '[]'],
      ['how many pods it runs', 'HorizontalPodAutoscaler', '[]'],
      [
        'something else becomes a route',
        'PodDisruptionBudget',
        '[{ \\"op\\": \\"replace\\", \\"path\\": \\"/kind\\", \\"value\\": \\"VirtualService\\" }]',
      ],
      ['the same by a merge', 'PodDisruptionBudget', 'kind: VirtualService'],
    ].map(([way = '', kind = '', patch = '']) => ({
      way,
      ...edit(
        deliver,
        release(''),
        release(
          `  postRenderers: [{ kustomize: { patches: [{ target: { kind: ${kind} }, patch: "${patch}" }] } }]\n`,
        ),
      ),
      ...asks,
    })),
  ],
  neighbours: [
    {
      way: 'a value that nothing reads',
      ...values('[{{ .Values.host }}]', 'host: a\nmore: b', 'host: a\nmore: c'),
    },
    {
      way: 'what only a Deployment reads',
      ...values('[{{ .Values.host }}]', 'host: a\nenv: [a]\nreplicas: 1', 'host: a\nenv: [b]\nreplicas: 2'),
    },
    {
      way: 'an image below what is printed whole',
      ...values('{{ toYaml .Values.web }}', 'web: { image: { tag: a } }', 'web: { image: { tag: b } }'),
    },
    {
      way: 'something else beside what is read',
      ...values(
        '{{ with .Values.web }}[{{ .host }}]{{ end }}',
        'web: { host: a, port: 1 }',
        'web: { host: a, port: 2 }',
      ),
    },
    {
      way: 'something that is still there',
      ...values('{{ if .Values.public }}[a]{{ end }}', 'public: { a: 1 }', 'public: { a: 2 }'),
    },
    {
      way: 'what another helper reads',
      ...values('[{{ include "h" . }}]', 'host: a\nother: a', 'host: a\nother: b', {
        'shop/templates/_h.tpl':
          '{{ define "h" }}{{ .Values.host }}{{ end }}{{ define "o" }}{{ .Values.other }}{{ end }}\n',
      }),
    },
    {
      way: 'of a chart within, which reads another',
      ...values('[a]', 'sub: { host: a, more: a }', 'sub: { host: a, more: b }', sub()),
    },
    {
      way: 'with a helper that nobody defines, so that nothing is rendered',
      ...values('[{{ include "gone" . }}]', 'anything: a', 'anything: b'),
    },
    {
      way: 'what a template of one’s own writes for itself',
      ...edit('shop/templates/catalog.yaml', app, `{{ $own := dict }}{{ $_ := set $own "host" "b" }}${app}`, {
        'shop/values.yaml': 'host: a\n',
      }),
    },
    { way: 'a comment', ...values('[{{ .Values.host }}]', '# a\nhost: a', '# b\nhost: a') },
    { way: 'nothing but comments', ...values('[{{ .Values.host }}]', '# a', '# b') },
    {
      way: 'by an Application, for a Deployment',
      ...edit(deliver, application('values: "replicas: 1"'), application('values: "replicas: 2"')),
    },
    {
      way: 'a parameter of an Application that nothing reads',
      ...edit(
        deliver,
        application('parameters: [{ name: more, value: a }]'),
        application('parameters: [{ name: more, value: b }]'),
      ),
    },
    {
      way: 'by a HelmRelease, for a Deployment',
      ...edit(deliver, release('  values: { env: [a] }\n'), release('  values: { env: [b] }\n')),
    },
    {
      way: 'by a ConfigMap, for nobody',
      ...edit('clusters/prod/values.yaml', configMap('more: a'), configMap('more: b'), {
        [deliver]: release(from),
      }),
    },
    {
      way: 'a HelmRelease of a chart from elsewhere',
      ...edit(
        deliver,
        release('  values: { host: a }\n', 'chart: redis, sourceRef: { kind: HelmRepository, name: x }'),
        release('  values: { host: b }\n', 'chart: redis, sourceRef: { kind: HelmRepository, name: x }'),
      ),
      says: /What redis makes of its values is not looked into: the chart is not in this repository/,
    },
    {
      way: 'by helmfile, for a Deployment',
      ...edit(
        'clusters/helmfile.yaml',
        helmfile('values: [{ replicas: 1 }]'),
        helmfile('values: [{ replicas: 2 }]'),
      ),
    },
    {
      way: 'an image and a patch of another kind over what is rendered',
      ...edit(
        deliver,
        release('  postRenderers: [{ kustomize: { images: [] } }]\n'),
        release(
          '  postRenderers: [{ kustomize: { images: [{ name: a, newTag: b }], patches: [{ target: { kind: PodDisruptionBudget }, patch: "[]" }] } }]\n',
        ),
      ),
    },
    ...[
      ['a budget of pods by a merge', 'PodDisruptionBudget', 'kind: PodDisruptionBudget'],
      [
        'what is measured of it',
        'ServiceMonitor',
        '[{ \\"op\\": \\"add\\", \\"path\\": \\"/metadata/labels\\", \\"value\\": {} }]',
      ],
    ].map(([way = '', kind = '', patch = '']) => ({
      way,
      ...edit(
        deliver,
        release(''),
        release(
          `  postRenderers: [{ kustomize: { patches: [{ target: { kind: ${kind} }, patch: "${patch}" }] } }]\n`,
        ),
      ),
    })),
  ],
})
