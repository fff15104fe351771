import type { Doubt } from '../doubt.ts'
import type { HTTPMatchRequest, HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import { allMatchFields } from '../match/fields/match-fields.ts'
import type { Outcome } from './action.ts'
import type { Reading } from './assumed-order.ts'
import type { SurelyServed } from './mesh-services.ts'

/**
 * One entry of a merged VirtualService: an entry of an ordinary VirtualService as it stands, or a primary's entry
 * merged with one entry of the secondary it delegates to.
 */
export interface MergedEntry {
  /** Istio's own JSON, with the whole match list. */
  readonly http: HTTPRoute
  /** The VirtualService that has the hosts: a primary, or an ordinary one. */
  readonly primary: VirtualService
  /** Index in `primary.spec.http`. */
  readonly entry: number
  readonly secondary?: VirtualService
  /** Index in `secondary.spec.http`. */
  readonly secondaryEntry?: number
  /** `ns/name` of a secondary in another repository: its routes are not known here. */
  readonly external?: string
}

/** What Envoy holds: one match of a merged entry (none: every request) and what happens to its requests. */
export interface EffectiveRoute {
  readonly from: MergedEntry
  readonly match?: HTTPMatchRequest
  readonly outcome: Outcome
  /** The clients that meet this route, where others before it keep some; absent where all do. */
  readonly clients?: Clients
  /** Catch-alls of the same VirtualService in front, for some clients or ports only: to those the route is not sent. */
  readonly behind?: readonly HTTPMatchRequest[]
}

/** Clients: those of the namespaces `among` (absent: all), unless one of the audiences has them already. */
export interface Clients {
  readonly among?: readonly string[]
  readonly except: readonly Audience[]
}

/**
 * The clients to which a VirtualService gives a route at all: of certain namespaces (absent: all), and with the port,
 * labels and namespace of one of the matches (absent: whatever they are).
 */
export interface Audience {
  readonly namespaces?: readonly string[]
  readonly sources?: readonly HTTPMatchRequest[]
}

export type DropReason =
  | 'missing'
  | 'has-hosts'
  | 'hidden'
  | 'nested'
  | 'conflict'
  | 'after-catch-all'
  | 'other-gateway'
  | 'other-port'
  | 'other-pods'

/** An entry that contributes nothing, and why. `conflict` names the field that the two matches disagree about. */
export interface DroppedEntry {
  readonly primary: VirtualService
  readonly entry: number
  readonly secondary?: VirtualService
  readonly secondaryEntry?: number
  readonly reason: DropReason
  readonly field?: string
  /** For `conflict`: the secondary's match that no match of the primary's entry is compatible with. */
  readonly match?: HTTPMatchRequest
}

/** What one VirtualService adds to a table. */
export interface Contribution {
  readonly virtualService: VirtualService
  readonly routes: readonly EffectiveRoute[]
  /** The namespaces that it is exported to; absent where that is all of them. */
  readonly visibleTo?: readonly string[]
  /** A wildcard host of the mesh: whoever sees it is served by it, with a route or without. */
  readonly regardless?: true
  /** A host of the mesh that is taken for no service: it exists for those alone to whom a route is sent. */
  readonly ofNoService?: true
  /** How many more special hosts must not exist for a client that comes here. */
  readonly level?: number
  /** Where a gateway reads it. */
  readonly reading?: Reading
  /** A list of the Gateway API in the namespace of whoever reads it: before the public ones of others, whatever its age. */
  readonly isOwn?: true
}

/** The routes that a gateway (or `mesh`, the sidecars) evaluates for one host, in order; the first match wins. */
export interface RouteTable {
  readonly mesh: string
  /** `ns/name`, or `mesh`. */
  readonly gateway: string
  readonly host: string
  /** The listener ports, ascending; absent where any port is possible (the mesh, a Gateway outside the repository). */
  readonly ports?: readonly number[]
  /** The table in the assumed order of its VirtualServices. Empty: the host does not exist for a request. */
  readonly routes: readonly EffectiveRoute[]
  readonly dropped: readonly DroppedEntry[]
  /** By VirtualService, in the assumed order (name, then namespace): creation order is not in Git. */
  readonly contributions: readonly Contribution[]
  /** Every VirtualService with this host here, those that contribute nothing included. */
  readonly bound: readonly VirtualService[]
  /** How the servers on each port take requests in (pods, protocol, TLS), in normal form; nothing where unknown. */
  readonly terms: ReadonlyMap<number, string>
  /** Which requests from sidecars surely come here; absent where all for this host do. */
  readonly surely?: SurelyServed
  /** Why it is not certain that this table is what the proxy sees. */
  readonly doubts: readonly Doubt[]
}

/**
 * Istio `IsCatchAllRoute`: the path is everything, and no header, query or claim is asked for. A method, an authority
 * or a scheme is a header to Envoy.
 */
export function isCatchAll(match: HTTPMatchRequest | undefined): boolean {
  if (match === undefined) return true
  const { uri } = match
  const wholePath =
    uri === undefined ||
    uri.prefix === '/' ||
    uri.regex === '.*' ||
    (uri.exact === undefined && uri.prefix === undefined && uri.regex === undefined)
  return wholePath && askedOfRequests.every((field) => field.wanted(match).length === 0)
}

const askedOfRequests = allMatchFields.flatMap(([, field]) => (field.asks === 'request' ? [field] : []))

/** The VirtualService whose author wrote the route: the secondary, or the VirtualService itself. */
export function supplierOf(route: EffectiveRoute): VirtualService {
  return route.from.secondary ?? route.from.primary
}

/** The entry as written by the supplier; its origin is the place to show. */
export function writtenEntryOf(route: EffectiveRoute): HTTPRoute {
  const { from } = route
  const written =
    from.secondary === undefined
      ? from.primary.spec.http?.[from.entry]
      : from.secondary.spec.http?.[from.secondaryEntry ?? 0]
  return written ?? from.http
}
