import type { ChangeKind, RouteChange } from '../diff/route-change.ts'
import type { JsonObject } from '../manifest/json.ts'
import type { RequestSet } from '../match/request-set.ts'
import type { Team } from '../ownership/team.ts'
import type { Finding } from '../rules/rule.ts'
import type { SourceRange } from '../source/source-file.ts'
import type { Sentence } from '../words/sentence.ts'
import type { Permission } from './configuration/policy.ts'
import type { DismissedObjection } from './consent/dismissed-objections.ts'
import type { Obstacle } from './consent/obstacle.ts'
import type { Consent } from './consent/people.ts'
import type { Obstruction } from './obstruction.ts'

export type Conclusion = 'success' | 'action_required' | 'failure'

/** What tells the reasons of each question apart; part of the `firebreak/1` contract. */
export interface ReasonCodes {
  readonly resource: `resource-${'added' | 'removed' | 'moved-out' | 'moved-in' | 'changed'}`
  readonly identity:
    | 'name-taken'
    | 'namespace-entered'
    | 'host-claimed'
    | 'service-claimed'
    | 'gateway-host-claimed'
    | 'filled-in'
    | 'beside-meshes'
    | 'perhaps-one-cluster'
  readonly traffic: `traffic-${ChangeKind}`
  readonly judge:
    | 'judge-changed'
    | 'judge-replaced'
    | 'snapshot-changed'
    | 'route-tests-changed'
    | 'meshes-redivided'
    | 'mesh-renamed'
    | 'new-cluster'
    | 'meshes-restated'
    | 'clusters-not-compared'
  /** With the rule that asks. */
  readonly rule: `rule-${string}`
}

type ReasonCode = ReasonCodes[keyof ReasonCodes]

/** Why a team must agree: one of the four questions, or a rule that asks for approval. */
export interface Reason extends Sentence {
  readonly kind: keyof ReasonCodes
  readonly code: ReasonCode
  /** All that somebody agrees to who agrees to this, in normal form; equal only for the same thing. */
  readonly values: JsonObject
  readonly change?: RouteChange
  readonly finding?: Finding
  readonly range?: SourceRange
  /** The file concerned, where there is no place in it to show. */
  readonly path?: string
  /** Nothing but labels and annotations that decide nothing is written otherwise. */
  readonly metadataOnly?: true
}

/** An approval that no longer covers everything, and what a check has listed for the first time after it. */
export interface SinceApproval {
  readonly by: string
  readonly fresh: readonly Reason[]
  /** Of a change whose other requests had been listed: those that had not. */
  readonly parts: ReadonlyMap<RouteChange, RequestSet>
}

export interface Requirement {
  readonly team: Team
  readonly because: readonly Reason[]
  /** Strict consent: only members of the team may make this change, and nobody's approval stands in for that. */
  readonly ownersOnly?: true
  /** The teams that are told instead of asked, since the team (the administrators) speaks for them with two voices. */
  readonly standsInFor?: readonly Team[]
  /** Where permissions cover everything that is asked for here: those. */
  readonly needs?: readonly Permission[]
  readonly satisfiedBy?: Consent
  /** Why it is not satisfied as things stand; absent where nobody has said anything that could satisfy it. */
  readonly obstacles?: readonly Obstacle[]
  /** What is new to a team that has approved some of it. */
  readonly since?: SinceApproval
  /** Requests for changes by owners that somebody dismissed: they count no more, and are told. */
  readonly dismissed?: readonly DismissedObjection[]
}

export interface Decision {
  readonly conclusion: Conclusion
  readonly requirements: readonly Requirement[]
  /** The introduced findings that block, worst first. */
  readonly blocking: readonly Finding[]
  readonly obstructions: readonly Obstruction[]
  readonly override?: { readonly by: string; readonly at: string; readonly reason: string }
}
