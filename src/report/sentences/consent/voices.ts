import type { Requirement } from '../../../domain/policy/decision.ts'

/** How many approving reviews are still missing: two people must speak where they stand in for others. */
export function missingVoices(requirement: Requirement): number {
  return requirement.standsInFor === undefined ? 1 : 2 - voicesGiven(requirement).length
}

/** Who has agreed already where one more must. */
export function voicesGiven({ obstacles = [] }: Requirement): readonly string[] {
  return obstacles.flatMap((each) => (each.kind === 'two-voices' ? each.given : []))
}
