import { readFileSync } from 'node:fs'
import { parseAllDocuments, stringify } from 'yaml'
import { readClusterSnapshot } from '../../src/domain/manifest/cluster-snapshot.ts'
import { identityOf } from '../../src/domain/manifest/names.ts'
import { parseManifests } from '../../src/domain/manifest/parse-manifests.ts'
import { defaultIstioSettings, type IstioSettings } from '../../src/domain/routing/istio-settings.ts'
import { servicesIn } from '../../src/domain/routing/mesh-services.ts'
import { settleByCluster } from '../../src/domain/routing/meshes/settle-by-cluster.ts'
import type { EffectiveRoute, RouteTable } from '../../src/domain/routing/route-table.ts'
import { type Mesh, type Snapshot, takeSnapshot } from '../../src/domain/routing/snapshot.ts'
import { expectedDoing, shownDoing } from './gateway-api-filters.ts'

export interface Proxy {
  readonly name: string
  readonly type: 'router' | 'sidecar'
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

interface Asked {
  readonly proxy: string
  readonly port: number
  readonly host: string
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
}

export interface Route {
  readonly match: Readonly<Record<string, unknown>>
  readonly to: unknown
  readonly from: string
}

export interface Case {
  readonly note: string
  readonly ask: {
    readonly proxies: readonly Proxy[]
    readonly mesh?: { readonly defaultVirtualServiceExportTo?: readonly string[] }
  }
  readonly proxies: Readonly<
    Record<
      string,
      Readonly<
        Record<string, readonly { readonly hosts: readonly string[]; readonly routes: readonly Route[] }[]>
      >
    >
  >
  readonly envoy?: readonly (Asked & { readonly outcome: string | number; readonly from?: string })[]
}

const folder = new URL('../domain/gateway-api/cases/', import.meta.url)
const textOf = (name: string) => readFileSync(new URL(name, folder), 'utf8')
/** Every case by its name. */
export const gatewayApiCases = Object.entries(
  JSON.parse(textOf('expected.json')) as Readonly<Record<string, Case>>,
)

function objectsOf(name: string): readonly Record<string, unknown>[] {
  return parseAllDocuments(textOf(name)).flatMap((document) => document.toJS() ?? [])
}

/** When each object was made is what a cluster says. */
function aged(objects: readonly Record<string, unknown>[]): string {
  return stringify({ apiVersion: 'v1', kind: 'List', items: objects }, { aliasDuplicateObjects: false })
}

/** The only side of a case, read as files and a snapshot of the cluster are. */
export function sideOf(
  name: string,
  { ask }: Case,
): { readonly side: Snapshot; readonly settings: IstioSettings } {
  const files = [
    { path: 'base.yaml', text: textOf('base.yaml') },
    { path: `${name}.yaml`, text: textOf(`${name}.yaml`) },
  ]
  const settings: IstioSettings = {
    ...defaultIstioSettings,
    dialect: 'istio',
    gatewayNamespaces: ask.proxies.filter(({ type }) => type === 'router').map(({ namespace }) => namespace),
    ...(ask.mesh?.defaultVirtualServiceExportTo && {
      defaultExportTo: ask.mesh.defaultVirtualServiceExportTo,
    }),
  }
  const written = parseManifests(files, { namespaceOf: () => undefined, version: settings.version })
  const snapshot = readClusterSnapshot(
    { path: 'cluster.yaml', text: aged(objectsOf(`${name}.yaml`)) },
    settings.version,
  )
  const { merged, meshOf } = settleByCluster({
    base: written,
    merged: written,
    meshOf: () => 'default',
    clusters: [{ snapshot, mesh: 'default' }],
  })
  const namespaceOf = () => undefined
  const side = takeSnapshot(merged, {
    settings,
    complete: true,
    meshOf,
    knownGateways: () => new Set(merged.gateways.map(identityOf)),
    services: servicesIn([merged], { clusterDomain: settings.clusterDomain, namespaceOf, meshOf }),
  })
  return { side, settings }
}

/** Its meshes. */
export function meshesOf(
  name: string,
  own: Case,
): { readonly meshes: readonly Mesh[]; readonly settings: IstioSettings } {
  const { side, settings } = sideOf(name, own)
  return { meshes: side.meshes, settings }
}

const managed = 'gateway.networking.k8s.io/gateway-name'

/** The Gateways on the pods of a proxy that have a port, as the tables call them. */
export function gatewaysOn(mesh: Mesh, { type, labels, namespace }: Proxy, port: number): readonly string[] {
  if (type === 'sidecar') return ['mesh']
  return [...mesh.gateways, ...(mesh.gatewayApi?.gateways ?? [])]
    .filter(
      ({ spec: { selector = {}, servers = [] }, pods, ...gateway }) =>
        (pods?.namespace ?? (managed in labels ? gateway.namespace : namespace)) === namespace &&
        servers.some((server) => server.port?.number === port) &&
        Object.entries(selector).every(([key, value]) => labels[key] === value),
    )
    .map(identityOf)
}

/** The tables of one route configuration. */
export function tablesOf(mesh: Mesh, proxy: Proxy, config: string): readonly RouteTable[] {
  const [, number, , name = '', namespace = ''] =
    /^https\.(\d+)\.([^.]+)\.(.+)\.([^.]+)$/.exec(config) ?? /^(?:http\.)?(\d+)$/.exec(config) ?? []
  const names = name === '' ? gatewaysOn(mesh, proxy, Number(number)) : [`${namespace}/${name}`]
  return mesh.tables.filter(
    ({ gateway, ports }) =>
      names.includes(gateway) && (ports === undefined || ports.includes(Number(number))),
  )
}

/** One route as the cases say it; two entries that take a path by segments are one. */
export interface ShownRoute {
  readonly path: string
  readonly asks: string
  readonly to: string
  readonly from: string
  /** What it does besides: headers, mirrors, CORS, timeouts, retries. */
  readonly doing: string
}

/** Routes of a table in their order. */
export function shownRoutes(routes: readonly EffectiveRoute[]): readonly ShownRoute[] {
  const all = routes.map(shownRoute)
  return all.flatMap((each, at) => {
    const [before, next] = [all[at - 1], all[at + 1]]
    if (before && isBelow(each, before)) return []
    return [next && isBelow(next, each) ? { ...each, path: each.path.replace('exact', 'segments') } : each]
  })
}

function isBelow(below: ShownRoute, own: ShownRoute): boolean {
  return (
    own.path.startsWith('exact ') &&
    !own.from.startsWith('VirtualService ') &&
    below.path === `${own.path.replace('exact', 'prefix')}/` &&
    below.from === own.from &&
    below.asks === own.asks
  )
}

function shownRoute({ match = {}, outcome: { action }, from }: EffectiveRoute): ShownRoute {
  const { uri = { prefix: '/' }, method, headers = {}, queryParams = {} } = match
  const [[kind = '', text = ''] = []] = Object.entries(uri)
  const asks = [
    ...(method?.exact === undefined ? [] : [`method ${method.exact}`]),
    ...valuesOf('header', headers),
    ...valuesOf('query', queryParams),
  ]
  return {
    path: `${kind} ${text}`,
    asks: asks.join(', '),
    to: toOf(action),
    from: writtenAs(from),
    doing: shownDoing(from.http),
  }
}

/** The rule of a route, or the VirtualService that has the host. */
export function writtenAs({ primary, secondary, secondaryEntry, http }: EffectiveRoute['from']): string {
  const { madeOf } = secondary ?? {}
  if (madeOf !== undefined && http.name !== undefined)
    return `generated ${identityOf(primary)} route ${http.name}`
  if (madeOf?.kind === 'Ingress') return `generated ${identityOf(primary)}`
  if (madeOf === undefined) return `VirtualService ${identityOf(primary)}`
  return `${madeOf.kind} ${identityOf(madeOf)} rule ${secondaryEntry}`
}

function valuesOf(
  what: string,
  values: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  return Object.entries(values)
    .map(([name, value]) => {
      const [[kind = 'present', text = ''] = []] = Object.entries(value)
      return `${what} ${name.toLowerCase()} ${kind} ${text}`
    })
    .toSorted()
}

function toOf(action: EffectiveRoute['outcome']['action']): string {
  switch (action.kind) {
    case 'route':
      return action.destinations
        .map(({ host, port, weight }) => `${host}${port === undefined ? '' : `:${port}`} ${weight}%`)
        .toSorted()
        .join(', ')
    case 'redirect': {
      const { scheme, authority, port, uri, prefixRewrite, redirectCode } = action
      return JSON.stringify({ scheme, authority, port, path: uri ?? prefixRewrite, redirectCode })
    }
    case 'directResponse':
      return `${action.status}`
    default:
      return action.kind
  }
}

interface Named {
  readonly name: string
  readonly exact?: string
  readonly regex?: string
}

/** The routes that a case expects, in the same form. */
export function expectedRoutes(routes: readonly Route[]): readonly ShownRoute[] {
  return routes.map((route) => {
    const { match, to, from } = route
    const {
      headers = [],
      query = [],
      method,
      ...path
    } = match as {
      readonly headers?: readonly Named[]
      readonly query?: readonly Named[]
      readonly method?: string
    }
    const asks = [
      ...(method === undefined ? [] : [`method ${method}`]),
      ...namedValues('header', headers),
      ...namedValues('query', query),
    ]
    return {
      path: Object.entries(path).flat().join(' '),
      asks: asks.join(', '),
      to: expectedTo(to),
      from,
      doing: expectedDoing(route),
    }
  })
}

function namedValues(what: string, values: readonly Named[]): readonly string[] {
  return values
    .map(({ name, exact, regex }) => {
      const value =
        regex === undefined ? (exact === undefined ? 'present ' : `exact ${exact}`) : `regex ${regex}`
      return `${what} ${name.toLowerCase()} ${value}`
    })
    .toSorted()
}

function expectedTo(to: unknown): string {
  if (to === 'UnknownService') return '500'
  if (typeof to === 'string') return `${to} 100%`
  if (Array.isArray(to)) {
    const all = to as readonly (readonly [string, number])[]
    const total = all.reduce((sum, [, weight]) => sum + weight, 0)
    return all
      .map(([host, weight]) => `${host} ${(weight * 100) / total}%`)
      .toSorted()
      .join(', ')
  }
  const { redirect, status } = to as {
    readonly redirect?: Readonly<Record<string, unknown>>
    readonly status?: number
  }
  if (redirect === undefined) return `${status}`
  const { schemeRedirect, hostRedirect, portRedirect, pathRedirect, prefixRewrite, responseCode } = redirect
  return JSON.stringify({
    scheme: schemeRedirect,
    authority: hostRedirect,
    port: portRedirect,
    path: pathRedirect === '' || pathRedirect === undefined ? prefixRewrite : pathRedirect,
    redirectCode: responseCode === 'FOUND' ? 302 : 301,
  })
}
