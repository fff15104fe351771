import { conditionOptions } from '../../src/domain/diff/tables/placed-route.ts'
import { unmetered, type Work } from '../../src/domain/language/string-set.ts'
import type {
  HTTPMatchRequest,
  HTTPRoute,
  VirtualService,
} from '../../src/domain/manifest/virtual-service.ts'
import type { Box } from '../../src/domain/match/box.ts'
import { universeOf } from '../../src/domain/match/dimensions.ts'
import type { Request } from '../../src/domain/match/request.ts'
import { failedField } from '../../src/domain/match/request-matches.ts'
import { boxOf } from '../../src/domain/reach/agreed-requests.ts'
import { type Candidate, candidateOf } from '../../src/domain/reach/candidates.ts'
import { defaultIstioSettings } from '../../src/domain/routing/istio-settings.ts'
import type { RouteTable } from '../../src/domain/routing/route-table.ts'
import { type Mesh, takeSnapshot } from '../../src/domain/routing/snapshot.ts'
import { manifests, virtualService } from './meshes.ts'

/** How the Istio of these tests reads matches. */
export const options = { ...conditionOptions(defaultIstioSettings), work: unmetered }

/** Every request, and work without end. */
export const space = { universe: universeOf, work: unmetered }

/** What sets of requests may cost where a test has nothing to say about it. */
export const plenty = (left = 5_000_000): Work => ({ of: 'operation', left })

/** The one mesh of some VirtualServices, worked out. */
export function workedMesh(...virtualServices: readonly VirtualService[]): Mesh {
  const { meshes } = takeSnapshot(manifests(virtualServices), {
    settings: defaultIstioSettings,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(),
  })
  const [mesh] = meshes
  if (mesh === undefined) throw new Error('nothing makes no mesh')
  return mesh
}

/** The table of a host, at whatever gateway it is. */
export function tableOf(mesh: Mesh, host: string): RouteTable {
  const found = mesh.tables.find((table) => table.host === host)
  if (found === undefined) throw new Error(`no table for ${host}`)
  return found
}

/** An entry that answers by a service of this name. */
export function to(host: string, ...match: readonly HTTPMatchRequest[]): HTTPRoute {
  return { ...(match.length > 0 && { match }), route: [{ destination: { host } }] }
}

/** An entry that delegates to a secondary of the namespace `n`. */
export function delegate(name: string, ...match: readonly HTTPMatchRequest[]): HTTPRoute {
  return { ...(match.length > 0 && { match }), delegate: { name } }
}

export const prefix = (text: string): HTTPMatchRequest => ({ uri: { prefix: text } })
export const exact = (text: string): HTTPMatchRequest => ({ uri: { exact: text } })

/** `n/NAME` on `shop.example` at one gateway. */
export function primary(name: string, ...http: readonly HTTPRoute[]): VirtualService {
  return virtualService(`n/${name}`, { hosts: ['shop.example'], gateways: ['gw'], http })
}

export function secondary(name: string, ...http: readonly HTTPRoute[]): VirtualService {
  return virtualService(`n/${name}`, { http })
}

/** The matches as routes of one table, in this order; those that no request can satisfy are left out. */
export function candidates(...matches: readonly HTTPMatchRequest[]): readonly Candidate[] {
  const mesh = workedMesh(primary('p', ...matches.map((match, at) => to(`s${at}`, match))))
  return tableOf(mesh, 'shop.example').routes.flatMap(
    (route, rank) => candidateOf(route, rank, { ...space, ...options }) ?? [],
  )
}

/** All that a match asks for. */
export function boxFor(match: HTTPMatchRequest): Box {
  const box = boxOf(match, options)
  if (box === undefined) throw new Error('no request satisfies this')
  return box
}

/** Whether a request satisfies a match, condition by condition. */
export function satisfies(request: Request, match: HTTPMatchRequest | undefined): boolean {
  return match === undefined || failedField(match, request, options.missingSatisfiesWithout) === undefined
}

/** The service that a route sends its requests to, by its first name. */
export function answerOf(route: { readonly from: { readonly http: HTTPRoute } } | undefined): string {
  const [name = ''] = (route?.from.http.route?.[0]?.destination?.host ?? 'nobody').split('.')
  return name
}
