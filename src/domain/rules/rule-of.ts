import { rules } from './index.ts'
import type { Rule } from './rule.ts'

/** A rule of the catalogue, by its slug. */
export function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id)
  if (rule === undefined) throw new Error(`The catalogue lacks the rule ${id}`)
  return rule
}
