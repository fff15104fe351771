import type { Requirement, SinceApproval } from '../decision.ts'
import { unlistedReasons } from '../facts.ts'
import { type Circumstances, checksBefore, latestReviews, voidBecause } from './approval.ts'
import { membershipIn } from './membership.ts'

/**
 * What is new to a team that has approved: undefined where nobody of it has, where nothing is new, and where everything
 * is, so that nothing is left of what was agreed.
 */
export function sinceApproval(
  requirement: Requirement,
  { people, policy }: Pick<Circumstances, 'people' | 'policy'>,
): SinceApproval | undefined {
  const { team, because } = requirement
  if (people.shown === undefined) return undefined
  const review = latestReviews(people.reviews).find(
    (each) =>
      each.state === 'approved' &&
      membershipIn(team, each.by.login, people) === 'member' &&
      voidBecause(each, { people, policy }) === undefined,
  )
  if (review === undefined) return undefined
  const fresh = unlistedReasons(requirement, checksBefore(review, people.shown))
  if (fresh.length === 0 || fresh.length === because.length) return undefined
  return { by: review.by.login, fresh }
}
