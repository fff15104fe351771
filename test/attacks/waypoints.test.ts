import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const api = 'gateway.networking.k8s.io'
const object = objectsWith({ name: 'thing', namespace: 'catalog' })
const waypoint = (spec: object = {}, metadata: object = {}) =>
  object(
    `${api}/v1`,
    'Gateway',
    {
      spec: {
        gatewayClassName: 'istio-waypoint',
        listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
        ...spec,
      },
    },
    { name: 'door', ...metadata },
  )
const leads = (name = 'door', namespace: string | undefined = 'catalog') => ({
  'istio.io/use-waypoint': name,
  ...(namespace !== undefined && { 'istio.io/use-waypoint-namespace': namespace }),
})
const place = 'teams/login/place.yaml'
const namespace = (labels: object, name = 'ns2') =>
  object('v1', 'Namespace', {}, { name, namespace: undefined, labels })
const service = (space: string, labels: object = {}) =>
  object(
    'v1',
    'Service',
    { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
    { name: 'web', namespace: space, labels },
  )
const pods = (labels: object) =>
  object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        template: {
          metadata: { labels: { app: 'web', ...labels } },
          spec: { containers: [{ name: 'a', image: 'a:1' }] },
        },
      },
    },
    { name: 'web', namespace: 'ns2' },
  )
const entry = (labels: object) =>
  object(
    'networking.istio.io/v1',
    'ServiceEntry',
    { spec: { hosts: ['bank.example'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }] } },
    { name: 'bank', namespace: 'ns2', labels },
  )
const base: Files = {
  'teams/login/service.yaml': service('ns2'),
  'teams/catalog/service.yaml': service('catalog'),
}
const door = { 'teams/catalog/door.yaml': waypoint() }
const attached = (apiVersion: string, kind: string, spec: object = {}) =>
  object(apiVersion, kind, { spec: { targetRefs: [{ group: api, kind: 'Gateway', name: 'door' }], ...spec } })

const stopped = (
  way: string,
  text: string | null,
  user: string = namespace(leads()),
  before: string | undefined = waypoint(),
  more: Files = {},
): Attempt => ({
  way,
  setting: {
    files: { ...base, ...more, [place]: user, ...(before !== undefined && { [mine]: before }) } as Record<
      string,
      string
    >,
  },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
})
const onDoor = (way: string, text: string, user?: string) => {
  const { setting, ...attempt } = stopped(way, text, user)
  const { [mine]: _, ...files } = setting?.files ?? {}
  return { ...attempt, setting: { files: { ...files, ...door } } }
}
const harmless = (
  way: string,
  text: string | null,
  user: string,
  before: string | undefined = waypoint(),
) => ({
  way,
  setting: {
    files: { ...base, [place]: user, ...(before !== undefined && { [mine]: before }) } as Record<
      string,
      string
    >,
  },
  files: { [mine]: text },
})
const security = 'security.istio.io/v1'

testAttackClass('a waypoint of one’s own through which another team’s calls are led', {
  attack: stopped('it goes', null),
  variants: [
    stopped('it is of another class', waypoint({ gatewayClassName: 'other' })),
    stopped('it is called otherwise', waypoint({}, { name: 'window' })),
    stopped('it stands in another namespace', waypoint({}, { namespace: 'catalog-stage' })),
    stopped(
      'it listens elsewhere',
      waypoint({ listeners: [{ name: 'mesh', port: 15009, protocol: 'HBONE' }] }),
    ),
    stopped('a Service is led through it', null, service('ns2', leads())),
    stopped('an entry is', null, entry(leads())),
    stopped('pods are', null, pods(leads())),
    onDoor(
      'a policy on it refuses',
      attached(security, 'AuthorizationPolicy', { action: 'DENY', rules: [{}] }),
    ),
    onDoor(
      'a policy on it refuses a Service of theirs',
      attached(security, 'AuthorizationPolicy', { rules: [] }),
      service('ns2', leads()),
    ),
    onDoor('it asks for tokens', attached(security, 'RequestAuthentication', { jwtRules: [] })),
    onDoor(
      'a program runs in it',
      attached('extensions.istio.io/v1alpha1', 'WasmPlugin', { url: 'oci://a' }),
    ),
    onDoor(
      'its configuration is patched',
      attached('networking.istio.io/v1alpha3', 'EnvoyFilter', { configPatches: [] }),
    ),
  ],
  neighbours: [
    harmless('nobody else is led through it', null, namespace({})),
    harmless('they are led through another one', null, namespace(leads('window'))),
    harmless('they are led through one of their own', null, namespace(leads('door', 'ns2'))),
    harmless(
      'through one of that name in their namespace',
      null,
      namespace({ 'istio.io/use-waypoint': 'door' }),
    ),
    harmless('their Service is not', null, service('ns2', { 'istio.io/use-waypoint': 'none' })),
    harmless('their pods are not', null, pods(leads('window'))),
    harmless('a new one', waypoint({}, { name: 'window' }), namespace({}), undefined),
    harmless('a label of it', waypoint({}, { labels: { team: 'catalog' } }), namespace({})),
    harmless('one’s own Service is led through it', null, namespace({ a: 'b' })),
    harmless(
      'a policy on one that nobody else is led through',
      attached(security, 'AuthorizationPolicy', { rules: [] }),
      namespace({}),
      undefined,
    ),
    harmless(
      'another waypoint of one’s own goes',
      null,
      namespace(leads()),
      waypoint({}, { name: 'window' }),
    ),
  ],
})
