import { canonicalJson } from '../../manifest/json.ts'
import type { Requirement } from '../decision.ts'
import { unlistedReasons } from '../facts.ts'
import type { Circumstances } from './approval.ts'
import { latestReviews, uncoveredBecause, voidBecause } from './approval.ts'
import { dismissedObjections } from './dismissed-objections.ts'
import { isBot, membershipIn, permitsFor, sameLogin, unresolvableOwners } from './membership.ts'
import type { Obstacle } from './obstacle.ts'
import type { People, Person, Pusher, Review, Shown } from './people.ts'
import { sinceApproval } from './since-approval.ts'

/** What speaks for or against one requirement: somebody's word, or the reasons why there is none. */
type Voice =
  | { readonly kind: 'given'; readonly by: string }
  | { readonly kind: 'missing'; readonly because: readonly Obstacle[] }

/**
 * The requirement with the consent that settles it, or with what stands in the way. Consent is the team's if the
 * author and everybody who pushed a change of meaning are in it, or if a member approved; a request for changes by a member withdraws
 * it. The order of reviews and owners does not matter; what is not known never counts as a yes.
 */
export function settle(open: Requirement, circumstances: Circumstances): Requirement {
  const { people } = circumstances
  if (people.author === undefined) return open
  const dismissed = dismissedObjections(open, circumstances)
  const requirement = dismissed.length === 0 ? open : { ...open, dismissed }
  const objections = objectionsTo(requirement, circumstances)
  const authorship = authorshipOf(requirement, people.author, circumstances)
  const approvals = approvalsOf(requirement, circumstances)
  const voice = weigh(requirement, authorship, approvals)
  if (objections.length === 0 && voice.kind === 'given') {
    const how = authorship.kind === 'given' ? 'author' : 'approval'
    return { ...requirement, satisfiedBy: { team: requirement.team, by: voice.by, how } }
  }
  const obstacles = distinct([...objections, ...(voice.kind === 'missing' ? voice.because : [])])
  const since = sinceApproval(requirement, circumstances)
  return { ...requirement, ...(obstacles.length > 0 && { obstacles }), ...(since && { since }) }
}

function distinct(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  return [...new Map(obstacles.map((each) => [canonicalJson(each), each])).values()]
}

function weigh(requirement: Requirement, authorship: Voice, approvals: readonly Voice[]): Voice {
  const given = [authorship, ...approvals].flatMap((voice) => (voice.kind === 'given' ? [voice.by] : []))
  const missing = [authorship, ...approvals].flatMap((voice) =>
    voice.kind === 'missing' ? voice.because : [],
  )
  if (requirement.ownersOnly && authorship.kind === 'missing') {
    return { kind: 'missing', because: [{ kind: 'owners-only' }, ...authorship.because] }
  }
  const needed = requirement.standsInFor === undefined ? 1 : 2
  if (given.length >= needed) return { kind: 'given', by: given.slice(0, needed).join(', ') }
  const second: readonly Obstacle[] = needed === 2 ? [{ kind: 'two-voices', given }] : []
  return { kind: 'missing', because: [...second, ...missing] }
}

/** Requests for changes by owners; where an owner cannot be resolved, anybody with write access may be that owner. */
export function objectionsTo(
  requirement: Requirement,
  { people, policy }: Pick<Circumstances, 'people' | 'policy'>,
): readonly Obstacle[] {
  const teams = [requirement.team, ...(requirement.standsInFor ?? [])]
  return latestReviews(people.reviews).flatMap((review): readonly Obstacle[] => {
    if (review.state !== 'changes-requested' || isBot(review.by, policy)) return []
    const answers = teams.map((team) => membershipIn(team, review.by.login, people))
    if (answers.includes('member')) return [{ kind: 'objection', by: review.by.login }]
    if (!review.mayWrite || !answers.includes('unresolvable')) return []
    return [{ kind: 'objection-perhaps', by: review.by.login }]
  })
}

function authorshipOf(requirement: Requirement, author: Person, circumstances: Circumstances): Voice {
  const { people } = circumstances
  const authors = whySilent(requirement, author, circumstances)
  if (authors !== undefined) return { kind: 'missing', because: unresolved(requirement, [author], people) }
  if (people.pushers === 'unknown') return { kind: 'missing', because: [{ kind: 'pushers-unknown' }] }
  const pushers = withLast(people.pushers, people.lastPusher)
  const strangers = pushers.filter(
    (pusher) => pusher.changed !== 'nothing' && whySilent(requirement, pusher, circumstances) !== undefined,
  )
  if (strangers.length === 0) return { kind: 'given', by: author.login }
  const by = [...new Set(strangers.map((each) => each.login))].sort()
  return {
    kind: 'missing',
    because: [{ kind: 'pushed-by-others', by }, ...unresolved(requirement, strangers, people)],
  }
}

function withLast(pushers: readonly Pusher[], lastPusher: string | undefined): readonly Pusher[] {
  if (lastPusher === undefined || pushers.some((each) => sameLogin(each.login, lastPusher))) return pushers
  return [...pushers, { login: lastPusher, bot: false }]
}

/** Undefined if the person speaks for the team by what they write; else why not. */
function whySilent(
  requirement: Requirement,
  person: Person,
  { people, policy }: Circumstances,
): string | undefined {
  if (!isBot(person, policy)) {
    const answer = membershipIn(requirement.team, person.login, people)
    return answer === 'member' ? undefined : answer
  }
  const may = permitsFor(requirement.team, person, policy).flatMap((permit) => permit.may)
  return requirement.needs?.every((each) => may.includes(each)) ? undefined : 'no-member'
}

function unresolved(
  requirement: Requirement,
  persons: readonly Person[],
  people: People,
): readonly Obstacle[] {
  const logins = persons.map((person) => person.login)
  const { membersFile: file } = people
  return unresolvableOwners(requirement.team, logins, people).map((owner) => ({
    kind: 'unresolvable-owner',
    owner,
    ...(file !== undefined && { file }),
  }))
}

/** One voice for each approval by somebody who may be an owner. Approvals by others say nothing here. */
function approvalsOf(requirement: Requirement, circumstances: Circumstances): readonly Voice[] {
  const approved = latestReviews(circumstances.people.reviews).filter((review) => review.state === 'approved')
  return approved.flatMap((review) => approvalOf(requirement, review, circumstances))
}

function approvalOf(
  requirement: Requirement,
  review: Review,
  circumstances: Circumstances,
): readonly Voice[] {
  const { people } = circumstances
  const answer = membershipIn(requirement.team, review.by.login, people)
  if (answer === 'no-member') return []
  if (answer === 'unresolvable') {
    return [{ kind: 'missing', because: unresolved(requirement, [review.by], people) }]
  }
  const isListedBy = (check: Shown) => unlistedReasons(requirement, [check]).length === 0
  const without = voidBecause(review, circumstances) ?? uncoveredBecause(review, isListedBy, circumstances)
  const by = review.by.login
  return [
    without === undefined ? { kind: 'given', by } : { kind: 'missing', because: [{ kind: without, by }] },
  ]
}
