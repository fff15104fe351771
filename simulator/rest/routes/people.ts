import { accountNamed } from '../../access/accounts.ts'
import { ApiError, notFound } from '../../access/api-error.ts'
import { findRepository, roleOf } from '../../access/permissions.ts'
import { allMemberships, childTeams, findTeam, membershipOf, seesTeam, teamRole } from '../../access/teams.ts'
import {
  presentFullTeam,
  presentPublicUser,
  presentRole,
  presentTeam,
  presentUser,
} from '../../present/accounts.ts'
import { presentRepository } from '../../present/repository.ts'
import type { Role, Team } from '../../state/accounts.ts'
import { type Json, textAt } from '../../state/json.ts'
import { nameKey } from '../../state/names.ts'
import { apiBase } from '../../state/world.ts'
import {
  ok,
  paginated,
  parameter,
  type Reply,
  type RepositoryCall,
  type Route,
  type TokenCall,
} from '../call.ts'

/** The team of the path; a secret one exists only for its members and for the owners. */
function calledTeam(call: TokenCall): Team {
  const team = findTeam(call.world, parameter(call, 'org'), parameter(call, 'team_slug'))
  if (!team || !seesTeam(call.world, call.token, team)) throw notFound()
  return team
}

function listMembers(call: TokenCall): Reply {
  const team = calledTeam(call)
  const role = textAt(call.query, 'role') ?? 'all'
  const members = allMemberships(call.world, team).filter(
    (membership) => membership.state === 'active' && (role === 'all' || membership.role === role),
  )
  return paginated(call, members, {
    each: (membership) => ({
      ...presentUser(call.world, membership.account),
      role: membership.role,
      inherited: !team.members.has(nameKey(membership.account.login)),
    }),
  })
}

function readMembership(call: TokenCall): Reply {
  const team = calledTeam(call)
  const login = parameter(call, 'username')
  const membership = membershipOf(call.world, team, login)
  if (!membership) throw notFound()
  const { login: organization } = team.organization.account
  const url = `${apiBase(call.world)}/orgs/${organization}/teams/${team.slug}/memberships/${membership.account.login}`
  return ok({ url, role: membership.role, state: membership.state })
}

function readTeamRepository(call: TokenCall): Reply {
  const team = calledTeam(call)
  const repository = findRepository(call.world, `${parameter(call, 'owner')}/${parameter(call, 'repo')}`)
  const role = repository ? teamRole(team, repository.id) : 'none'
  if (!repository || role === 'none') throw notFound()
  if (!call.accept.includes('repository')) return { status: 204 }
  return ok({
    ...presentRepository(call.world, repository),
    permissions: presentRole(role),
    role_name: role,
  })
}

/** The four words of the older API for a role: maintain counts as write, triage as read. */
function permissionWord(role: Role): string {
  const words: Partial<Record<Role, string>> = { maintain: 'write', triage: 'read' }
  return words[role] ?? role
}

function readPermission(call: RepositoryCall): Json {
  const { world, repository } = call
  const account = accountNamed(world, parameter(call, 'username'))
  if (account.type === 'Organization') throw new ApiError(404, `${account.login} is not a user`)
  const role = roleOf(world, repository, account)
  return {
    permission: permissionWord(role),
    role_name: role,
    user: { ...presentUser(world, account), permissions: presentRole(role), role_name: role },
  }
}

/** Users, teams and what they may do. */
export const peopleRoutes: readonly Route[] = [
  {
    kind: 'token',
    operation: 'GET /users/{username}',
    run: (call) => ok(presentPublicUser(call.world, accountNamed(call.world, parameter(call, 'username')))),
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/teams/{team_slug}',
    permission: 'members',
    run: (call) => ok(presentFullTeam(call.world, calledTeam(call))),
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/teams/{team_slug}/members',
    permission: 'members',
    run: (call) => listMembers(call),
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}',
    permission: 'members',
    run: (call) => readMembership(call),
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}',
    permission: 'members',
    run: (call) => readTeamRepository(call),
  },
  {
    kind: 'token',
    operation: 'GET /orgs/{org}/teams/{team_slug}/teams',
    permission: 'members',
    run: async (call) =>
      paginated(call, childTeams(call.world, calledTeam(call)), {
        each: (team) => presentTeam(call.world, team),
      }),
  },
  {
    kind: 'repository',
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    permission: 'metadata',
    level: 'read',
    run: (call) => ok(readPermission(call)),
  },
]
