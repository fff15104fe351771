import fc from 'fast-check'
import type { Gateway } from '../../src/domain/manifest/gateway.ts'
import type { JsonObject } from '../../src/domain/manifest/json.ts'
import type { Manifests } from '../../src/domain/manifest/manifests.ts'
import type {
  HTTPMatchRequest,
  HTTPRoute,
  StringMatch,
  VirtualService,
} from '../../src/domain/manifest/virtual-service.ts'

/** A VirtualService in memory; the file is named after it, under the folder of its namespace. */
export function virtualService(
  identity: string,
  spec: VirtualService['spec'],
  path = `${identity}.yaml`,
): VirtualService {
  const [namespace = '', name = ''] = identity.split('/')
  const file = { path, text: '' }
  return {
    kind: 'VirtualService',
    apiVersion: 'networking.istio.io/v1',
    name,
    namespace,
    labels: {},
    annotations: {},
    file,
    spec,
    body: { kind: 'VirtualService', metadata: { name, namespace }, spec: { ...spec } as JsonObject },
  }
}

export function gateway(identity: string, spec: Gateway['spec']): Gateway {
  const [namespace = '', name = ''] = identity.split('/')
  const file = { path: `${identity}.yaml`, text: '' }
  return {
    kind: 'Gateway',
    apiVersion: 'networking.istio.io/v1',
    name,
    namespace,
    labels: {},
    annotations: {},
    file,
    spec,
    body: { kind: 'Gateway', metadata: { name, namespace }, spec: { ...spec } as JsonObject },
  }
}

export function manifests(
  virtualServices: readonly VirtualService[],
  gateways: readonly Gateway[] = [],
): Manifests {
  return {
    virtualServices,
    gateways,
    unmodelled: [],
    diagnostics: [],
    unreadable: [],
    refusedBeside: [],
    files: [],
  }
}

const literals = ['/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/a']
const patterns = ['/a.*', '/[ab]', '/a/?b?', '.*', '/(a|b)/a', '(?i)/A']

const uri: fc.Arbitrary<StringMatch> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...literals).map((exact) => ({ exact })) },
  { weight: 5, arbitrary: fc.constantFrom(...literals).map((prefix) => ({ prefix })) },
  { weight: 2, arbitrary: fc.constantFrom(...patterns).map((regex) => ({ regex })) },
)

const value: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.constantFrom('1', '2', '12').map((exact) => ({ exact })),
  fc.constantFrom('1', '2').map((prefix) => ({ prefix })),
  fc.constantFrom('1.*', '[12]', '.*', '.', '[^1]*', '').map((regex) => (regex === '' ? {} : { regex })),
)

const values = (keys: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1, maxKeys: 2 })

/** A match over small alphabets, so that matches meet often. */
export const match: fc.Arbitrary<HTTPMatchRequest> = fc
  .record({
    uri: fc.option(uri, { freq: 5, nil: undefined }),
    method: rarely(fc.constantFrom('GET', 'POST').map((exact) => ({ exact }))),
    scheme: rarely(fc.constantFrom('http', 'https').map((exact) => ({ exact }))),
    authority: rarely(fc.constantFrom<StringMatch>({ exact: 'a.example' }, { prefix: 'b' })),
    headers: rarely(values(['x', 'Y'])),
    withoutHeaders: rarely(values(['x', 'y'])),
    queryParams: rarely(values(['q'])),
    port: rarely(fc.constantFrom(80, 443)),
    ignoreUriCase: rarely(fc.constant(true)),
    sourceLabels: rarely(fc.constant({ app: 'web' })),
    sourceNamespace: rarely(fc.constantFrom('n1', 'n2')),
    gateways: rarely(fc.constantFrom(['n1/gw'], ['mesh'])),
  })
  .map(withoutUndefined)

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc
    .option(arbitrary, { freq: 1, nil: undefined })
    .chain((one) => fc.constantFrom(one, undefined, undefined))
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

const destination = fc.constantFrom('v1.n1.svc', 'v2.n1.svc')

const action: fc.Arbitrary<HTTPRoute> = fc.oneof(
  { weight: 6, arbitrary: destination.map((host) => ({ route: [{ destination: { host } }] })) },
  { weight: 1, arbitrary: fc.constant({ redirect: { uri: '/new' } }) },
  {
    weight: 1,
    arbitrary: destination.map((host) => ({ route: [{ destination: { host } }], rewrite: { uri: '/' } })),
  },
  {
    weight: 1,
    arbitrary: destination.map((host) => ({ route: [{ destination: { host } }], timeout: '5s' })),
  },
)

const matches = fc.option(fc.array(match, { minLength: 1, maxLength: 3 }), { freq: 6, nil: undefined })

const entry: fc.Arbitrary<HTTPRoute> = fc
  .record({ match: matches, action })
  .map(({ match: wanted, action: does }) => ({ ...(wanted && { match: wanted }), ...does }))

const delegating: fc.Arbitrary<HTTPRoute> = fc
  .record({ match: matches, name: fc.constantFrom('s1', 's2', 's3'), timeout: rarely(fc.constant('3s')) })
  .map(({ match: wanted, name, timeout }) => ({
    ...(wanted && { match: wanted }),
    delegate: { name, namespace: 'n1' },
    ...(timeout !== undefined && { timeout }),
  }))

const entries = fc.array(entry, { minLength: 1, maxLength: 4 })
const hosts = fc.constantFrom(['*'], ['a.example'], ['*.example'], ['a.example', 'b.example'])
const bindings = fc.constantFrom(['n1/gw'], ['n1/gw', 'mesh'], ['n1/other'], undefined)
const visibility = fc.constantFrom(undefined, undefined, undefined, ['.'], ['n2'])

const root = fc.record({ hosts, gateways: bindings, exportTo: visibility }).map(withoutUndefined)

const primary = fc
  .record({
    root,
    http: fc.array(fc.oneof({ weight: 2, arbitrary: delegating }, entry), { minLength: 1, maxLength: 4 }),
  })
  .map(({ root: spec, http }) => virtualService('n1/p', { ...spec, http }))

const ordinary = fc
  .record({ root, http: entries, name: fc.constantFrom('n1/o', 'n2/q') })
  .map(({ root: spec, http, name }) => virtualService(name, { ...spec, http }))

const secondary = fc
  .record({ http: entries, name: fc.constantFrom('n1/s1', 'n1/s2', 'n1/s3') })
  .map(({ http, name }) => virtualService(name, { http }))

const oneGateway = gateway('n1/gw', {
  selector: { istio: 'ingress' },
  servers: [
    { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] },
    {
      port: { number: 443, name: 'https', protocol: 'HTTPS' },
      hosts: ['*.example'],
      tls: { mode: 'SIMPLE' },
    },
  ],
})

const distinctByName = (list: readonly VirtualService[]) => [
  ...new Map(list.map((each) => [`${each.namespace}/${each.name}`, each])).values(),
]

/** A small mesh: a primary, up to three secondaries, ordinary VirtualServices and a Gateway. */
export const mesh: fc.Arbitrary<Manifests> = fc
  .record({
    primary: fc.option(primary, { freq: 5, nil: undefined }),
    secondaries: fc.array(secondary, { maxLength: 3 }),
    others: fc.array(ordinary, { maxLength: 2 }),
  })
  .map(({ primary: first, secondaries, others }) =>
    manifests(distinctByName([...(first ? [first] : []), ...secondaries, ...others]), [oneGateway]),
  )

/** Two meshes that have most of their VirtualServices in common, as the two sides of a pull request do. */
export const twoSides: fc.Arbitrary<readonly [Manifests, Manifests]> = fc
  .record({ base: mesh, other: mesh, keep: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }) })
  .map(({ base, other, keep }) => {
    const kept = base.virtualServices.filter((_, index) => keep[index] !== false)
    const added = other.virtualServices.filter((_, index) => keep[index] === false)
    return [base, manifests(distinctByName([...kept, ...added]), base.gateways)] as const
  })
