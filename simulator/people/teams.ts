import { accountNamed } from '../access/accounts.ts'
import { repositoryNamed } from '../access/permissions.ts'
import { findTeam } from '../access/teams.ts'
import { emit } from '../behaviour/events.ts'
import { presentTeam, presentUser } from '../present/accounts.ts'
import type { Account, Membership, Role, Team } from '../state/accounts.ts'
import { nameKey } from '../state/names.ts'
import { apiBase, type World } from '../state/world.ts'

/** A team to be made. */
interface NewTeam {
  readonly organization: string
  readonly slug: string
  readonly members: readonly string[]
  readonly parent?: string
  readonly privacy?: 'closed' | 'secret'
}

/** Which team. */
interface TeamName {
  readonly organization: string
  readonly slug: string
}

/** What owners of organizations do with teams. */
export interface TeamActions {
  createTeam(team: NewTeam): void
  /** Adds to a team; sends `membership`. `pending` is an invitation that was not accepted. */
  addMember(
    team: TeamName,
    login: string,
    how: {
      readonly by: string
      readonly state?: 'active' | 'pending'
      readonly role?: 'member' | 'maintainer'
    },
  ): void
  removeMember(team: TeamName, login: string, by: string): void
  /** Renames a team: its slug changes; sends `team` edited. */
  renameTeam(team: TeamName, name: string, by: string): void
  /** Takes somebody out of an organization and all its teams; sends `organization` member_removed. */
  removeFromOrganization(organization: string, login: string, by: string): void
  /** Changes what somebody may do in a repository by themselves; sends `member`. */
  setCollaborator(repo: string, who: { readonly login: string; readonly role: Role }, by: string): void
}

/** The team of a name, for callers that know it to be there. */
export function teamNamed(world: World, organization: string, slug: string): Team {
  const team = findTeam(world, organization, slug)
  if (!team) throw new Error(`no team ${organization}/${slug}`)
  return team
}

function emitMembership(
  world: World,
  what: { action: string; team: Team; member: Account; by: string },
): void {
  emit(world, {
    event: 'membership',
    action: what.action,
    organization: what.team.organization.account,
    sender: accountNamed(world, what.by),
    payload: { scope: 'team', member: presentUser(world, what.member), team: presentTeam(world, what.team) },
  })
}

function createTeam(world: World, given: NewTeam): void {
  const organization = world.organizations.get(nameKey(given.organization))
  if (!organization) throw new Error(`no organization ${given.organization}`)
  const parent = given.parent === undefined ? undefined : teamNamed(world, given.organization, given.parent)
  if (parent && (given.privacy === 'secret' || parent.privacy === 'secret'))
    throw new Error('secret teams cannot be nested')
  const team: Team = {
    id: world.nextId(),
    organization,
    slug: nameKey(given.slug),
    name: given.slug,
    privacy: given.privacy ?? 'closed',
    members: new Map(),
    repositories: new Map(),
    createdAt: world.now(),
    ...(parent ? { parent } : {}),
  }
  for (const login of given.members) {
    const account = accountNamed(world, login)
    if (!organization.members.has(nameKey(login))) organization.members.set(nameKey(login), 'member')
    team.members.set(nameKey(login), { account, role: 'member', state: 'active' })
  }
  world.teams.push(team)
}

function renameTeam(world: World, team: Team, change: { name: string; by: string }): void {
  const from = team.name
  team.name = change.name
  team.slug = nameKey(change.name).replace(/[^a-z0-9]+/g, '-')
  emit(world, {
    event: 'team',
    action: 'edited',
    organization: team.organization.account,
    sender: accountNamed(world, change.by),
    payload: { team: presentTeam(world, team), changes: { name: { from } } },
  })
}

function removeFromOrganization(
  world: World,
  given: { readonly organization: string; readonly login: string; readonly by: string },
): void {
  const organization = world.organizations.get(nameKey(given.organization))
  if (!organization) throw new Error(`no organization ${given.organization}`)
  const member = accountNamed(world, given.login)
  const role = organization.members.get(nameKey(member.login)) === 'owner' ? 'admin' : 'member'
  organization.members.delete(nameKey(member.login))
  for (const team of world.teams)
    if (team.organization === organization) team.members.delete(nameKey(member.login))
  const url = `${apiBase(world)}/orgs/${organization.account.login}`
  emit(world, {
    event: 'organization',
    action: 'member_removed',
    organization: organization.account,
    sender: accountNamed(world, given.by),
    payload: {
      membership: {
        url: `${url}/memberships/${member.login}`,
        organization_url: url,
        state: 'active',
        role,
        user: presentUser(world, member),
      },
    },
  })
}

function setCollaborator(
  world: World,
  repo: string,
  who: { readonly login: string; readonly role: Role; readonly by: string },
): void {
  const repository = repositoryNamed(world, repo)
  const member = accountNamed(world, who.login)
  const before = repository.collaborators.get(nameKey(who.login))
  if (who.role === 'none') repository.collaborators.delete(nameKey(who.login))
  else repository.collaborators.set(nameKey(who.login), who.role)
  emit(world, {
    event: 'member',
    action: who.role === 'none' ? 'removed' : before === undefined ? 'added' : 'edited',
    repository,
    sender: accountNamed(world, who.by),
    payload: {
      member: presentUser(world, member),
      ...(before === undefined || who.role === 'none'
        ? {}
        : { changes: { permission: { from: before, to: who.role } } }),
    },
  })
}

function addMember(world: World, team: Team, member: Membership & { readonly by: string }): void {
  const { by, ...membership } = member
  const key = nameKey(membership.account.login)
  if (!team.organization.members.has(key)) team.organization.members.set(key, 'member')
  team.members.set(key, membership)
  if (membership.state === 'active')
    emitMembership(world, { action: 'added', team, member: membership.account, by })
}

/** What owners of organizations do with teams. */
export function teamActions(world: World): TeamActions {
  return {
    createTeam: (team) => createTeam(world, team),
    addMember({ organization, slug }, login, { by, state = 'active', role = 'member' }) {
      const account = accountNamed(world, login)
      addMember(world, teamNamed(world, organization, slug), { account, role, state, by })
    },
    removeMember({ organization, slug }, login, by) {
      const team = teamNamed(world, organization, slug)
      team.members.delete(nameKey(login))
      emitMembership(world, { action: 'removed', team, member: accountNamed(world, login), by })
    },
    renameTeam: ({ organization, slug }, name, by) =>
      renameTeam(world, teamNamed(world, organization, slug), { name, by }),
    removeFromOrganization: (organization, login, by) =>
      removeFromOrganization(world, { organization, login, by }),
    setCollaborator: (repo, who, by) => setCollaborator(world, repo, { ...who, by }),
  }
}
