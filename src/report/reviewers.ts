import { openRequirements } from './verdict.ts'
import type { View } from './view.ts'

/**
 * Whom to ask for a review: the owners of every team that has not agreed. Nobody on a
 * draft, in a trial period, or where nobody is named as the author.
 */
export function reviewersOf({ assessment }: View): readonly string[] {
  if (assessment.people.author === undefined || assessment.draft || assessment.policy.mode === 'observe')
    return []
  const author = assessment.people.author.login.toLowerCase()
  const open = openRequirements(assessment).filter(({ obstacle }) => obstacle === undefined)
  const owners = open.flatMap(({ team }) => team.owners).filter((owner) => owner.startsWith('@'))
  const distinct = new Map(owners.map((owner) => [owner.toLowerCase(), owner]))
  return [...distinct].filter(([key]) => key !== `@${author}`).map(([, owner]) => owner)
}
