import type { Team } from '../../ownership/team.ts'
import type { Finding } from '../../rules/rule.ts'
import type { Decision, Requirement } from '../decision.ts'
import { factOfFinding, unlistedReasons } from '../facts.ts'
import { type Circumstances, latestReviews, uncoveredBecause, voidBecause } from './approval.ts'
import { membershipIn, sameLogin } from './membership.ts'
import type { Review, Shown } from './people.ts'

/** What an override would set aside. */
export interface Verdict {
  readonly unmet: readonly Requirement[]
  readonly blocking: readonly Finding[]
  /** The administrators of each primary concerned: one of each must speak. */
  readonly administrators: readonly Team[]
}

const unconditional = new Set(['merge-conflict', 'incomplete-analysis', 'invalid-configuration'])

/** The reason in the line `/firebreak override REASON` of a review, if it has one. */
export function overrideReason(body: string): string | undefined {
  const found = /^\/firebreak[ \t]+override[ \t]+(\S[^\r\n]*)/m.exec(body)
  return found?.[1]?.trimEnd()
}

/**
 * The override of a verdict, if the configuration allows one and it is complete: for each primary concerned an
 * administrator who neither wrote nor pushed anything has approved this very commit with a reason in their own words,
 * after a check had listed all that is set aside. Where pushers are not known nobody can say so of anybody.
 */
export function findOverride(verdict: Verdict, circumstances: Circumstances): Decision['override'] {
  const { policy, people } = circumstances
  if (!policy.override || people.author === undefined || people.pushers === 'unknown') return undefined
  if (verdict.blocking.some((finding) => unconditional.has(finding.rule))) return undefined
  const candidates = latestReviews(people.reviews).filter((review) => counts(review, verdict, circumstances))
  const chosen = verdict.administrators.map((team) =>
    candidates.find((review) => membershipIn(team, review.by.login, people) === 'member'),
  )
  const given = chosen.filter((review) => review !== undefined)
  const [first] = given
  if (first === undefined || given.length < chosen.length) return undefined
  return {
    by: distinct(given.map((review) => review.by.login)).join(', '),
    at: given.map((review) => review.at).reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a)),
    reason: distinct(given.map((review) => overrideReason(review.body) ?? '')).join('; '),
  }
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

function counts(review: Review, verdict: Verdict, circumstances: Circumstances): boolean {
  const { people, head } = circumstances
  const { login } = review.by
  const pushed = people.pushers === 'unknown' || people.pushers.some((each) => sameLogin(each.login, login))
  return (
    review.state === 'approved' &&
    review.commit === head.sha &&
    overrideReason(review.body) !== undefined &&
    (review.editedBy === undefined || sameLogin(review.editedBy, login)) &&
    !pushed &&
    voidBecause(review, circumstances) === undefined &&
    uncoveredBecause(review, (check) => lists(check, verdict), circumstances) === undefined
  )
}

/** Whether a check had listed all that is set aside. */
function lists(check: Shown, { unmet, blocking }: Verdict): boolean {
  return (
    unmet.every((requirement) => unlistedReasons(requirement, [check]).length === 0) &&
    blocking.every((finding) => check.covers(factOfFinding(finding)))
  )
}
