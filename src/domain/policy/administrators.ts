import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { distinctTeams, type Team, teamOf, unowned } from '../ownership/team.ts'
import { compareTexts } from '../source/compare-texts.ts'
import type { Policy } from './configuration/policy.ts'

/** Whoever administers the repository: they stand in where no mesh administrators can be determined. */
export const repositoryAdmins: Team = {
  key: 'repository-admins',
  owners: [],
  label: 'the repository admins',
}

/** The owners to look up for a team: as written, or the word that stands for the admins of the repository. */
export function ownersToResolve(team: Team): readonly string[] {
  return team.key === repositoryAdmins.key ? [repositoryAdmins.key] : team.owners
}

/**
 * The mesh administrators: the owners of the primaries concerned, one team each, by key. `primaries` must be taken
 * from the base side, or a pull request could make its author an administrator. The configured administrators
 * replace them all. For primaries that nobody owns, and where there are none, the admins of the repository stand in: or
 * the first team to write a primary of its own would speak for all of those. Never empty.
 */
export function administratorsOf(
  primaries: Iterable<VirtualService>,
  policy: Policy,
  ownership: Ownership,
): readonly Team[] {
  if (policy.ownership.administrators.length > 0) return [teamOf(policy.ownership.administrators)]
  const owners = distinctTeams([...primaries].map((primary) => ownership.teamOf(primary)))
  const owned = owners.filter(({ key }) => key !== unowned.key).toSorted((a, b) => compareTexts(a.key, b.key))
  return owned.length > 0 && owned.length === owners.length ? owned : [...owned, repositoryAdmins]
}
