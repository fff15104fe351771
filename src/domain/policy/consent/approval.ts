import { compareTexts } from '../../source/compare-texts.ts'
import type { Policy } from '../configuration/policy.ts'
import { isBot, sameLogin } from './membership.ts'
import type { VoidReason } from './obstacle.ts'
import type { People, Person, Review, Shown } from './people.ts'

/** Who judges whom: the people, the commit that is judged, and the rules of the repository. */
export interface Circumstances {
  readonly people: People
  readonly head: { readonly sha: string }
  readonly policy: Policy
}

const worstFirst: readonly Review['state'][] = ['changes-requested', 'dismissed', 'approved']

function isNewer(a: Review, b: Review): boolean {
  const difference = Date.parse(a.at) - Date.parse(b.at)
  if (difference !== 0) return difference > 0
  const rank = worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state)
  return rank === 0 ? compareTexts(restOf(a), restOf(b)) < 0 : rank < 0
}

/** Without write access comes first. */
function restOf({ mayWrite, commit, body }: Review): string {
  return JSON.stringify([mayWrite, commit, body])
}

/** The last word of each reviewer, by login; of two at the same time the worse. Their order does not matter. */
export function latestReviews(reviews: readonly Review[]): readonly Review[] {
  const latest = new Map<string, Review>()
  for (const review of reviews) {
    const login = review.by.login.toLowerCase()
    const known = latest.get(login)
    if (known === undefined || isNewer(review, known)) latest.set(login, review)
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, review]) => review)
}

/**
 * Why an approval counts for nobody, whoever gave it; undefined if it does. The reviewer must be able to merge (write
 * access), be a person, and be neither the author nor whoever pushed last (GitHub's `require_last_push_approval`).
 */
export function voidBecause(
  review: Review,
  { people, policy }: Pick<Circumstances, 'people' | 'policy'>,
): VoidReason | undefined {
  const barred = barredBecause(review.by, { people, policy })
  if (barred !== undefined) return barred
  if (!review.mayWrite) return 'no-write-access'
  return isAfterRetarget(review, people) ? undefined : 'before-retarget'
}

/** Why nobody can count on the approval of a person here, whoever they speak for; undefined if one would count. */
export function barredBecause(
  person: Person,
  { people, policy }: Pick<Circumstances, 'people' | 'policy'>,
): VoidReason | undefined {
  const { login } = person
  if (isBot(person, policy)) return 'is-bot'
  if (people.author !== undefined && sameLogin(login, people.author.login)) return 'is-author'
  return pushedLast(login, people) ? 'pushed-last' : undefined
}

/** Where it is not known who of the pushers was the last, each of them may be. */
function pushedLast(login: string, { lastPusher, pushers }: People): boolean {
  if (lastPusher !== undefined) return sameLogin(login, lastPusher)
  return pushers !== 'unknown' && pushers.some((pusher) => sameLogin(login, pusher.login))
}

function isAfterRetarget(review: Review, { retargetedAt }: People): boolean {
  return retargetedAt === undefined || Date.parse(review.at) > Date.parse(retargetedAt)
}

/**
 * Why a review does not cover what is listed now; undefined if it does. On the head commit it covers what a check had
 * listed before it (everything, where that is not kept). On an older commit it never counts, unless `stale: keep`
 * and a check before it had listed all of this.
 */
export function uncoveredBecause(
  review: Review,
  isListedBy: (check: Shown) => boolean,
  { people, head, policy }: Circumstances,
): VoidReason | undefined {
  const isCurrent = review.commit === head.sha
  if (!isCurrent && policy.approvals.stale === 'dismiss') return 'older-commit'
  if (people.shown === undefined) return isCurrent ? undefined : 'older-commit-unknown'
  return checksBefore(review, people.shown).some(isListedBy) ? undefined : 'before-listed'
}

/** The checks that had been finished when somebody gave a review. */
export function checksBefore({ at }: Review, shown: readonly Shown[]): readonly Shown[] {
  return shown.filter((check) => Date.parse(check.at) <= Date.parse(at))
}
