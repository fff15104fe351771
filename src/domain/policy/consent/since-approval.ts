import type { Reason, Requirement, SinceApproval } from '../decision.ts'
import { isListedFor, unlistedReasons } from '../facts.ts'
import { type Circumstances, checksBefore, latestReviews, voidBecause } from './approval.ts'
import { membershipIn } from './membership.ts'
import type { Shown } from './people.ts'
import { unlistedPart } from './unlisted-part.ts'

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
  const checks = checksBefore(review, people.shown)
  const fresh = unlistedReasons(requirement, checks)
  if (fresh.length === 0) return undefined
  const parts = unlistedParts(requirement, fresh, checks)
  if (fresh.length === because.length && parts.size === 0) return undefined
  return { by: review.by.login, fresh, parts }
}

function unlistedParts(
  requirement: Requirement,
  fresh: readonly Reason[],
  checks: readonly Shown[],
): SinceApproval['parts'] {
  const parts = fresh.flatMap((reason) => {
    const { change } = reason
    if (change === undefined) return []
    const part = unlistedPart(change, (requests) => isListedFor(requirement, reason, requests, checks))
    return part === undefined ? [] : [[change, part] as const]
  })
  return new Map(parts)
}
