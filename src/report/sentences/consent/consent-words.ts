import { budgets } from '../../../domain/budgets.ts'
import { withoutSign } from '../../../domain/ownership/owner-syntax.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import type { Requirement } from '../../../domain/policy/decision.ts'
import { joined, listed, type Phrase, plainOf, quoted, say, words } from '../../../domain/words/phrase.ts'
import { wholeOf } from '../../../domain/words/sentence.ts'
import { openRequirements } from '../verdict.ts'
import type { View } from '../view.ts'
import { isBarring } from './barring-obstacle.ts'
import { obstacleWords } from './obstacle-words.ts'
import { missingVoices, voicesGiven } from './voices.ts'

/** "anyone in `bookinfo/catalog`", "`maya`", "anyone in `bookinfo/login` or `ops`". */
function approvers({ team }: Requirement): Phrase {
  if (team.owners.length === 0) return words('somebody who administers the repository')
  return listed(
    team.owners.map((owner) =>
      owner.includes('/') ? say`anyone in ${quoted(withoutSign(owner))}` : quoted(withoutSign(owner)),
    ),
    'or',
  )
}

/** Whether GitHub asks each of them already. */
export type IsRequested = (owner: string) => boolean

function wasAsked({ team }: Requirement, isRequested: IsRequested): boolean {
  return team.owners.length > 0 && team.owners.every(isRequested)
}

function oneApproval(requirement: Requirement, isRequested: IsRequested): Phrase {
  const asked = wasAsked(requirement, isRequested)
  if (missingVoices(requirement) > 1) {
    return asked
      ? say`two approving reviews by ${approvers(requirement)}, whose review has been requested.`
      : say`ask for two approving reviews, each of ${approvers(requirement)}.`
  }
  const more = voicesGiven(requirement).length > 0
  return asked
    ? say`one ${more ? 'more ' : ''}approving review by ${approvers(requirement)}, whose review has been requested.`
    : say`ask ${approvers(requirement)} for ${more ? 'one more' : 'an'} approving review.`
}

function someApprovals(open: readonly Requirement[], isRequested: IsRequested): Phrase {
  const voices = open.reduce((sum, each) => sum + missingVoices(each), 0)
  if (!open.every((each) => wasAsked(each, isRequested))) {
    return say`ask for ${voices} approving reviews, of ${joined(open.map(approvers), '; of ')}.`
  }
  const reviews = open.length === 2 ? 'both reviews have been requested' : 'all reviews have been requested'
  return say`${voices} approving reviews, one by ${joined(open.map(approvers), '; one by ')}; ${reviews}.`
}

function manyApprovals(open: readonly Requirement[], isRequested: IsRequested): Phrase {
  return open.every((each) => wasAsked(each, isRequested))
    ? say`one approving review from each of the ${open.length} teams below; each was asked once.`
    : say`ask each of the ${open.length} teams below for an approving review.`
}

/** "One review by `dora` would do for catalog and login." */
function inSeveral(open: readonly Requirement[], { assessment, audience }: View): Phrase {
  const groups = (assessment.sharedApprovers ?? []).slice(0, 2)
  return groups.flatMap(({ logins, teams }) => {
    const named = logins.slice(0, 3).map(quoted)
    const more = logins.length > 3 ? [words(`${logins.length - 3} more`)] : []
    const settled =
      teams.length < open.length || open.length > 3
        ? teamsPhrase(teams, audience)
        : words(open.length === 2 ? 'both' : 'all of them')
    return say` One review by ${listed([...named, ...more], 'or')} would do for ${settled}.`
  })
}

function teamsPhrase(teams: readonly Team[], { name }: View['audience']): Phrase {
  return teams.length > 3 ? words(`${teams.length} of them`) : listed(teams.map((team) => words(name(team))))
}

/** Strict ownership: nobody's approval helps, only members may make the change. */
function ownersOnly(open: readonly Requirement[]): Phrase {
  const strict = open.filter((each) => each.ownersOnly === true)
  if (strict.length === 0) return []
  return say` In this repository only its owners may change a resource: ${joined(strict.map(approvers), '; ')} would have to make this change.`
}

/** Two administrators speak for teams that are only affected by fields of the primary. */
function standIns(open: readonly Requirement[]): Phrase {
  const count = open.reduce((sum, each) => sum + (each.standsInFor?.length ?? 0), 0)
  if (count === 0) return []
  const given = open.flatMap(voicesGiven)
  const already = given.length === 0 ? '' : `: ${given.join(' and ')} has`
  return say` They speak for ${count} teams, who are told; whoever owns one of them can still ask for changes. Two of them must agree${already}.`
}

/** Why a team is asked although the table does not name it. */
function silentReasons(open: readonly Requirement[], { audience }: View): Phrase {
  if (open.length > 5) return []
  return open.flatMap((requirement) => {
    const { because, team } = requirement
    const isEvident = because.some(
      ({ kind }) => kind === 'traffic' || (kind !== 'identity' && kind !== 'rule' && open.length === 1),
    )
    const [first] = isEvident ? [] : otherReasons(requirement)
    return first === undefined ? [] : say` ${audience.asked(team)} because ${first}.`
  })
}

function agreement(requirement: Requirement, { audience }: View): Phrase {
  const { satisfiedBy, team } = requirement
  const name = audience.name(team)
  return satisfiedBy?.how === 'author'
    ? say`${name} has agreed: ${satisfiedBy.by} is the author.`
    : say`${name} has agreed (${satisfiedBy?.by ?? ''}).`
}

function agreements(view: View): Phrase {
  const agreed = view.assessment.decision.requirements.filter((each) => each.satisfiedBy !== undefined)
  const own = agreed.filter((each) => each.satisfiedBy?.how === 'author')
  const approved = agreed.filter((each) => each.satisfiedBy?.how === 'approval')
  const counted =
    approved.length > 2
      ? [say`${approved.length} teams have agreed.`]
      : approved.map((each) => agreement(each, view))
  const owned =
    own.length > 2
      ? [say`${own.length} teams of the author have agreed.`]
      : own.map((each) => agreement(each, view))
  return [...counted, ...owned].flatMap((phrase) => say` ${phrase}`)
}

/** What approving reviews alone do not settle, and why what there is does not count: of many teams alike it is said once. */
function obstacles(open: readonly Requirement[], view: View): Phrase {
  const unknown = open.filter(isUnknownToAll)
  const [alike, apart] =
    unknown.length > mostNamed ? [unknown, open.filter((each) => !unknown.includes(each))] : [[], open]
  const said = apart.flatMap((each) => {
    const phrase = obstaclesOf(each, view)
    return phrase.length === 0 ? [] : [phrase]
  })
  const more = said.length - mostNamed
  return [
    ...said.slice(0, mostNamed).flat(),
    ...(more > 0 ? words(` So it is, or alike, with ${more} more ${more === 1 ? 'team' : 'teams'}.`) : []),
    ...nobodyKnown(alike.length, open.length),
  ]
}

const mostNamed = budgets.namedTeams.size

function nobodyKnown(unknown: number, all: number): Phrase {
  if (unknown === 0) return []
  const whom = unknown === all ? 'all of them' : `${unknown} of them`
  return words(` Not possible for ${whom} as things stand: who is in these teams cannot be looked up.`)
}

/** Whether nobody can say who is in a team, and nothing else stands in the way. */
function isUnknownToAll({ obstacles: all = [] }: Requirement): boolean {
  return all.length > 0 && all.every(({ kind }) => kind === 'unresolvable-owner')
}

function obstaclesOf(requirement: Requirement, { audience }: View): Phrase {
  const name = audience.name(requirement.team)
  const { since } = requirement
  if (since !== undefined) return say` ${since.by} approved before all of this was listed.`
  const all = (requirement.obstacles ?? []).filter(({ kind }) => kind !== 'two-voices')
  if (all.length === 0) return []
  const clauses = all.map((each) => obstacleWords(each, requirement))
  return all.some((each) => isBarring(each, requirement))
    ? say` Not possible for ${name} as things stand: ${joined(clauses, '. ')}.`
    : say` As for ${name}: ${joined(clauses, '. ')}.`
}

/** What the list of missing approvals is called: a draft and a trial period ask nobody, and what is blocked no approval unblocks. */
export function toMergeLabel({ assessment }: View): string {
  if (assessment.decision.blocking.length > 0) return 'To merge, besides:'
  return assessment.draft || assessment.policy.mode === 'observe' ? 'It would need:' : 'To merge:'
}

/** Whom GitHub does not know nobody can ask, as long as there is anybody else. */
function ofKnownOwners(requirement: Requirement, { assessment }: View): Requirement {
  const { team } = requirement
  const owners = team.owners.filter((owner) => !assessment.comparison.ownership.isUnknown(owner))
  return owners.length === 0 ? requirement : { ...requirement, team: { ...team, owners } }
}

/** Whether somebody else changes what one team has, and no other has anything to do with it. */
function isOnlyAffected({ key }: Team, { assessment, audience }: View): boolean {
  const { comparison, decision, people, touched } = assessment
  const affected = comparison.changes.flatMap((change) => [...change.touched, ...change.told])
  return (
    people.author !== undefined &&
    touched.unjudged.length === 0 &&
    affected.length > 0 &&
    affected.every((team) => team.key === key && !audience.isAuthors(team)) &&
    decision.requirements.every(({ team }) => team.key === key)
  )
}

/** What is missing, and what is settled, in one breath: "one approving review by anyone in ...; login has agreed". */
export function toMerge(view: View, isRequested: IsRequested): Phrase | undefined {
  const open = openRequirements(view.assessment).map((each) => ofKnownOwners(each, view))
  const [only] = open
  if (only === undefined) return undefined
  const wanted =
    open.length === 1
      ? oneApproval(only, isRequested)
      : open.length <= mostNamed
        ? someApprovals(open, isRequested)
        : manyApprovals(open, isRequested)
  const bot = view.assessment.people.author?.bot === true ? ' A bot belongs to no team.' : ''
  const alone = isOnlyAffected(only.team, view) ? ' No other team is affected.' : ''
  return say`${wanted}${inSeveral(open, view)}${silentReasons(open, view)}${bot}${alone}${ownersOnly(open)}${standIns(open)}${obstacles(open, view)}${agreements(view)}`
}

/** Why each team is asked, for reasons that the table of changes does not show. */
export function otherReasons(requirement: Requirement): readonly Phrase[] {
  const others = requirement.because.filter((reason) => reason.kind !== 'traffic').map(wholeOf)
  return [...new Map(others.map((each) => [plainOf(each), each])).values()]
}

/** Who is waited for, where these are too many for a sentence, by name. */
export function waitedForByName({ assessment, audience }: View): readonly string[] {
  const names = openRequirements(assessment).map(({ team }) => audience.name(team))
  return names.length <= mostNamed ? [] : names.sort()
}
