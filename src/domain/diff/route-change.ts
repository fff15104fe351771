import type { Doubt } from '../doubt.ts'
import type { Request } from '../match/request.ts'
import type { RequestSet } from '../match/request-set.ts'
import type { Team } from '../ownership/team.ts'
import type { EffectiveRoute } from '../routing/route-table.ts'
import type { ConnectionsOf } from './hosts/met-host.ts'
import type { OnConnections } from './hosts/on-connections.ts'
import type { RefusedSides } from './tables/table-difference.ts'
import type { UnansweredSides } from './unanswered.ts'

export type ChangeKind =
  | 'dropped'
  | 'opened'
  | 'reclaimed'
  | 'moved'
  | 'reassigned'
  | 'inherited'
  | 'changed'
  /** Refused after the merge, and not before; the other way round. */
  | 'denied'
  | 'admitted'

/** A set of requests of one host whose outcome differs between the base and the merged side, the same way for all. */
export interface RouteChange {
  readonly mesh: string
  readonly gateway: string
  readonly host: string
  readonly ports?: readonly number[]
  readonly requests: RequestSet
  readonly kind: ChangeKind
  /** Supplied, before or after, by somebody who does not hold the scope, in a way that this change makes or alters. */
  readonly spill: boolean
  /** The teams that must agree. */
  readonly touched: readonly Team[]
  /** The teams that are only told. */
  readonly told: readonly Team[]
  /** The teams to whom the requests' prefix was delegated. */
  readonly scope: readonly Team[]
  /** Absent: no route answers, and `unanswered` says what the requests get. */
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  /** For each side on which no route answers. */
  readonly unanswered: UnansweredSides
  /** By which policies, on the side that refuses the requests with 403. */
  readonly refused?: RefusedSides
  /** Treated differently on the two sides; absent only if the change is not certain. */
  readonly witness?: Request
  /** Whether there is no doubt about it. */
  readonly certain: boolean
  /** Why it is not certain. */
  readonly doubts: readonly Doubt[]
  /** It was too much to work out: some of the requests may end so. */
  readonly undecided?: true
  /** The connections on which it is so; absent where they are opened for the host itself, or without TLS. */
  readonly connections?: ConnectionsOf
  /** Connections of other names on which it is so, too, for these requests. */
  readonly alsoOn?: readonly OnConnections[]
}
