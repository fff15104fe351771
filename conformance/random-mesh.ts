import type { KubernetesObject, MeshKind, Pod } from './mesh.ts'
import type { Chance } from './random.ts'
import { randomMatch, withoutUndefined } from './random-match.ts'

type Json = Readonly<Record<string, unknown>>

/** What objects of a mesh are made of. */
export interface Material {
  readonly kind: MeshKind
  readonly chance: Chance
  /** A word that no entry had before, so that the proxies say which one answered. */
  readonly fresh: () => string
  readonly gateways: readonly string[]
}

const services = ['web.n1', 'db.n2', 'web.n2'] as const

/** The proxies of every mesh: two gateways with labels of their own, and sidecars of two namespaces. */
export const pods: readonly Pod[] = [
  { type: 'router', namespace: 'edge', labels: { istio: 'ingress', app: 'edge' } },
  { type: 'router', namespace: 'edge', labels: { istio: 'internal' } },
  { type: 'sidecar', namespace: 'n1', labels: { app: 'web' } },
  { type: 'sidecar', namespace: 'n2', labels: { app: 'db' } },
]

/** An object under its name, as old as everything else until somebody says how old it is. */
function objectOf(kind: KubernetesObject['kind'], identity: string, spec: Json): KubernetesObject {
  const [namespace = '', name = ''] = identity.split('/')
  const apiVersion = kind === 'Service' ? 'v1' : 'networking.istio.io/v1'
  return { apiVersion, kind, metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z' }, spec }
}

/** The Services of every mesh. */
export const serviceObjects: readonly KubernetesObject[] = services.map((each) => {
  const [name = '', namespace = ''] = each.split('.')
  const ports = [
    { name: 'http', port: 80 },
    { name: 'http-alt', port: 8080 },
  ]
  return objectOf('Service', `${namespace}/${name}`, { selector: { app: name }, ports })
})

/** One to three Gateways, on pods that they share or do not. */
export function randomGateways({ kind, chance }: Material): readonly KubernetesObject[] {
  const names = chance.some(['n1/gw', 'edge/gw', 'n2/other'], kind === 'values' ? 1 : 3)
  return names.map((identity) => objectOf('Gateway', identity, randomGateway(kind, chance)))
}

/** What a Gateway listens for. */
export function randomGateway(kind: MeshKind, chance: Chance): Json {
  const selector = chance.of([
    { istio: 'ingress' },
    { istio: 'ingress' },
    { app: 'edge' },
    { istio: 'internal' },
    {},
  ])
  if (kind === 'values') return { selector: { istio: 'ingress' }, servers: [plainServer(80, ['*'], 'http')] }
  const count = 1 + chance.below(3)
  const servers = Array.from({ length: count }, (_, index) => randomServer(kind, chance, `s${index}`))
  return { selector, servers }
}

function randomServer(kind: MeshKind, chance: Chance, name: string): Json {
  const hosts = chance.some(serverHosts(kind), 2)
  if (kind !== 'tls' || chance.oneIn(4)) {
    const redirects = chance.oneIn(kind === 'tls' ? 3 : 12)
    return {
      ...plainServer(chance.of([80, 80, 8080]), hosts, name),
      ...(redirects && { tls: { httpsRedirect: true } }),
    }
  }
  const mutual = chance.oneIn(6)
  return {
    port: { number: chance.of([443, 443, 443, 8443]), name, protocol: 'HTTPS' },
    hosts,
    tls: { mode: mutual ? 'MUTUAL' : 'SIMPLE', credentialName: chance.of(['one', 'two']) },
  }
}

function serverHosts(kind: MeshKind): readonly string[] {
  const names = ['*', 'a.example', 'b.example', '*.example', '*.a.example', 'x.a.example']
  const scoped = ['n1/*', 'n2/*.example', './*', '*/a.example', 'n1/a.example', 'n2/a.example']
  return kind === 'tls' ? [...names.slice(1), ...scoped.slice(1)] : [...names, '*', ...scoped]
}

function plainServer(number: number, hosts: readonly string[], name: string): Json {
  return { port: { number, name, protocol: 'HTTP' }, hosts }
}

/** Ordinary VirtualServices, primaries, and the secondaries that they delegate to or do not. */
export function randomVirtualServices(material: Material): readonly KubernetesObject[] {
  const { chance } = material
  const secondaries = chance.some(secondaryNames, 3).map((name) => randomSecondary(material, name))
  const roots = chance.some(rootNames, 4).map((name) => randomRoot(material, name))
  return [...roots, ...secondaries]
}

const rootNames = ['n1/o', 'n2/o', 'n1/p', 'n2/q', 'edge/r', 'n2/z'] as const
const secondaryNames = ['n1/s1', 'n1/s2', 'n2/s3', 'n2/s1'] as const

function randomSecondary(material: Material, identity: string): KubernetesObject {
  const { chance } = material
  return objectOf(
    'VirtualService',
    identity,
    withoutUndefined({
      exportTo: chance.oneIn(8) ? chance.of([['.'], ['n1'], ['n1', 'edge'], ['*']]) : undefined,
      http: randomEntries(material, false),
    }),
  )
}

function randomRoot(material: Material, identity: string): KubernetesObject {
  const { chance } = material
  return objectOf(
    'VirtualService',
    identity,
    withoutUndefined({
      hosts: randomHosts(material),
      gateways: randomBinding(material),
      exportTo: chance.oneIn(6) ? chance.of([['.'], ['n1'], ['edge'], ['n1', 'edge'], ['*']]) : undefined,
      http: randomEntries(material, true),
    }),
  )
}

/** The hosts of a VirtualService. */
export function randomHosts({ kind, chance }: Material): readonly string[] {
  if (kind === 'sidecar')
    return chance.of<readonly string[]>([
      ...([['web.n1.svc.cluster.local'], ['db.n2.svc.cluster.local'], ['web.n2.svc.cluster.local']] as const),
      ...([
        ['web'],
        ['db'],
        ['*.n2.svc.cluster.local'],
        ['ext.example'],
        ['*.example'],
        ['web', 'db'],
      ] as const),
    ])
  return chance.of<readonly string[]>([
    ['a.example'],
    ['a.example'],
    ['*.example'],
    ['*'],
    ['a.example', 'b.example'],
    ['*.a.example', 'b.example'],
    ['x.a.example'],
    ['A.Example'],
  ])
}

/** The gateways of a VirtualService; nothing binds it to the sidecars. */
export function randomBinding({ kind, chance, gateways }: Material): readonly string[] | undefined {
  if (kind === 'sidecar') return chance.oneIn(4) ? ['mesh'] : undefined
  const bound = chance.some(gateways, 2)
  return chance.oneIn(12) ? [...bound, 'mesh'] : bound
}

/** The entries of a VirtualService: of a primary some delegate. */
export function randomEntries(material: Material, isRoot: boolean): readonly Json[] {
  return Array.from({ length: 1 + material.chance.below(4) }, () => randomEntry(material, isRoot))
}

/** One entry, under a name of its own. */
export function randomEntry(material: Material, isRoot: boolean): Json {
  const { chance, fresh } = material
  const delegates = isRoot && chance.oneIn(3)
  return withoutUndefined({
    name: fresh(),
    match: chance.oneIn(6) ? undefined : randomMatches(material, isRoot),
    ...(delegates ? randomDelegate(chance) : randomAction(chance)),
    ...randomModifiers(chance, delegates),
  })
}

/** Up to three matches, some of them named. */
export function randomMatches({ kind, chance, gateways, fresh }: Material, isRoot: boolean): readonly Json[] {
  const bound = isRoot ? (kind === 'sidecar' ? ['mesh'] : gateways) : []
  return Array.from({ length: 1 + chance.below(3) }, () => ({
    ...(chance.oneIn(2) && { name: fresh() }),
    ...randomMatch({ chance, odd: kind === 'values', gateways: bound }),
  }))
}

function randomDelegate(chance: Chance): Json {
  const [namespace, name] = chance.of(secondaryNames).split('/')
  return { delegate: chance.oneIn(4) ? { name } : { name, namespace } }
}

function randomAction(chance: Chance): Json {
  const [one, other] = chance.shuffled(services)
  const to = (name = 'web.n1', extra: Json = {}) => ({
    destination: { host: `${name}.svc.cluster.local`, port: { number: 80 }, ...extra },
  })
  const kind = chance.below(14)
  if (kind === 0)
    return { redirect: { uri: chance.of(['/new', '/old']), redirectCode: chance.of([301, 302, 308]) } }
  if (kind === 1) return { redirect: { authority: 'b.example' } }
  if (kind === 2) return { directResponse: { status: chance.of([200, 403, 503]) } }
  if (kind === 3)
    return {
      route: [
        { ...to(one), weight: chance.of([0, 1, 30]) },
        { ...to(other), weight: chance.of([1, 70]) },
      ],
    }
  return { route: [to(one, chance.oneIn(4) ? { subset: 'v1' } : {})] }
}

function randomModifiers(chance: Chance, delegates: boolean): Json {
  const rarely = <T>(value: T) => (chance.oneIn(delegates ? 5 : 12) ? value : undefined)
  return withoutUndefined({
    timeout: rarely(chance.of(['3s', '5s'])),
    headers: rarely(
      chance.of([{ request: { set: { 'x-set': '1' } } }, { response: { remove: ['server'] } }]),
    ),
    retries: rarely({ attempts: chance.of([1, 3]) }),
    ...(delegates && chance.oneIn(5) && { rewrite: { uri: chance.of(['/', '/new']) } }),
  })
}
