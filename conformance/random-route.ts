import type { KubernetesObject } from './mesh.ts'
import type { Chance } from './random.ts'
import { withoutUndefined } from './random-match.ts'

type Json = Readonly<Record<string, unknown>>

/** What routes of the Gateway API are made of. */
export interface RouteMaterial {
  readonly chance: Chance
  /** A word that no rule had before, so that the proxies say which one answered. */
  readonly fresh: () => string
}

export type RouteKind = 'HTTPRoute' | 'GRPCRoute'

const version = 'gateway.networking.k8s.io/v1'
const namespaces = ['n1', 'n2', 'edge'] as const

/** The names of routes at Gateways, and of those for calls of services. */
export const routeNames = ['n1/ra', 'n1/rb', 'n2/rc', 'n2/rd', 'edge/re', 'n1/rf'] as const
export const grpcNames = ['n1/ga', 'n2/gb'] as const
export const meshRouteNames = ['n1/ma', 'n2/mb', 'n1/mc', 'edge/md'] as const
export const entryRouteNames = ['n1/xa', 'n2/xb', 'n1/xc'] as const

/** A route at Gateways. */
export function randomRoute(material: RouteMaterial, kind: RouteKind, identity: string): KubernetesObject {
  const parentRefs = randomParents(material.chance, identity)
  return routeOf(material, { kind, identity, parentRefs, hostnames: randomHostnames(material.chance) })
}

/** A route for calls of a service. */
export function randomMeshRoute(material: RouteMaterial, identity: string): KubernetesObject {
  const { chance } = material
  const parentRefs = [randomService(chance), ...(chance.oneIn(6) ? [{ name: 'ka', namespace: 'edge' }] : [])]
  const hostnames = chance.oneIn(8) ? ['a.example'] : undefined
  return routeOf(material, { kind: 'HTTPRoute', identity, parentRefs, hostnames })
}

/** A route for calls of what a ServiceEntry names. */
export function randomEntryRoute(material: RouteMaterial, identity: string): KubernetesObject {
  const parentRefs = [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'ext', namespace: 'n1' }]
  return routeOf(material, { kind: 'HTTPRoute', identity, parentRefs, hostnames: undefined })
}

interface RouteParts {
  readonly kind: RouteKind
  readonly identity: string
  readonly parentRefs: readonly Json[]
  readonly hostnames: readonly string[] | undefined
}

function routeOf(
  material: RouteMaterial,
  { kind, identity, parentRefs, hostnames }: RouteParts,
): KubernetesObject {
  const [namespace = '', name = ''] = identity.split('/')
  const { chance } = material
  const count = chance.oneIn(20) ? 0 : 1 + chance.below(3)
  const rules = Array.from({ length: count }, () => randomRule(material, kind))
  return {
    apiVersion: version,
    kind,
    metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: withoutUndefined({ parentRefs, hostnames, rules: rules.length === 0 ? undefined : rules }),
  }
}

/** One or two Gateways, a listener of one or all of them. */
export function randomParents(chance: Chance, identity: string): readonly Json[] {
  const [own] = identity.split('/')
  return chance
    .some(['ka', 'ka', 'ka', 'kb', 'kb', 'km', 'kc'], chance.oneIn(3) ? 2 : 1)
    .flatMap((name, at, all) => {
      if (all.indexOf(name) < at) return []
      const namespace = name === 'kc' ? 'n1' : 'edge'
      const isLeftOut = namespace === own ? chance.oneIn(2) : chance.oneIn(25)
      return [
        withoutUndefined({
          name: chance.oneIn(40) ? 'nobody' : name,
          namespace: isLeftOut ? undefined : namespace,
          sectionName: chance.oneIn(5) ? chance.of(['l0', 'l1', 'l2']) : undefined,
          port: chance.oneIn(10) ? chance.of([80, 8080]) : undefined,
        }),
      ]
    })
}

function randomService(chance: Chance): Json {
  const [name = '', namespace = ''] = chance.of(['web.n1', 'web.n1', 'db.n2', 'web.n2']).split('.')
  const port = chance.oneIn(4) ? { port: chance.of([80, 8080]) } : {}
  return { group: '', kind: 'Service', name, namespace, ...port }
}

/** The hosts of a route at Gateways; most of them say some. */
export function randomHostnames(chance: Chance): readonly string[] | undefined {
  return chance.of<readonly string[] | undefined>([
    undefined,
    ['a.example'],
    ['a.example'],
    ['*.example'],
    ['a.example', 'b.example'],
    ['*.a.example'],
    ['x.a.example'],
    ['b.example', '*.example'],
  ])
}

/** One rule, most of them under a name of its own. */
export function randomRule(material: RouteMaterial, kind: RouteKind): Json {
  const { chance, fresh } = material
  const name = fresh()
  const matches = chance.oneIn(7) ? undefined : randomMatches(chance, kind)
  const rest = chance.oneIn(9)
    ? randomOddAction(chance, kind, matches)
    : { backendRefs: randomBackends(chance) }
  return withoutUndefined({
    name: chance.oneIn(5) ? undefined : name,
    matches,
    ...rest,
    timeouts: kind === 'HTTPRoute' && chance.oneIn(10) ? { request: chance.of(['3s', '5s']) } : undefined,
  })
}

/** One to three matches. */
export function randomMatches(chance: Chance, kind: RouteKind): readonly Json[] {
  return Array.from({ length: 1 + (chance.oneIn(3) ? chance.below(3) : 0) }, () =>
    kind === 'HTTPRoute' ? randomHttpMatch(chance) : randomGrpcMatch(chance),
  )
}

const texts = ['/', '/a', '/a/', '/a/b', '/ab', '/b', '/b/a', '/A', '/a/b/c', '/c'] as const
const expressions = ['/a.*', '/[ab]', '.*', '/.*', '.+', '/(a|b)/a', '/a/[^/]+', '(?i)/A', '/a?b'] as const

function randomHttpMatch(chance: Chance): Json {
  const rarely = <T>(value: () => T) => (chance.oneIn(7) ? value() : undefined)
  return withoutUndefined({
    path: chance.oneIn(10) ? undefined : randomPath(chance),
    method: rarely(() => chance.of(['GET', 'POST', 'PUT'])),
    headers: rarely(() => randomValues(chance, ['x', 'Y', 'x-long'])),
    queryParams: rarely(() => randomValues(chance, ['q', 'r', 'Q'])),
  })
}

function randomPath(chance: Chance): Json {
  const kind = chance.below(10)
  if (kind < 3) return { type: 'Exact', value: chance.of(texts) }
  if (kind < 8)
    return withoutUndefined({ type: chance.oneIn(6) ? undefined : 'PathPrefix', value: chance.of(texts) })
  return { type: 'RegularExpression', value: chance.of(expressions) }
}

function randomValues(chance: Chance, names: readonly string[]): readonly Json[] {
  return chance.some(names, 2).map((name) => {
    if (chance.oneIn(3))
      return { name, type: 'RegularExpression', value: chance.of(['1.*', '[12]', '.+', '*', '.*']) }
    return withoutUndefined({
      name,
      type: chance.oneIn(2) ? 'Exact' : undefined,
      value: chance.of(['1', '2', '12', 'x', 'A']),
    })
  })
}

/** Services and methods in the words of the paths that are asked. */
function randomGrpcMatch(chance: Chance): Json {
  const service = chance.oneIn(5) ? undefined : chance.of(['a', 'b', 'A'])
  const method = service === undefined || chance.oneIn(2) ? chance.of(['a', 'b', 'c']) : undefined
  const type = chance.oneIn(5) ? 'RegularExpression' : undefined
  return withoutUndefined({
    method: chance.oneIn(8) ? undefined : withoutUndefined({ type, service, method }),
    headers: chance.oneIn(7) ? randomValues(chance, ['x', 'y']) : undefined,
  })
}

/** Where requests go: services of the own namespace or of others, which need a grant, or such as are not there. */
function randomBackends(chance: Chance): readonly Json[] {
  const count = chance.oneIn(5) ? 2 : chance.oneIn(12) ? 0 : 1
  return Array.from({ length: count }, () => {
    const weight = count > 1 || chance.oneIn(12) ? chance.of([0, 1, 30, 70]) : undefined
    return withoutUndefined({
      name: chance.oneIn(14) ? 'nowhere' : chance.of(['web', 'db', 'web']),
      namespace: chance.oneIn(2) ? chance.of(namespaces) : undefined,
      port: chance.of([80, 80, 8080]),
      weight,
      filters: chance.oneIn(40) ? [{ type: 'ExtensionRef', extensionRef: extension }] : undefined,
    })
  })
}

const extension = { group: 'example.com', kind: 'Filter', name: 'f' }

function randomOddAction(chance: Chance, kind: RouteKind, matches: readonly Json[] | undefined): Json {
  const backendRefs = randomBackends(chance)
  const common = [
    { backendRefs, filters: [headers('RequestHeaderModifier', 'requestHeaderModifier')] },
    { backendRefs, filters: [headers('ResponseHeaderModifier', 'responseHeaderModifier')] },
    { backendRefs, filters: [{ type: 'ExtensionRef', extensionRef: extension }] },
  ] as const
  if (kind === 'GRPCRoute') return chance.of(common)
  const replacing = { type: 'ReplacePrefixMatch', replacePrefixMatch: chance.of(['/new', '/', '/new/']) }
  const whole = { type: 'ReplaceFullPath', replaceFullPath: '/all' }
  const path = hasOnePrefix(matches) && chance.oneIn(2) ? replacing : whole
  return chance.of<Json>([
    ...common,
    { filters: [{ type: 'RequestRedirect', requestRedirect: { path, statusCode: chance.of([301, 302]) } }] },
    { filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'b.example' } }] },
    { backendRefs, filters: [{ type: 'URLRewrite', urlRewrite: { path } }] },
    { backendRefs, filters: [{ type: 'URLRewrite', urlRewrite: { path } }] },
  ])
}

function headers(type: string, field: string): Json {
  return { type, [field]: { set: [{ name: 'X-Set', value: '1' }], remove: ['server'] } }
}

/** What may be replaced by prefix: the CRD asks for exactly one match, by prefix. */
function hasOnePrefix(matches: readonly Json[] = []): boolean {
  const [only, ...others] = matches
  const { type } = (only?.['path'] ?? { type: 'PathPrefix' }) as { readonly type?: string }
  return only !== undefined && others.length === 0 && type === 'PathPrefix'
}
