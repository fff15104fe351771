import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Ownership } from '../ownership/ownership.ts'
import { type Team, teamOf, unowned } from '../ownership/team.ts'
import type { Policy } from './policy.ts'

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
 * replace them all; where neither names anybody, the admins of the repository stand in. Never empty.
 */
export function administratorsOf(
  primaries: Iterable<VirtualService>,
  policy: Policy,
  ownership: Ownership,
): readonly Team[] {
  if (policy.ownership.administrators.length > 0) return [teamOf(policy.ownership.administrators)]
  const teams = new Map<string, Team>()
  for (const primary of primaries) {
    const team = ownership.teamOf(primary)
    if (team.key !== unowned.key && !teams.has(team.key)) teams.set(team.key, team)
  }
  if (teams.size === 0) return [repositoryAdmins]
  return [...teams.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}
