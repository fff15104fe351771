import type { RouteChange } from '../diff/route-change.ts'
import type { Team } from '../ownership/team.ts'
import type { Requirement } from '../policy/decision.ts'
import type { Finding } from '../rules/rule.ts'
import type { Candidate } from './candidate.ts'

/** An edit of the merged side that was tried out, and what is left then of what is proposed. */
export interface WayOut extends Candidate {
  /** The blocking findings that are gone then. */
  readonly resolves: readonly Finding[]
  /** The teams that nobody has to ask any more; none unless then no team is affected whose resources are not edited. */
  readonly leavesOut: readonly Team[]
  /** How requests are treated differently then, compared with the base side. */
  readonly changes: readonly RouteChange[]
  /** `ns/name` of the VirtualServices and Gateways that are still edited then. */
  readonly remaining: readonly string[]
  /** Whoever must agree then. */
  readonly requirements: readonly Requirement[]
  /** The teams that are affected then although nothing of theirs is edited. */
  readonly others: readonly Team[]
  /** How many findings are new then that are no mere notes. */
  readonly warnings: number
  /** Every request whose path starts with what the edit writes is answered by what it is written in. */
  readonly takesAll?: true
}
