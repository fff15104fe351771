import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }
const api = 'gateway.networking.k8s.io'

const object = objectsWith({ name: 'thing', namespace: 'ns1' })

const gateway = object(
  `${api}/v1`,
  'Gateway',
  { spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] } },
  { name: 'shared' },
)
const route = (name: string) =>
  object(
    `${api}/v1`,
    'HTTPRoute',
    { spec: { parentRefs: [{ name: 'shared' }], hostnames: [`${name}.example`], rules: [{}] } },
    { name },
  )
const service = (name: string) =>
  object('v1', 'Service', { spec: { selector: { app: name }, ports: [{ port: 80 }] } }, { name })
const files = {
  'mesh/gateway.yaml': gateway,
  'teams/login/route.yaml': route('login'),
  'teams/catalog/route.yaml': route('catalog'),
  'teams/login/service.yaml': service('login'),
  'teams/catalog/service.yaml': service('catalog'),
}

const attached = (version: string, kind: string, target: object, list = true) =>
  object(version, kind, { spec: { ...(list ? { targetRefs: [target] } : { targetRef: target }), rules: {} } })
const toGateway = { group: api, kind: 'Gateway', name: 'shared' }
const toRoute = (name: string) => ({ group: api, kind: 'HTTPRoute', name })
const toService = (name: string) => ({ group: '', kind: 'Service', name })

const stopped = (way: string, text: string | null, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files },
  files: { [mine]: text },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const harmless = (way: string, text: string | null, more: object = {}) => ({
  way,
  setting: { files: { ...files, ...more } },
  files: { [mine]: text },
})
const mesh = (parent: object) =>
  object(`${api}/v1`, 'HTTPRoute', {
    spec: { parentRefs: [parent], rules: [{ backendRefs: [{ name: 'evil', port: 80 }] }] },
  })

testAttackClass('policies that are attached ask whoever is at their target, whoever’s policies they are', {
  attack: stopped(
    'a policy of Kuadrant on a shared gateway',
    attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false),
    {
      title: /^Waiting for login: AuthPolicy thing is new/,
      says: /on every host at ns1\/shared/,
    },
  ),
  variants: [
    stopped('limits there', attached('kuadrant.io/v1', 'RateLimitPolicy', toGateway, false)),
    stopped('names there', attached('kuadrant.io/v1', 'DNSPolicy', toGateway, false)),
    stopped('a certificate there', attached('kuadrant.io/v1', 'TLSPolicy', toGateway, false)),
    stopped(
      'a policy of another vendor',
      attached('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', toGateway),
    ),
    stopped(
      'a policy of a vendor that nobody has heard of',
      attached('things.example/v3', 'Thing', toGateway),
    ),
    stopped(
      'a policy on another team’s route',
      attached('kuadrant.io/v1', 'AuthPolicy', toRoute('login'), false),
      {
        says: /for login, which .*login has/,
      },
    ),
    stopped(
      'a policy on another team’s service',
      attached('networking.gke.io/v1', 'GCPBackendPolicy', toService('login'), false),
    ),
    stopped(
      'one policy on two routes',
      object('kgateway.dev/v1alpha1', 'TrafficPolicy', {
        spec: { targetRefs: [toRoute('catalog'), toRoute('login')] },
      }),
    ),
    stopped(
      'routes by their labels',
      object('gateway.envoyproxy.io/v1alpha1', 'BackendTrafficPolicy', {
        spec: { targetSelectors: [{ group: api, kind: 'HTTPRoute', matchLabels: { a: 'b' } }] },
      }),
    ),
    stopped(
      'a policy on a VirtualService',
      attached('things.example/v3', 'Thing', {
        group: 'networking.istio.io',
        kind: 'VirtualService',
        name: 'vs-1',
      }),
    ),
    stopped('a policy is taken away', null, {
      setting: { files: { ...files, [mine]: attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false) } },
    }),
    stopped(
      'a policy of one’s own gets another target',
      attached('kuadrant.io/v1', 'AuthPolicy', toRoute('login'), false),
      {
        setting: {
          files: { ...files, [mine]: attached('kuadrant.io/v1', 'AuthPolicy', toRoute('catalog'), false) },
        },
      },
    ),
    stopped(
      'a policy of the Gateway API on another team’s route',
      attached(`${api}/v1alpha3`, 'XRetryPolicy', toRoute('login')),
    ),
    stopped(
      'a route whose parent is a host',
      mesh({ group: 'networking.istio.io', kind: 'Hostname', name: 'login.ns1.svc.cluster.local' }),
    ),
    stopped(
      'a route whose parent is a service',
      mesh({ group: '', kind: 'Service', name: 'login', port: 80 }),
    ),
  ],
  neighbours: [
    harmless(
      'a policy on one’s own route',
      attached('kuadrant.io/v1', 'AuthPolicy', toRoute('catalog'), false),
    ),
    harmless(
      'a policy on one’s own service',
      attached('networking.gke.io/v1', 'HealthCheckPolicy', toService('catalog'), false),
    ),
    harmless('a policy of one’s own is taken away', null, {
      [mine]: attached('kuadrant.io/v1', 'RateLimitPolicy', toRoute('catalog'), false),
    }),
    harmless(
      'how much memory another team’s pods ask for',
      attached(
        'autoscaling.k8s.io/v1',
        'VerticalPodAutoscaler',
        { apiVersion: 'apps/v1', kind: 'Deployment', name: 'login' },
        false,
      ),
    ),
    harmless(
      'a monitor of a deployment',
      attached('things.example/v1', 'Watch', { kind: 'StatefulSet', name: 'login' }),
    ),
    harmless(
      'what somebody backs up',
      attached('things.example/v1', 'Backup', { kind: 'PersistentVolumeClaim', name: 'login' }, false),
    ),
    harmless(
      'a gateway of another controller',
      attached('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', { ...toGateway, name: 'edge' }),
      {
        'mesh/class.yaml': object(
          `${api}/v1`,
          'GatewayClass',
          { spec: { controllerName: 'gateway.envoyproxy.io/controller' } },
          { name: 'eg', namespace: undefined },
        ),
        'mesh/edge.yaml': gateway.replace('"istio"', '"eg"').replace('"shared"', '"edge"'),
      },
    ),
    harmless('an object without a target', object('kuadrant.io/v1', 'Kuadrant', { spec: {} })),
    harmless(
      'a label of a policy on a shared gateway',
      attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false).replace(
        '"namespace"',
        '"labels":{"a":"b"},"namespace"',
      ),
      {
        [mine]: attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false),
      },
    ),
    harmless('a route of one’s own service', mesh({ group: '', kind: 'Service', name: 'catalog', port: 80 })),
    harmless(
      'the status of a policy',
      attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false).replace('"spec"', '"status":{"a":1},"spec"'),
      {
        [mine]: attached('kuadrant.io/v1', 'AuthPolicy', toGateway, false),
      },
    ),
  ],
})
