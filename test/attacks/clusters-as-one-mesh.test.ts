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
const accounts = 'accounts.login.svc.cluster.local'
const host = 'tool.catalog.svc.cluster.local'
const route = (to: string, more: object = {}) => [{ route: [{ destination: { host: to, ...more } }] }]
const leads = manifest(istio, 'VirtualService', ['login', 'leads'], {
  hosts: ['entry.login.svc.cluster.local'],
  http: route(host, { subset: 'v1' }),
})
const capture = manifest(istio, 'VirtualService', ['catalog', 'own'], {
  hosts: [accounts],
  http: route(host),
})
const atGateway = manifest(istio, 'VirtualService', ['catalog', 'own'], {
  hosts: ['bookinfo.example.com'],
  gateways: ['default/bookinfo-gateway'],
  http: route(host),
})
const own = manifest(istio, 'VirtualService', ['catalog', 'own'], {
  hosts: [host],
  exportTo: ['.'],
  http: route(host),
})
const rules = (...subsets: readonly string[]) =>
  manifest(istio, 'DestinationRule', ['catalog', 'tool'], {
    host,
    subsets: subsets.map((name) => ({ name, labels: { version: name } })),
  })
const service = manifest('v1', 'Service', ['login', 'accounts'], {
  selector: { app: 'accounts' },
  ports: [{ port: 80, name: 'http' }],
})

const app = (cluster: string, path = 'tools', name = path) =>
  manifest('argoproj.io/v1alpha1', 'Application', ['argocd', name], {
    destination: { name: cluster, namespace: 'catalog' },
    source: { path },
  })
const flux = (cluster: string, name = 'tools') =>
  manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', ['flux-system', name], {
    path: './tools',
    kubeConfig: { secretRef: { name: cluster } },
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  })
const all = (...documents: readonly string[]) => documents.join('---\n')
const tools = 'apps/tools.yaml'
const held = 'tools/held.yaml'
const mesh = (cluster: string) => `apps/${cluster}-mesh.yaml`
/** What catalog's delegate leads to is applied by hand, so that no cluster has all of the mesh. */
const clusters = Object.fromEntries(
  ['prod', 'stage'].flatMap((cluster) => [
    [mesh(cluster), app(cluster, 'mesh', `${cluster}-mesh`)],
    [`apps/${cluster}-login.yaml`, app(cluster, 'teams/login', `${cluster}-login`)],
  ]),
)
const given = (files: Files) => ({
  codeowners,
  files: {
    ...clusters,
    'teams/login/leads.yaml': leads,
    'teams/login/service.yaml': service,
    'teams/catalog/service.yaml': service.replace('login', 'catalog').replaceAll('accounts', 'tool'),
    ...files,
  } as Readonly<Record<string, string>>,
})
const tool = (way: string, what: string, before: string, after: string | null): Attempt => ({
  way,
  setting: given({ [held]: what, [tools]: before }),
  files: { [tools]: after },
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const harmless = (way: string, what: string, before: string, after: string, more: Files = {}) => ({
  way,
  setting: given({ [held]: what, [tools]: before, ...more }),
  files: { [tools]: after },
})
const primary = (way: string, files: Files, more: Files = {}): Attempt => ({
  way,
  by: 'maya',
  setting: given(more),
  files,
  conclusion: 'action_required',
  waitsFor: ['catalog', 'login'],
  says: /gets VirtualService default\/bookinfo/,
})
const withoutSubset = { 'teams/login/leads.yaml': leads.replace(',"subset":"v1"', '') }
const two = (one: string, other: string) => all(app(one, 'tools', 'a'), app(other, 'tools', 'b'))

testAttackClass('clusters that count as one mesh lose by themselves what goes to another of them', {
  onGitHub: {},
  attack: primary('a primary goes to the other cluster', {
    [mesh('prod')]: app('stage', 'mesh', 'prod-mesh'),
  }),
  variants: [
    primary('its Application goes', { [mesh('prod')]: null }),
    primary('that of the other cluster goes', { [mesh('stage')]: null }),
    primary('to a cluster that is new', { [mesh('prod')]: app('dev', 'mesh', 'prod-mesh') }),
    primary(
      'another folder for one cluster',
      { [mesh('prod')]: app('prod', 'empty', 'prod-mesh') },
      {
        'empty/map.yaml': manifest('v1', 'ConfigMap', ['default', 'a'], {}),
      },
    ),
    tool('calls to login are taken in one more cluster', capture, app('prod'), two('prod', 'stage')),
    tool('calls to login are taken in another cluster', capture, app('prod'), app('stage')),
    tool('what takes the calls of login, by Flux', capture, flux('prod'), flux('stage')),
    {
      ...tool('a host of login at its gateway in another cluster', atGateway, app('prod'), app('stage')),
      waitsFor: ['login', 'mesh-admins'],
    },
    tool('subsets go to another cluster', rules('v1'), app('prod'), app('stage')),
    tool(
      'subsets are left in one cluster alone',
      rules('v1'),
      two('prod', 'stage'),
      app('prod', 'tools', 'a'),
    ),
    tool('subsets go from both to one, twice', rules('v1'), two('prod', 'stage'), two('prod', 'prod')),
  ],
  neighbours: [
    harmless('two Applications change places', rules('v1'), two('prod', 'stage'), two('stage', 'prod')),
    harmless('one’s own host for one’s own clients', own, app('prod'), app('stage')),
    harmless('one’s own host in one more cluster', own, app('prod'), two('prod', 'stage')),
    harmless('one’s own host goes', own, two('prod', 'stage'), app('prod', 'tools', 'a')),
    harmless('subsets that nobody uses', rules('v9'), app('prod'), app('stage'), withoutSubset),
    harmless('subsets that nobody uses, by Flux', rules('v9'), flux('prod'), flux('stage'), withoutSubset),
    harmless('another name of the Application', rules('v1'), app('prod'), app('prod', 'tools', 'other')),
    harmless('a map', manifest('v1', 'ConfigMap', ['catalog', 'a'], {}), app('prod'), app('stage')),
    harmless(
      'a map goes',
      manifest('v1', 'ConfigMap', ['catalog', 'a'], {}),
      two('prod', 'stage'),
      app('prod', 'tools', 'a'),
    ),
    harmless(
      'a Secret in one more cluster',
      manifest('v1', 'Secret', ['catalog', 'a'], {}),
      app('prod'),
      two('prod', 'stage'),
    ),
    harmless(
      'how an Application is kept',
      rules('v1'),
      app('prod'),
      app('prod').replace('"source"', '"revisionHistoryLimit":3,"source"'),
    ),
  ],
})
