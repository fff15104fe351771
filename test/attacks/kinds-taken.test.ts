import { type Attempt, testAttackClass } from '../support/attack-class.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

interface Metadata {
  readonly name?: string
  readonly namespace?: string
  readonly labels?: object
  readonly annotations?: object
}

const object = (apiVersion: string, kind: string, spec: object, metadata: Metadata = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'catalog', ...metadata }, spec })}\n`

const ofLogin = { name: 'login', namespace: 'login' }
const stopped = (way: string, files: Attempt['files'], base: Attempt['files'] = {}): Attempt => ({
  way,
  setting: { files: { ...base } },
  files,
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, files: Attempt['files'], base: Attempt['files'] = {}) => ({
  way,
  setting: { files: { ...base } },
  files,
})

const service = (spec: object, metadata: Metadata = ofLogin) =>
  object(
    'v1',
    'Service',
    { selector: { app: 'login' }, ports: [{ name: 'tcp', port: 5432 }], ...spec },
    metadata,
  )
const entry = (addresses: readonly string[], number = 5432, metadata: Metadata = {}) =>
  object(
    'networking.istio.io/v1',
    'ServiceEntry',
    { hosts: ['db.vendor.example'], addresses, ports: [{ number, name: 'p', protocol: 'TCP' }] },
    metadata,
  )
const own = { 'teams/catalog/service.yaml': service({ selector: { app: 'catalog' } }, { name: 'catalog' }) }
const at = (spec: object) => ({ ...own, 'teams/login/service.yaml': service(spec) })
const fixed = at({ clusterIP: '10.96.0.20' })
const workload = (
  spec: object,
  labels: object,
  metadata: Metadata = { namespace: 'login' },
  kind = 'WorkloadEntry',
) => object('networking.istio.io/v1', kind, spec, { ...metadata, labels })
const gateway = (labels: object, metadata: Metadata) =>
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    {
      gatewayClassName: 'istio',
      infrastructure: { labels },
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: 'catalog.example' }],
    },
    metadata,
  )
const shared = {
  ...own,
  'teams/login/service.yaml': service({}, { name: 'login', namespace: 'shared' }),
  'teams/catalog/shared.yaml': service({ selector: { app: 'catalog' } }, { name: 'c', namespace: 'shared' }),
}

testAttackClass('an address or a label that somebody’s Service is known by asks whose it is', {
  attack: stopped(
    'an entry on the address of another team’s Service',
    { [mine]: entry(['10.96.0.20']) },
    fixed,
  ),
  variants: [
    stopped('a range that holds it', { [mine]: entry(['10.96.0.0/12']) }, fixed),
    stopped('among other addresses', { [mine]: entry(['10.1.0.1', '10.96.0.20/32']) }, fixed),
    stopped(
      'an address that its Service has outside',
      { [mine]: entry(['192.0.2.7']) },
      at({ externalIPs: ['192.0.2.7'] }),
    ),
    stopped(
      'one of several',
      { [mine]: entry(['10.96.0.21']) },
      at({ clusterIPs: ['fd00::1', '10.96.0.21'] }),
    ),
    stopped(
      'an address of the other family, spelled otherwise',
      { [mine]: entry(['fd00:0:0::1']) },
      at({ clusterIPs: ['fd00::1'] }),
    ),
    stopped('a range of the other family', { [mine]: entry(['fd00::/64']) }, at({ clusterIPs: ['fd00::1'] })),
    stopped(
      'the address of another team’s entry',
      { [mine]: entry(['10.7.0.3']) },
      { ...own, 'teams/login/entry.yaml': entry(['10.7.0.0/24'], 5432, ofLogin) },
    ),
    stopped(
      'a Service of one’s own with an address of another team’s outside',
      {
        'teams/catalog/service.yaml': service(
          { selector: { app: 'catalog' }, externalIPs: ['10.96.0.20'] },
          { name: 'catalog' },
        ),
      },
      fixed,
    ),
    stopped(
      'a machine whose own labels make it an endpoint of another team’s Service',
      { [mine]: workload({ address: '10.0.0.1' }, { app: 'login' }) },
      fixed,
    ),
    stopped(
      'labels of both kinds together',
      {
        [mine]: workload(
          { address: '10.0.0.1', labels: { tier: 'a' } },
          { app: 'login' },
          { namespace: 'shared' },
        ),
      },
      {
        ...shared,
        'teams/login/service.yaml': service(
          { selector: { app: 'login', tier: 'a' } },
          { name: 'login', namespace: 'shared' },
        ),
      },
    ),
    stopped(
      'the labels alone are changed',
      { [mine]: workload({ address: '10.0.0.1' }, { app: 'login' }, { namespace: 'shared' }) },
      { ...shared, [mine]: workload({ address: '10.0.0.1' }, { app: 'catalog' }, { namespace: 'shared' }) },
    ),
    stopped(
      'a group of machines',
      { [mine]: workload({ template: {} }, { app: 'login' }, { namespace: 'shared' }, 'WorkloadGroup') },
      shared,
    ),
    stopped(
      'a Gateway of one’s own whose pods bear the labels of another team’s Service',
      { [mine]: gateway({ app: 'login' }, { namespace: 'shared' }) },
      shared,
    ),
  ],
  neighbours: [
    harmless('an entry on another address', { [mine]: entry(['10.96.0.22']) }, fixed),
    harmless('a range beside it', { [mine]: entry(['10.97.0.0/16']) }, fixed),
    harmless('the same address at another port', { [mine]: entry(['10.96.0.20'], 9042) }, fixed),
    harmless('a Service that leaves its address to the cluster', { [mine]: entry(['10.96.0.20']) }, at({})),
    harmless('a Service without an address', { [mine]: entry(['10.96.0.20']) }, at({ clusterIP: 'None' })),
    harmless(
      'the address of one’s own Service',
      { [mine]: entry(['10.96.0.20']) },
      { 'teams/catalog/service.yaml': service({ clusterIP: '10.96.0.20' }, { name: 'catalog' }) },
    ),
    harmless(
      'a Service of one’s own gets an address of its own',
      {
        'teams/catalog/service.yaml': service(
          { selector: { app: 'catalog' }, externalIPs: ['192.0.2.9'] },
          { name: 'catalog' },
        ),
      },
      fixed,
    ),
    harmless(
      'a machine of one’s own with labels of its own',
      { [mine]: workload({ address: '10.0.0.1' }, { app: 'catalog' }, { namespace: 'shared' }) },
      shared,
    ),
    harmless(
      'a machine of one’s own with labels that nobody selects',
      {
        [mine]: workload(
          { address: '10.0.0.1', labels: { app: 'catalog' } },
          { team: 'catalog' },
          { namespace: 'shared' },
        ),
      },
      shared,
    ),
    harmless(
      'a Gateway of one’s own with labels of its own',
      { [mine]: gateway({ team: 'catalog' }, { namespace: 'shared' }) },
      shared,
    ),
    harmless('an address that is none', { [mine]: entry(['300.1.2.3']) }, fixed),
  ],
})

const vs = (host: string, metadata: Metadata = ofLogin) =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    { hosts: [host], http: [{ route: [{ destination: { host } }] }] },
    metadata,
  )
const inNs1 = (name: string) => ({ name, namespace: 'ns1' })
const theirs = {
  'teams/login/service.yaml': service({}, inNs1('login')),
  'teams/login/app.yaml': object(
    'apps/v1',
    'Deployment',
    { template: { metadata: { labels: { app: 'login' } }, spec: { containers: [{ image: 'a:1' }] } } },
    inNs1('login'),
  ),
  'teams/login/rule.yaml': object(
    'networking.istio.io/v1',
    'DestinationRule',
    { host: 'login' },
    inNs1('login'),
  ),
  'teams/login/route.yaml': object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    { parentRefs: [{ name: 'x' }], rules: [{ backendRefs: [{ name: 'login', port: 80 }] }] },
    inNs1('login'),
  ),
  'teams/catalog/service.yaml': service({ selector: { app: 'catalog' } }, inNs1('catalog')),
  'teams/catalog/preview.yaml': service({ selector: { app: 'catalog' } }, inNs1('catalog-preview')),
  'teams/catalog/app.yaml': object(
    'apps/v1',
    'Deployment',
    { template: { metadata: { labels: { app: 'catalog' } }, spec: { containers: [{ image: 'a:1' }] } } },
    inNs1('catalog'),
  ),
  'teams/catalog/rule.yaml': object(
    'networking.istio.io/v1',
    'DestinationRule',
    { host: 'catalog' },
    inNs1('catalog'),
  ),
}
const rollout = (strategy: object, more: object = {}) =>
  object('argoproj.io/v1alpha1', 'Rollout', { replicas: 2, strategy, ...more }, inNs1('catalog'))
const routing = (trafficRouting: object) => rollout({ canary: { trafficRouting } })
const plugin = (said: object) => routing({ plugins: { 'argoproj-labs/gatewayAPI': said } })
const canary = (name: string, service: object = { name: 'catalog', port: 80 }) =>
  object(
    'flagger.app/v1beta1',
    'Canary',
    { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, service },
    inNs1('catalog'),
  )
const taken = (way: string, text: string) => stopped(way, { [mine]: text }, theirs)
const kept = (way: string, text: string, before?: string) =>
  harmless(way, { [mine]: text }, { ...theirs, ...(before !== undefined && { [mine]: before }) })

testAttackClass('what operators of releases take over asks whose it is', {
  attack: taken(
    'a Rollout points another team’s Service to its pods',
    rollout({ blueGreen: { activeService: 'login' } }),
  ),
  variants: [
    taken('for a preview', rollout({ blueGreen: { activeService: 'catalog', previewService: 'login' } })),
    taken('as the stable one', rollout({ canary: { stableService: 'login' } })),
    taken('as the canary', rollout({ canary: { canaryService: 'login', stableService: 'catalog' } })),
    taken('in turns', rollout({ canary: { pingPong: { pingService: 'login', pongService: 'catalog' } } })),
    taken(
      'with traffic routing of a VirtualService of its own',
      rollout({
        canary: { stableService: 'login', trafficRouting: { istio: { virtualService: { name: 'own' } } } },
      }),
    ),
    taken('another team’s DestinationRule', routing({ istio: { destinationRule: { name: 'login' } } })),
    taken('another team’s HTTPRoute', plugin({ httpRoute: 'login', namespace: 'ns1' })),
    taken('one of several', plugin({ httpRoutes: [{ name: 'own' }, { name: 'login' }] })),
    taken(
      'the pods of another team’s Deployment',
      rollout({}, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'login' } }),
    ),
    taken('a Canary of another team’s Deployment', canary('login')),
    taken('such a Canary whose service has no name', canary('login', { port: 80 })),
  ],
  neighbours: [
    kept(
      'a Rollout with Services of its own',
      rollout({ blueGreen: { activeService: 'catalog', previewService: 'catalog-preview' } }),
    ),
    kept(
      'a canary with Services of its own',
      rollout({ canary: { stableService: 'catalog', canaryService: 'catalog-preview' } }),
    ),
    kept('a DestinationRule of its own', routing({ istio: { destinationRule: { name: 'catalog' } } })),
    kept(
      'a workload of its own',
      rollout({}, { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'catalog' } }),
    ),
    kept('a Canary of its own', canary('catalog')),
    kept('a Rollout without any Service', rollout({ canary: { steps: [{ setWeight: 20 }] } })),
    kept(
      'other steps',
      rollout({ canary: { stableService: 'catalog', steps: [{ setWeight: 20 }] } }),
      rollout({ canary: { stableService: 'catalog', steps: [{ setWeight: 50 }] } }),
    ),
    kept(
      'more replicas beside another team’s Service that was named before',
      rollout({ blueGreen: { activeService: 'login' } }, { replicas: 5 }),
      rollout({ blueGreen: { activeService: 'login' } }),
    ),
    kept('one’s Rollout goes', '', rollout({ blueGreen: { activeService: 'catalog' } })),
    kept('a service of one’s own that is called so elsewhere', vs('other', { name: 'other' })),
  ],
})
