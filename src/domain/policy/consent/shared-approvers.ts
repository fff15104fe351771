import type { Team } from '../../ownership/team.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import type { Requirement } from '../decision.ts'
import type { Assessment } from '../judgement.ts'
import { barredBecause } from './approval.ts'
import { objectionsTo } from './consent.ts'
import type { Person } from './people.ts'

/** People each of whom is in all of these teams: one approving review by any of them would do for all. */
export interface SharedApprovers {
  /** Sorted. */
  readonly logins: readonly string[]
  /** Two at least, in the order of the requirements. */
  readonly teams: readonly Team[]
}

/** Who is in a team, or who a user is, by owner as written; undefined where that is not known. */
export type Roster = (owner: string) => readonly Person[] | undefined

/** The requirements that one approving review could settle: not where only owners may act, two must speak, or one objects. */
function settleable(assessment: Assessment): readonly Requirement[] {
  return assessment.decision.requirements.filter(
    (requirement) =>
      requirement.satisfiedBy === undefined &&
      requirement.ownersOnly === undefined &&
      requirement.standsInFor === undefined &&
      objectionsTo(requirement, assessment).length === 0,
  )
}

/** Whose members have to be known to say who is in several of the teams still unmet; nobody's where that cannot be. */
export function ownersToList(assessment: Assessment): readonly string[] {
  const open = settleable(assessment)
  if (open.length < 2) return []
  const { ownership } = assessment.comparison
  const owners = open.flatMap(({ team }) => team.owners).filter((owner) => !ownership.isUnknown(owner))
  return [...new Map(owners.map((owner) => [owner.toLowerCase(), owner])).values()]
}

/**
 * Who is in several of the teams still unmet, as far as the roster knows, and may approve: neither the author, nor whoever
 * pushed last, nor a bot. Those who are in most teams come first.
 */
export function sharedApprovers(assessment: Assessment, roster: Roster): readonly SharedApprovers[] {
  const pairs = settleable(assessment).flatMap(({ team }) =>
    membersOf(team, roster)
      .filter((person) => barredBecause(person, assessment) === undefined)
      .map(({ login }) => ({ login, team })),
  )
  const shared = [...Map.groupBy(pairs, ({ login }) => login.toLowerCase()).values()].filter(
    (ofOne) => ofOne.length > 1,
  )
  const groups = Map.groupBy(shared, (ofOne) => JSON.stringify(ofOne.map(({ team }) => team.key)))
  return [...groups.values()]
    .map((alike) => ({
      logins: alike.flatMap(([first]) => first?.login ?? []).toSorted(compareTexts),
      teams: alike[0]?.map(({ team }) => team) ?? [],
    }))
    .sort((a, b) => b.teams.length - a.teams.length || compareTexts(a.logins.join(' '), b.logins.join(' ')))
}

/** Each person once, though several owners of the team may name them. */
function membersOf(team: Team, roster: Roster): readonly Person[] {
  const members = team.owners.flatMap((owner) => roster(owner) ?? [])
  return [...new Map(members.map((person) => [person.login.toLowerCase(), person])).values()]
}
