import type { RouteChange } from '../../domain/diff/route-change.ts'
import { latestReviews, voidBecause } from '../../domain/policy/consent/approval.ts'
import { membershipIn } from '../../domain/policy/consent/membership.ts'
import type { Review } from '../../domain/policy/consent/people.ts'
import type { Reason, Requirement } from '../../domain/policy/decision.ts'
import { factsOf } from '../../domain/policy/facts.ts'
import type { Assessment } from '../../domain/policy/judgement.ts'
import { openRequirements } from './verdict.ts'

/** An approval that no longer covers everything, and what a check has listed for the first time after it. */
export interface SinceApproval {
  readonly by: string
  readonly fresh: readonly Reason[]
}

function approvalOf({ team }: Requirement, { people, policy }: Assessment): Review | undefined {
  const circumstances = { people, policy, head: { sha: '' } }
  return latestReviews(people.reviews).find(
    (review) =>
      review.state === 'approved' &&
      membershipIn(team, review.by.login, people) === 'member' &&
      voidBecause(review, circumstances) === undefined,
  )
}

/**
 * What is new to a team that has approved: undefined where nobody of it has, where nothing is new, and where everything
 * is, so that nothing is left of what was agreed.
 */
export function sinceApproval(requirement: Requirement, assessment: Assessment): SinceApproval | undefined {
  const { shown } = assessment.people
  const review = shown && approvalOf(requirement, assessment)
  if (review === undefined || requirement.satisfiedBy !== undefined) return undefined
  const before = shown?.filter(({ at }) => Date.parse(at) <= Date.parse(review.at)) ?? []
  const facts = factsOf(requirement)
  const isKnown = (fact: string): boolean => before.some((each) => each.covers(fact))
  const fresh = requirement.because.filter((_, index) => !isKnown(facts[index] ?? ''))
  if (fresh.length === 0 || fresh.length === requirement.because.length) return undefined
  return { by: review.by.login, fresh }
}

/** Who approved before a change was listed, for each change that a team has not seen when it approved. */
export function freshChanges(assessment: Assessment): ReadonlyMap<RouteChange, string> {
  const fresh = openRequirements(assessment).flatMap((requirement) => {
    const since = sinceApproval(requirement, assessment)
    return (since?.fresh ?? []).flatMap(({ change }) =>
      change === undefined || since === undefined ? [] : [[change, since.by] as const],
    )
  })
  return new Map(fresh)
}
