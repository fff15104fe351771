import type { Effect } from '../../rules/rule.ts'
import type { Policy } from './policy.ts'

/** What the policy must know of a rule. */
export interface KnownRule {
  readonly id: string
  readonly effect: Effect
  readonly configurable: boolean
}

/** What a finding of this rule leads to here: as configured, else the rule's own effect. */
export function effectOf(rule: KnownRule, policy: Policy): Effect {
  const configured = Object.hasOwn(policy.rules, rule.id) ? policy.rules[rule.id] : undefined
  return rule.configurable ? (configured ?? rule.effect) : rule.effect
}
