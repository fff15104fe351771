import type { Comparison } from '../diff/comparison.ts'
import type { Doubt } from '../doubt.ts'
import type { Finding } from '../rules/rule.ts'
import type { Policy } from './configuration/policy.ts'
import type { People } from './consent/people.ts'
import type { SharedApprovers } from './consent/shared-approvers.ts'
import type { Decision, Requirement } from './decision.ts'
import type { Obstruction } from './obstruction.ts'
import type { Touched } from './touched.ts'

/** What is known of a pull request before anybody asks who agreed. */
interface Known {
  readonly comparison: Comparison
  readonly findings: readonly Finding[]
  readonly policy: Policy
  /** What Git does not say and was taken for granted, behind the changes. */
  readonly assumptions: readonly Doubt[]
  readonly touched: Touched
  readonly draft: boolean
  /** Whether what is wrong on both sides was looked for everywhere; else only where the sides differ. */
  readonly existing: boolean
}

/** Everything that can be said without knowing who agreed: the requirements are all still open. */
export interface Judgement extends Known {
  readonly requirements: readonly Requirement[]
  readonly obstructions: readonly Obstruction[]
}

/** Everything the reports need, and all they get. */
export interface Assessment extends Known {
  readonly decision: Decision
  readonly people: People
  /** Who could settle several of the requirements at once; absent where nobody was looked up. */
  readonly sharedApprovers?: readonly SharedApprovers[]
}
