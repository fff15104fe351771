import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { manifest } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const codeowners = `/mesh/ @bookinfo/mesh-admins
/teams/login/ @bookinfo/login
/teams/catalog/ @bookinfo/catalog
/apps/ @bookinfo/mesh-admins
/apps/tools.yaml @bookinfo/catalog
/tools/ @bookinfo/catalog
/.github/ @bookinfo/mesh-admins
`
const istio = 'networking.istio.io/v1'
const host = 'tool.catalog.svc.cluster.local'
const leads = manifest(istio, 'VirtualService', ['login', 'leads'], {
  hosts: ['accounts.login.svc.cluster.local'],
  http: [{ route: [{ destination: { host } }] }],
})
const service = (name = 'tool', namespace = 'catalog') =>
  manifest('v1', 'Service', [namespace, name], {
    selector: { app: name },
    ports: [{ port: 80, name: 'http' }],
  })
const deployment = manifest('apps/v1', 'Deployment', ['catalog', 'tool'], {
  template: { metadata: { labels: { app: 'tool' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
})
const policy = manifest('security.istio.io/v1', 'AuthorizationPolicy', ['login', 'allow'], { rules: [{}] })
const sidecar = manifest(istio, 'Sidecar', ['login', 'default'], { egress: [{ hosts: ['./*'] }] })
const entry = manifest(istio, 'ServiceEntry', ['catalog', 'tool'], {
  hosts: ['tool.example'],
  ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
  resolution: 'DNS',
})
const toEntry = leads.replace(host, 'tool.example')
const rules = manifest(istio, 'DestinationRule', ['login', 'accounts'], {
  host: 'accounts.login.svc.cluster.local',
  trafficPolicy: { tls: { mode: 'SIMPLE' } },
})
const filter = manifest(istio.replace('v1', 'v1alpha3'), 'EnvoyFilter', ['login', 'own'], {
  configPatches: [{ applyTo: 'HTTP_FILTER', patch: { operation: 'REMOVE' } }],
})
const tools = 'apps/tools.yaml'
const held = 'tools/held.yaml'
const root = 'tools/kustomization.yaml'

const app = (cluster: string, path = 'tools', name = path, more: object = {}) =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', name], {
    destination: { name: cluster, namespace: 'catalog' },
    source: { path, ...more },
  })
const all = (...documents: readonly string[]) => documents.join('---\n')
const flux = (cluster: string, name = 'tools', more: object = {}) =>
  manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', ['flux-system', name], {
    path: './tools',
    kubeConfig: { secretRef: { name: cluster } },
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    ...more,
  })
const set = (...clusters: readonly string[]) =>
  manifest('argoproj.io/v1alpha1', 'ApplicationSet', ['argocd', 'tools'], {
    generators: [{ list: { elements: clusters.map((cluster) => ({ cluster })) } }],
    template: {
      metadata: { name: '{{cluster}}-tools' },
      spec: { destination: { name: '{{cluster}}', namespace: 'catalog' }, source: { path: 'tools' } },
    },
  })
const clusters = Object.fromEntries(
  ['prod', 'stage'].flatMap((cluster) =>
    ['mesh', 'teams/login'].map((path) => {
      const name = `${cluster}-${path.replace('/', '-')}`
      return [`apps/${name}.yaml`, app(cluster, path, name)]
    }),
  ),
)
const given = (before: string, files: Files = {}) => ({
  codeowners,
  files: {
    ...clusters,
    'teams/login/leads.yaml': leads,
    [held]: all(service(), deployment),
    [tools]: before,
    ...files,
  } as Readonly<Record<string, string>>,
})
const asks = { conclusion: 'action_required', waitsFor: ['login'] } as const
const edit = (way: string, before: string, after: string, files: Files = {}): Attempt => ({
  way,
  setting: given(before, files),
  files: { [tools]: after },
  ...asks,
})
const harmless = (way: string, before: string, after: string, files: Files = {}) => ({
  way,
  setting: given(before, files),
  files: { [tools]: after },
})
const moves = (way: string, what: string, more: Files = {}) =>
  edit(way, app('prod'), app('stage'), { [held]: what, ...more })

testAttackClass('what goes from one cluster to another is lost to the first', {
  attack: edit('a Service that login leads to', app('prod'), app('stage')),
  variants: [
    edit('to a cluster that is new', app('prod'), app('dev')),
    edit(
      'twice to the one cluster',
      all(app('prod', 'tools', 'a'), app('stage', 'tools', 'b')),
      all(app('stage', 'tools', 'a'), app('stage', 'tools', 'b')),
    ),
    edit('an element of an ApplicationSet', set('prod'), set('stage')),
    edit('one of two elements for another cluster', set('prod', 'dev'), set('stage', 'dev')),
    edit('a Kustomization of Flux', flux('prod'), flux('stage')),
    edit('by a file that Argo CD builds', app('prod'), app('stage'), { [root]: 'resources: [held.yaml]\n' }),
    moves('a policy over the namespace of login', policy),
    moves('a Sidecar of the namespace of login', sidecar),
    moves('a ServiceEntry that login leads to', entry, { 'teams/login/leads.yaml': toEntry }),
    moves('a filter in the namespace of login', filter),
    moves('a rule for a service of login, in its namespace', all(rules, service('accounts', 'login'))),
  ],
  neighbours: [
    harmless(
      'two Applications change places',
      all(app('prod', 'tools', 'a'), app('stage', 'tools', 'b')),
      all(app('stage', 'tools', 'a'), app('prod', 'tools', 'b')),
    ),
    harmless('the order of elements', set('prod', 'stage'), set('stage', 'prod')),
    harmless('another name of the Application', app('prod'), app('prod', 'tools', 'other')),
    harmless(
      'a further cluster, in which nobody is',
      app('prod'),
      all(app('prod'), app('dev', 'tools', 'dev')),
    ),
    harmless('a further element, in which nobody is', set('prod'), set('prod', 'dev')),
    harmless(
      'a Kustomization of Flux for a further cluster',
      flux('prod'),
      all(flux('prod'), flux('dev', 'dev')),
    ),
    harmless('the path is written otherwise', app('prod'), app('prod', './tools', 'tools')),
    harmless('how often Flux looks', flux('prod'), flux('prod', 'tools', { interval: '1h' })),
    harmless('an image', app('prod'), app('prod', 'tools', 'tools', { kustomize: { images: ['a=a:2'] } }), {
      [root]: 'resources: [held.yaml]\n',
    }),
    harmless('what nobody leads to', app('prod'), app('stage'), { [held]: service('unused') }),
    harmless('a map', app('prod'), app('stage'), {
      [held]: manifest('v1', 'ConfigMap', ['catalog', 'a'], {}),
    }),
    harmless('a policy over one’s own namespace', app('prod'), app('stage'), {
      [held]: policy.replace('"login"', '"catalog"'),
    }),
  ],
})
