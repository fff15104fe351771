import {
  type Account,
  type Membership,
  type Role,
  roleIncludes,
  strongerRole,
  type Team,
} from '../state/accounts.ts'
import type { Token } from '../state/app.ts'
import { nameKey } from '../state/names.ts'
import type { World } from '../state/world.ts'

/** The team `slug` of an organization, whatever its privacy. */
export function findTeam(world: World, organization: string, slug: string): Team | undefined {
  return world.teams.find(
    (team) =>
      nameKey(team.organization.account.login) === nameKey(organization) && team.slug === nameKey(slug),
  )
}

/** The direct children of a team. */
export function childTeams(world: World, team: Team): Team[] {
  return world.teams.filter((other) => other.parent === team)
}

/**
 * Everybody in a team, members of its child teams included, as the REST listing gives them. A direct
 * membership speaks before an inherited one.
 */
export function allMemberships(world: World, team: Team): Membership[] {
  const found = new Map(team.members)
  for (const child of childTeams(world, team)) {
    for (const membership of allMemberships(world, child)) {
      const key = nameKey(membership.account.login)
      if (!found.has(key)) found.set(key, { ...membership, role: 'member' })
    }
  }
  return [...found.values()]
}

/**
 * Somebody's membership in a team, child teams included. An owner of the organization who is in the team
 * appears as `maintainer` (REST reference, "Get team membership for a user").
 */
export function membershipOf(world: World, team: Team, login: string): Membership | undefined {
  const key = nameKey(login)
  const found = allMemberships(world, team).find(({ account }) => nameKey(account.login) === key)
  if (!found) return undefined
  return team.organization.members.get(key) === 'owner' ? { ...found, role: 'maintainer' } : found
}

/** Whether somebody is an active member of a team or of one of its children. */
export function isMember(world: World, team: Team, account: Account): boolean {
  return membershipOf(world, team, account.login)?.state === 'active'
}

/** The role that a team has in a repository: its own grant or an ancestor's, whichever is stronger. */
export function teamRole(team: Team, repositoryId: number): Role {
  const own = team.repositories.get(repositoryId) ?? 'none'
  return team.parent ? strongerRole(own, teamRole(team.parent, repositoryId)) : own
}

/** Whether a team can be asked for its review: GitHub wants it to have access to the repository. */
export function teamHasAccess(team: Team, repositoryId: number): boolean {
  return roleIncludes(teamRole(team, repositoryId), 'read')
}

/** Whether a token may know of a team; a secret one exists only for its members and for the owners. */
export function seesTeam(world: World, token: Token, team: Team): boolean {
  if (token.kind === 'installation')
    return token.installation.account === team.organization.account && team.privacy === 'closed'
  const { login } = token.account
  const role = team.organization.members.get(nameKey(login))
  return (
    role === 'owner' ||
    (role === 'member' && team.privacy === 'closed') ||
    membershipOf(world, team, login) !== undefined
  )
}
