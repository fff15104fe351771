import type { Refusal } from '../../access/refusal.ts'
import type { Doubt } from '../../doubt.ts'
import type { Work } from '../../language/string-set.ts'
import type { Space } from '../../match/box.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import type { RequestSet } from '../../match/request-set.ts'
import type { EffectiveRoute, RouteTable } from '../../routing/route-table.ts'
import type { ScopeEntry } from '../scope.ts'
import type { Taken } from './first-match.ts'

/** One side of the comparison of a host: its table, if the host exists there, and what its primaries promise. */
export interface TableSide {
  readonly table: RouteTable | undefined
  readonly scope: readonly ScopeEntry[]
}

/** For the side whose policies refuse some requests with 403: by which policies, and why. */
export interface RefusedSides {
  readonly before?: Pick<Refusal, 'reason' | 'by'>
  readonly after?: Pick<Refusal, 'reason' | 'by'>
}

/** Requests of one host that both sides treat differently, all alike, and whose prefix it was. */
export interface TableDifference {
  readonly requests: RequestSet
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  /** Absent where it could not be worked out. */
  readonly taken?: Taken
  readonly scope: readonly ScopeEntry[]
  /** Whom the base side promised them, but for those who still have a catch-all around them. */
  readonly formerly: readonly ScopeEntry[]
  /** Why it is not certain, as in some order of creation only; none where it is. */
  readonly doubts: readonly Doubt[]
  /** The side that refuses them before any route is asked, and why; absent where neither does, or where both do. */
  readonly refused?: RefusedSides
  /** It could not be worked out: some of the requests may end so, and any promise here may be concerned. */
  readonly undecided?: true
}

export interface TableContext extends Space {
  readonly gateway: string
  readonly options: ConditionOptions
  /** What it may cost to find whom requests touch that could not be compared. */
  readonly narrowing: Work
  /** The servers take requests in on other terms: every request that has a route may end differently. */
  readonly newTerms: boolean
}
