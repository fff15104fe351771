import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const object = (kind: string, namespace: string, spec: string, group = 'networking.istio.io/v1') =>
  `apiVersion: ${group}\nkind: ${kind}\nmetadata: { name: thing, namespace: ${namespace} }\nspec: ${spec}\n`

const service = (name: string, namespace: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80 }] }\n`

const deployment = (name: string, namespace: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { template: { metadata: { labels: { app: ${name} } } } }\n`

const mine = 'teams/catalog/thing.yaml'
const productpage = 'productpage.default.svc.cluster.local'
const login = { 'teams/login/service.yaml': service('login', 'login') }
const catalog = { 'teams/catalog/service.yaml': service('catalog', 'catalog') }
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const everybody = { conclusion: 'action_required' as const, waitsFor: ['mesh-admins'] }

const httpService = service('login', 'login').replace('{ port: 80 }', '{ name: http-web, port: 80 }')
/** A service of one's own that another team's routes lead to. */
const calls = {
  'teams/catalog/reviews.yaml': service('reviews', 'catalog'),
  'teams/login/call.yaml': object(
    'VirtualService',
    'login',
    '{ hosts: [reviews.catalog.svc.cluster.local], http: [{ route: [{ destination: { host: reviews.catalog.svc.cluster.local } }] }] }',
  ),
}
const entryAt = (protocol: string, number: number, addresses = '') =>
  object(
    'ServiceEntry',
    'catalog',
    `{ hosts: [db.vendor.example], ${addresses}ports: [{ number: ${number}, name: p, protocol: ${protocol} }] }`,
  )

const attack: Attempt = {
  way: 'an EnvoyFilter on the pods of the gateway',
  files: {
    [mine]: object(
      'EnvoyFilter',
      'istio-system',
      '{ workloadSelector: { labels: { istio: ingressgateway } } }',
      'networking.istio.io/v1alpha3',
    ),
  },
  ...asked,
  title: /^Waiting for login: EnvoyFilter thing is new/,
  silentOn: /no mesh manifest touched|no request changes/,
}

testAttackClass('what Istio has beside routes asks whoever calls, runs or answers', {
  onGitHub: {},
  attack,
  variants: [
    {
      way: 'an EnvoyFilter for the whole mesh',
      files: { [mine]: object('EnvoyFilter', 'istio-system', '{ configPatches: [] }') },
      ...everybody,
    },
    {
      way: 'a Sidecar for all of the shared namespace',
      files: { [mine]: object('Sidecar', 'ns1', '{ egress: [{ hosts: ["./*"] }] }') },
      ...asked,
      says: /Sidecar thing .* is new in the namespace ns1/,
    },
    {
      way: 'a ServiceEntry for the host of another team’s service',
      setting: { files: login },
      files: {
        [mine]: object(
          'ServiceEntry',
          'catalog',
          '{ hosts: [login.login.svc.cluster.local], resolution: STATIC }',
        ),
      },
      ...asked,
    },
    {
      way: 'a ServiceEntry for a wildcard over another team’s service',
      setting: { files: login },
      files: { [mine]: object('ServiceEntry', 'catalog', '{ hosts: ["*.login.svc.cluster.local"] }') },
      ...asked,
    },
    {
      way: 'a DestinationRule for the service of another team, in its namespace',
      setting: { files: login },
      files: {
        [mine]: object(
          'DestinationRule',
          'login',
          '{ host: login, trafficPolicy: { tls: { mode: SIMPLE } } }',
        ),
      },
      ...asked,
    },
    {
      way: 'a DestinationRule for another team’s calls of one’s own service, from the shared namespace',
      files: { [mine]: object('DestinationRule', 'ns1', `{ host: ${productpage} }`) },
      ...asked,
    },
    {
      way: 'a DestinationRule in the root namespace for the service that another team’s routes lead to',
      files: { [mine]: object('DestinationRule', 'istio-system', `{ host: ${productpage} }`) },
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'a DestinationRule in the root namespace for every host',
      files: { [mine]: object('DestinationRule', 'istio-system', '{ host: "*.local" }') },
      ...everybody,
    },
    {
      way: 'a DestinationRule of the service’s namespace, for the service that another team’s routes lead to',
      files: { [mine]: object('DestinationRule', 'default', '{ host: productpage }') },
      conclusion: 'action_required',
      waitsFor: ['login', 'mesh-admins'],
    },
    {
      way: 'a plugin in the gateway',
      files: {
        [mine]: object(
          'WasmPlugin',
          'istio-system',
          '{ selector: { matchLabels: { istio: ingressgateway } }, url: "oci://me" }',
          'extensions.istio.io/v1alpha1',
        ),
      },
      ...asked,
    },
    {
      way: 'a ProxyConfig for the whole mesh',
      files: {
        [mine]: object('ProxyConfig', 'istio-system', '{ concurrency: 1 }', 'networking.istio.io/v1beta1'),
      },
      ...everybody,
    },
    {
      way: 'an endpoint of one’s own for the service of another team',
      setting: { files: login },
      files: { [mine]: object('WorkloadEntry', 'login', '{ address: 10.0.0.1, labels: { app: login } }') },
      ...asked,
    },
    {
      way: 'a second DestinationRule under the name of another team’s',
      setting: { files: { 'teams/login/rule.yaml': object('DestinationRule', 'ns1', '{ host: login }') } },
      files: { [mine]: object('DestinationRule', 'ns1', '{ host: login, subsets: [{ name: v1 }] }') },
      ...asked,
      says: /under the name ns1\/thing, which .*login has/,
    },
    {
      way: 'a ServiceEntry for the services of every namespace',
      files: { [mine]: object('ServiceEntry', 'catalog', '{ hosts: ["*.svc.cluster.local"] }') },
      ...everybody,
    },
    {
      way: 'a ServiceEntry for a service that is not in Git, of another team’s namespace',
      setting: { files: { 'teams/login/web.yaml': deployment('web', 'login') } },
      files: { [mine]: object('ServiceEntry', 'catalog', '{ hosts: [api.login.svc.cluster.local] }') },
      ...asked,
    },
    {
      way: 'a Sidecar that names no namespace, of a team that has something in a shared one',
      files: { [mine]: object('Sidecar', 'ns1', '{}').replace(', namespace: ns1', '') },
      ...asked,
    },
    {
      way: 'a DestinationRule for what the gateway calls, in a namespace that nobody has anything in here',
      files: { [mine]: object('DestinationRule', 'istio-ingress', `{ host: ${productpage} }`) },
      ...asked,
    },
    {
      way: 'a kind of Istio’s that nobody knows yet',
      files: { [mine]: object('TrafficBender', 'ns1', '{ bends: true }') },
      ...asked,
    },
    {
      way: 'a DestinationRule for every host, in the namespace of a service that another team calls',
      setting: { files: calls },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: "*" }') },
      ...asked,
    },
    {
      way: 'a DestinationRule for every local host there',
      setting: { files: calls },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: "*.local" }') },
      ...asked,
    },
    {
      way: 'a ServiceEntry that takes the port of another team’s service on every address',
      setting: { files: { 'teams/login/service.yaml': httpService } },
      files: { [mine]: entryAt('TCP', 80) },
      ...asked,
    },
    ...['login.login', 'login.login.svc', 'login', '*.login'].map((host) => ({
      way: `a ServiceEntry for ${host}, by which a service is called for short`,
      setting: { files: login },
      files: { [mine]: object('ServiceEntry', 'catalog', `{ hosts: ["${host}"], resolution: STATIC }`) },
      ...asked,
    })),
    {
      way: 'a ServiceEntry for every service by its shorter name',
      files: { [mine]: object('ServiceEntry', 'catalog', '{ hosts: ["*.svc"], resolution: STATIC }') },
      ...everybody,
    },
    {
      way: 'a ServiceEntry whose addresses are nearly all there are',
      setting: { files: { 'teams/login/service.yaml': httpService } },
      files: { [mine]: entryAt('MONGO', 80, 'addresses: [0.0.0.0/1], ') },
      ...asked,
    },
    {
      way: 'an EnvoyFilter in a second document, behind comments and a Deployment',
      files: {
        [mine]: `# ours\n${deployment('catalog', 'catalog')}---\n${object('EnvoyFilter', 'istio-system', '{}')}`,
      },
      ...everybody,
    },
  ],
  neighbours: [
    {
      way: 'a DestinationRule for one’s own service',
      setting: { files: catalog },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: catalog, subsets: [{ name: v1 }] }') },
      title: /^OK: DestinationRule thing is new/,
    },
    {
      way: 'another subset in a DestinationRule of one’s own',
      setting: { files: { ...catalog, [mine]: object('DestinationRule', 'catalog', '{ host: catalog }') } },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: catalog, subsets: [{ name: v2 }] }') },
      title: /^OK: DestinationRule thing changes/,
    },
    {
      way: 'a DestinationRule for a service of one’s own that is not in Git, in the shared namespace',
      files: { [mine]: object('DestinationRule', 'ns1', '{ host: reviews }') },
      title: 'OK: DestinationRule thing is new, which is not judged here',
    },
    {
      way: 'a DestinationRule for another team’s service that only one’s own namespace calls',
      setting: { files: { ...login, ...catalog } },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: login.login.svc.cluster.local }') },
      title: /^OK: DestinationRule thing is new/,
    },
    {
      way: 'a ServiceEntry for a vendor of one’s own',
      setting: { files: catalog },
      files: {
        [mine]: object('ServiceEntry', 'catalog', '{ hosts: [api.vendor.example], location: MESH_EXTERNAL }'),
      },
    },
    {
      way: 'a ServiceEntry for a vendor whose name has two parts',
      setting: { files: { ...catalog, ...login } },
      files: {
        [mine]: object('ServiceEntry', 'catalog', '{ hosts: [vendor.example], location: MESH_EXTERNAL }'),
      },
    },
    {
      way: 'a ServiceEntry for a database on a port that nobody has',
      setting: { files: { ...catalog, 'teams/login/service.yaml': httpService } },
      files: { [mine]: entryAt('TCP', 5432) },
    },
    {
      way: 'a ServiceEntry with addresses of its own',
      setting: { files: { ...catalog, 'teams/login/service.yaml': httpService } },
      files: { [mine]: entryAt('TCP', 80, 'addresses: [10.1.2.0/24], ') },
    },
    {
      way: 'a ServiceEntry on a port that another team uses for something else than HTTP',
      setting: { files: { ...catalog, ...login } },
      files: { [mine]: entryAt('TCP', 80) },
    },
    {
      way: 'a DestinationRule for every host in a namespace that nobody else calls',
      setting: { files: { ...catalog, ...login } },
      files: { [mine]: object('DestinationRule', 'catalog', '{ host: "*" }') },
    },
    {
      way: 'a Sidecar in one’s own namespace',
      setting: { files: catalog },
      files: { [mine]: object('Sidecar', 'catalog', '{ egress: [{ hosts: ["./*"] }] }') },
    },
    {
      way: 'an EnvoyFilter for one’s own pods',
      setting: { files: { 'teams/catalog/web.yaml': deployment('web', 'ns1') } },
      files: { [mine]: object('EnvoyFilter', 'ns1', '{ workloadSelector: { labels: { app: web } } }') },
    },
    {
      way: 'a plugin for one’s own pods',
      setting: { files: { 'teams/catalog/web.yaml': deployment('web', 'ns1') } },
      files: {
        [mine]: object(
          'WasmPlugin',
          'ns1',
          '{ selector: { matchLabels: { app: web } } }',
          'extensions.istio.io/v1alpha1',
        ),
      },
    },
    {
      way: 'a virtual machine of one’s own',
      setting: { files: catalog },
      files: {
        [mine]: object('WorkloadEntry', 'catalog', '{ address: 10.0.0.1, labels: { app: catalog } }'),
      },
    },
    {
      way: 'the order of keys in an EnvoyFilter for the whole mesh',
      setting: {
        files: { [mine]: object('EnvoyFilter', 'istio-system', '{ priority: 1, configPatches: [] }') },
      },
      files: { [mine]: object('EnvoyFilter', 'istio-system', '{ configPatches: [], priority: 1 }') },
    },
    {
      way: 'a DestinationRule of one’s own in another file of one’s own',
      setting: { files: { ...catalog, [mine]: object('DestinationRule', 'catalog', '{ host: catalog }') } },
      files: {
        [mine]: null,
        'teams/catalog/rules.yaml': object('DestinationRule', 'catalog', '{ host: catalog }'),
      },
    },
    {
      way: 'an autoscaler and a new image for one’s own pods',
      setting: { files: { 'teams/catalog/web.yaml': deployment('web', 'catalog') } },
      files: {
        'teams/catalog/web.yaml': `${deployment('web', 'catalog')}---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: catalog }\n`,
      },
      title: 'OK: no mesh manifest touched',
    },
  ],
})
