import { canonicalJson } from '../manifest/json.ts'
import type { RequestSet } from '../match/request-set.ts'
import type { Finding } from '../rules/rule.ts'
import type { Shown } from './consent/people.ts'
import type { Reason, Requirement } from './decision.ts'
import { factsBefore } from './facts-before.ts'
import { keysOfRequests } from './questions/question-traffic.ts'

/**
 * Everything that somebody must have seen before agreeing to a requirement, one text per reason; equal only for the
 * same team, code and values, whatever the words. A check that lists the requirement should keep these (or a cryptographic
 * digest of each), so that later evaluations know what an older approval covered. Long, and built from hostile names.
 */
export function factsOf(requirement: Requirement): readonly string[] {
  return requirement.because.map((reason) => factOf(requirement, reason))
}

function factOf({ team }: Requirement, { code, values }: Reason): string {
  return canonicalJson(['requirement', team.key, code, values])
}

/** The reasons that none of these checks had listed, as this version or the one before keeps them. */
export function unlistedReasons(requirement: Requirement, checks: readonly Shown[]): readonly Reason[] {
  const isListed = (fact: string) => checks.some((shown) => shown.covers(fact))
  const unlisted = requirement.because.filter((reason) => !isListed(factOf(requirement, reason)))
  if (unlisted.length === 0) return []
  const before = factsBefore(requirement)
  return unlisted.filter((reason) => !before(reason).some(isListed))
}

/** Whether any of these checks had listed a reason about other requests than it is about now. */
export function isListedFor(
  requirement: Requirement,
  reason: Reason,
  requests: RequestSet,
  checks: readonly Shown[],
): boolean {
  const values = { ...reason.values, requests: keysOfRequests(requests) }
  const fact = factOf(requirement, { ...reason, values })
  return checks.some((shown) => shown.covers(fact))
}

/** The same for a finding that blocks: an override covers only those that the check had listed by then. */
export function factOfFinding({ rule, mesh, resource, fingerprint }: Finding): string {
  return JSON.stringify(['finding', rule, mesh, resource, fingerprint])
}
