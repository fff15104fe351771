import type { Requirement } from '../../domain/policy/decision.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import type { Obstruction } from '../../domain/policy/obstruction.ts'

/** What a report announces first, whatever the check's conclusion is made to be by a trial period or an override. */
export type Verdict =
  | { readonly kind: 'overridden'; readonly by: string; readonly reason: string }
  | { readonly kind: 'obstructed'; readonly obstruction: Obstruction }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ok' }

/** The requirements that nobody has satisfied. */
export function openRequirements({ decision }: Assessment): readonly Requirement[] {
  return decision.requirements.filter((requirement) => requirement.satisfiedBy === undefined)
}

/** Whether anybody can be waited for: a command line that names nobody asks nobody. */
function someoneAsks({ decision, people }: Assessment): boolean {
  return people.author !== undefined || decision.conclusion === 'action_required'
}

/** The verdict that the parts of the decision amount to. */
export function verdictOf(assessment: Assessment): Verdict {
  const { decision } = assessment
  if (decision.override !== undefined) return { kind: 'overridden', ...decision.override }
  const [obstruction] = decision.obstructions
  if (obstruction !== undefined) return { kind: 'obstructed', obstruction }
  if (decision.blocking.length > 0 || decision.conclusion === 'failure') return { kind: 'blocked' }
  return openRequirements(assessment).length > 0 && someoneAsks(assessment)
    ? { kind: 'waiting' }
    : { kind: 'ok' }
}
