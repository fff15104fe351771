import { withoutSign } from '../../../domain/ownership/owner-syntax.ts'
import { distinctTeams, type Team } from '../../../domain/ownership/team.ts'
import { repositoryAdmins } from '../../../domain/policy/administrators.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { listed, type Phrase, quoted, words } from '../../../domain/words/phrase.ts'
import { ownerNames } from './owner-names.ts'

/** How the teams of one pull request are called, and whose side its author is on. */
export interface Audience {
  /** The shortest name that is unambiguous here: `login` for `@bookinfo/login`. */
  name(team: Team): string
  /** The same with what is done to them: `login is asked`, `the repository admins are asked`. */
  asked(team: Team, when?: 'now' | 'before'): string
  /** The owners to turn to: `bookinfo/login` or `maya`. */
  handle(team: Team): Phrase
  isAuthors(team: Team): boolean
}

/** Every team that a report may have to name, each once. */
function teamsOf({ comparison, decision, findings }: Assessment): readonly Team[] {
  return distinctTeams([
    ...comparison.changes.flatMap((change) => [...change.touched, ...change.told, ...change.scope]),
    ...decision.requirements.map((requirement) => requirement.team),
    ...findings.flatMap((finding) => finding.teams),
    ...comparison.merged.manifests.virtualServices.map((each) => comparison.ownership.teamOf(each)),
    ...[...(comparison.merged.manifests.apart ?? [])].map(comparison.ownership.ownersOf),
  ])
}

/** Nobody, or whoever stands in for nobody: teams that CODEOWNERS does not name. */
function ownerless(team: Team): string {
  return team.key === repositoryAdmins.key ? 'the repository admins' : 'an unowned file'
}

/** The audience of an assessment. */
export function audienceOf(assessment: Assessment): Audience {
  const nameOf = ownerNames(teamsOf(assessment))
  const { author } = assessment.people
  const name = (team: Team) => (team.owners.length === 0 ? ownerless(team) : nameOf(team))
  return {
    name,
    asked: (team, when = 'now') => {
      const [one, many] = when === 'now' ? ['is', 'are'] : ['was', 'were']
      return `${name(team)} ${team.key === repositoryAdmins.key ? many : one} asked`
    },
    handle: (team) =>
      team.owners.length === 0
        ? words(ownerless(team))
        : listed(
            team.owners.map((owner) => quoted(withoutSign(owner))),
            'or',
          ),
    isAuthors: (team) =>
      author !== undefined &&
      team.owners.some((owner) => assessment.people.membership(owner, author.login) === 'member'),
  }
}
