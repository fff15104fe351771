import type { Touched } from './assessment.ts'
import type { Comparison } from './diff/comparison.ts'
import type { Obstruction, Requirement } from './policy/decision.ts'
import type { Policy } from './policy/policy.ts'
import type { Finding } from './rules/rule.ts'

/** Everything that can be said without knowing who agreed: the requirements are all still open. */
export interface Judgement {
  readonly comparison: Comparison
  readonly findings: readonly Finding[]
  readonly requirements: readonly Requirement[]
  readonly obstructions: readonly Obstruction[]
  readonly policy: Policy
  readonly assumptions: readonly string[]
  readonly touched: Touched
  readonly draft: boolean
}
