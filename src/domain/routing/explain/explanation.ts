import type { Refusal } from '../../access/refusal.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { DroppedEntry, EffectiveRoute } from '../route-table.ts'

/** A route, or an entry that Istio dropped, that does not serve the request, and why. */
export interface Skipped {
  readonly range?: SourceRange
  /** The entry itself, where Istio dropped it. */
  readonly because: string | DroppedEntry
  /** The route that takes the request all the same, should another tool fill its values in so. */
  readonly perhaps?: EffectiveRoute
  /** It is another copy of what answers: which of them a cluster has is not in Git. */
  readonly copy?: true
}

/**
 * What decides which of several answers is given: which VirtualService was created first, what another tool fills in, whether the host is
 * a service, or which of two servers is older, so that Istio drops the other for a host that both have.
 */
export type Contested = 'creation-order' | 'filled-in' | 'perhaps-service' | 'server-order'

/**
 * Who serves a request at one gateway, and why the earlier routes do not. `contested`: VirtualServices whose order Git
 * does not know give different answers in different orders. `service`: no VirtualService has any route for a client in the
 * mesh, and the service answers by its own default route; where one has, what it does not match is `no-route`, 404. `denied`: policies
 * refuse it with 403, before any route is asked.
 */
export interface Explanation {
  readonly mesh: string
  readonly gateway: string
  readonly host?: string
  readonly outcome: 'route' | 'no-route' | 'service' | 'no-host' | 'contested' | 'denied'
  /** For `route`. */
  readonly route?: EffectiveRoute
  /** For `contested`: every answer that some order gives. */
  readonly possible?: readonly (EffectiveRoute | 'no-route')[]
  /** For `contested`: what nobody knows here. */
  readonly contestedBy?: Contested
  /** Another copy of what answers may live in its place, and is not alike. */
  readonly otherCopies?: true
  /** The policies that refuse it, or perhaps do. */
  readonly refusal?: Refusal
  readonly skipped: readonly Skipped[]
}
