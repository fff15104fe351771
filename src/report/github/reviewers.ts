import type { Obstacle } from '../../domain/policy/consent/obstacle.ts'
import { openRequirements } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'

/** Owners of teams that have said something about it already: GitHub asked them once, and nobody asks them again by itself. */
export function heardOwners({ assessment }: View): readonly string[] {
  return openRequirements(assessment)
    .filter(({ since, obstacles = [] }) => since !== undefined || obstacles.some(isOfReview))
    .flatMap(({ team }) => team.owners)
}

function isOfReview({ kind }: Obstacle): boolean {
  return (
    kind === 'objection' || kind === 'older-commit' || kind === 'before-listed' || kind === 'before-retarget'
  )
}

/**
 * Whom to ask for a review: the owners of every team that has not agreed. Nobody on a
 * draft, in a trial period, or where nobody is named as the author.
 */
export function reviewersOf({ assessment }: View): readonly string[] {
  const { people, draft, policy } = assessment
  const { author } = people
  if (author === undefined || draft || policy.mode === 'observe') return []
  const canBeAsked = (owner: string): boolean =>
    owner.startsWith('@') && people.membership(owner, author.login) !== 'unresolvable'
  const owners = openRequirements(assessment)
    .flatMap(({ team }) => team.owners)
    .filter(canBeAsked)
  const distinct = new Map(owners.map((owner) => [owner.toLowerCase(), owner]))
  return [...distinct].filter(([key]) => key !== `@${author.login.toLowerCase()}`).map(([, owner]) => owner)
}
