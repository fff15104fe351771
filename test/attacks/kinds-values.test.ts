import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/vars.yaml'
const object = objectsWith({ name: 'vars', namespace: 'flux-system' })
const secret = (stringData: object, metadata: object = {}) => object('v1', 'Secret', { stringData }, metadata)
const sealed = (encryptedData: object) =>
  object('bitnami.com/v1alpha1', 'SealedSecret', { spec: { encryptedData } })
const external = (key: string, more: object = {}) =>
  object(
    'external-secrets.io/v1',
    'ExternalSecret',
    {
      spec: {
        refreshInterval: '1h',
        target: { name: 'vars' },
        data: [{ secretKey: 'HOST', remoteRef: { key } }],
        ...more,
      },
    },
    { name: 'thing' },
  )
const routes = (name: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ns1 }
spec:
  hosts: ["\${HOST}"]
  gateways: [default/bookinfo-gateway]
  http: [{ route: [{ destination: { host: a } }] }]
`
const kustomization = (spec: object) =>
  object(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    { spec: { path: './teams/login', ...spec } },
    { name: 'login' },
  )
const chart: Files = {
  'teams/login/chart/Chart.yaml': 'apiVersion: v2\nname: login\nversion: 1.0.0\n',
  'teams/login/chart/templates/vs.yaml': `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: vs-3, namespace: ns1 }
spec:
  hosts: {{ .Values.hosts | toJson }}
  gateways: [default/bookinfo-gateway]
  http: [{ route: [{ destination: { host: a } }] }]
`,
}
const release = (name = 'vars'): Files => ({
  ...chart,
  'mesh/release.yaml': object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    {
      spec: {
        chart: { spec: { chart: './teams/login/chart', sourceRef: { kind: 'GitRepository', name: 'here' } } },
        valuesFrom: [{ kind: 'Secret', name }],
      },
    },
    { name: 'login' },
  ),
})
const app = (ytt: object): Files => ({
  'mesh/app.yaml': object(
    'kappctrl.k14s.io/v1alpha1',
    'App',
    {
      spec: {
        fetch: [{ git: { url: 'https://example.com/x', subPath: 'teams/login' } }],
        template: [{ ytt }],
        deploy: [{ kapp: {} }],
      },
    },
    { name: 'login' },
  ),
})
const base: Files = {
  'mesh/flux.yaml': kustomization({ postBuild: { substituteFrom: [{ kind: 'Secret', name: 'vars' }] } }),
  'teams/login/vs-3.yaml': routes('vs-3'),
}

const stopped = (way: string, text: string, before?: string, more: Files = base): Attempt => ({
  way,
  setting: { files: { ...more, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string, before?: string, more: Files = base) => ({
  way,
  setting: { files: { ...more, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
})
const [old, now] = [{ HOST: 'a.example' }, { HOST: 'shop.example' }]

testAttackClass('a Secret from which a deployer takes the hosts of another team', {
  attack: stopped('another value', secret(now), secret(old)),
  variants: [
    stopped('a new one', secret(now)),
    stopped('it is gone', '# nothing\n', secret(old)),
    stopped(
      'as base64',
      object('v1', 'Secret', { data: { HOST: 'c2hvcA==' } }),
      object('v1', 'Secret', { data: { HOST: 'YQ==' } }),
    ),
    stopped('sealed', sealed({ HOST: 'b' }), sealed({ HOST: 'a' })),
    stopped('fetched from elsewhere', external('evil'), external('good')),
    stopped(
      'all that is elsewhere',
      external('good', { dataFrom: [{ extract: { key: 'all' } }] }),
      external('good'),
    ),
    stopped('encrypted', secret({ HOST: 'ENC[b]' }), secret({ HOST: 'ENC[a]' })),
    stopped('of a namespace that nothing says', secret(now, { namespace: undefined })),
    {
      ...stopped(
        'the values of a chart',
        secret({ 'values.yaml': 'hosts: [b]' }),
        secret({ 'values.yaml': 'hosts: [a]' }),
        release(),
      ),
      waitsFor: ['login', 'mesh-admins'],
    },
    stopped('the cluster that it is for', secret({ value: 'b' }), secret({ value: 'a' }), {
      'mesh/flux.yaml': kustomization({ kubeConfig: { secretRef: { name: 'vars' } } }),
    }),
    stopped(
      'overlays of ytt',
      secret({ 'o.yml': 'b' }),
      secret({ 'o.yml': 'a' }),
      app({ inline: { pathsFrom: [{ secretRef: { name: 'vars' } }] } }),
    ),
    stopped(
      'values of ytt',
      object('v1', 'ConfigMap', { data: { 'v.yml': 'b: 1' } }),
      object('v1', 'ConfigMap', { data: { 'v.yml': 'a: 1' } }),
      app({ valuesFrom: [{ configMapRef: { name: 'vars' } }] }),
    ),
  ],
  neighbours: [
    harmless('one that nothing reads', secret(now, { name: 'other' }), secret(old, { name: 'other' })),
    harmless(
      'one of another namespace',
      secret(now, { namespace: 'catalog' }),
      secret(old, { namespace: 'catalog' }),
    ),
    harmless('a variable that nothing holds', secret({ PORT: '2' }), secret({ PORT: '1' })),
    harmless('labels', secret(old, { labels: { a: 'b' } }), secret(old)),
    harmless('another layout', `# ours\n${secret(old)}`, secret(old)),
    harmless('how often it is fetched', external('good', { refreshInterval: '2h' }), external('good')),
    harmless(
      'values of another release',
      secret({ 'values.yaml': 'b: 1' }),
      secret({ 'values.yaml': 'a: 1' }),
      release('elsewhere'),
    ),
    harmless(
      'a certificate',
      object(
        'v1',
        'Secret',
        { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==' } },
        { name: 'tls', namespace: 'catalog' },
      ),
    ),
    harmless(
      'a password of one’s own',
      object(
        'bitnami.com/v1alpha1',
        'SealedSecret',
        { spec: { encryptedData: { password: 'b' } } },
        { name: 'db', namespace: 'catalog' },
      ),
    ),
    harmless('for manifests of one’s own', secret(now), secret(old), {
      'mesh/flux.yaml': kustomization({
        path: './teams/catalog/own',
        postBuild: { substituteFrom: [{ kind: 'Secret', name: 'vars' }] },
      }),
      'teams/catalog/own/vs-5.yaml': routes('vs-5'),
    }),
    harmless(
      'how a deployer gets at its source',
      secret({ username: 'b' }, { name: 'git' }),
      secret({ username: 'a' }, { name: 'git' }),
      {
        'mesh/source.yaml': object('source.toolkit.fluxcd.io/v1', 'GitRepository', {
          spec: { url: 'https://example.com/x', secretRef: { name: 'git' } },
        }),
      },
    ),
  ],
})
