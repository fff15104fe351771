import { type Account, type Role, roleIncludes, strongerRole } from '../state/accounts.ts'
import type { Installation, Token } from '../state/app.ts'
import { nameKey } from '../state/names.ts'
import { fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { ApiError, notFound } from './api-error.ts'
import { isMember, teamRole } from './teams.ts'

/** The strongest role that an account has in a repository: the highest of all its grants. */
export function roleOf(world: World, repository: Repository, account: Account): Role {
  const key = nameKey(account.login)
  if (account === repository.owner) return 'admin'
  const organization = world.organizations.get(nameKey(repository.owner.login))
  if (organization?.members.get(key) === 'owner') return 'admin'
  let role: Role = repository.collaborators.get(key) ?? (repository.private ? 'none' : 'read')
  for (const team of world.teams) {
    if (team.organization === organization && isMember(world, team, account))
      role = strongerRole(role, teamRole(team, repository.id))
  }
  return role
}

/** Whether somebody may push: by role, or because the account is a bot (Apps hold their own grants). */
export function mayPush(world: World, repository: Repository, account: Account): boolean {
  return account.type === 'Bot' || roleIncludes(roleOf(world, repository, account), 'write')
}

/** The repository of a name, deleted ones excluded. */
export function findRepository(world: World, name: string): Repository | undefined {
  const repository = world.repositories.get(nameKey(name))
  return repository?.deleted ? undefined : repository
}

/** The same, for callers that know it to be there. */
export function repositoryNamed(world: World, name: string): Repository {
  const repository = findRepository(world, name)
  if (!repository) throw new ApiError(404, `Not Found: no repository ${name}`)
  return repository
}

/** The installation of the App that covers a repository, if any. */
export function installationFor(world: World, repository: Repository): Installation | undefined {
  return world.installations.find(
    ({ account, without, app }) =>
      app === world.app && account === repository.owner && !without.has(repository.id),
  )
}

function tokenSees(world: World, token: Token, repository: Repository): boolean {
  if (token.kind === 'user') return roleIncludes(roleOf(world, repository, token.account), 'read')
  const { installation, repositories } = token
  if (installation.account === repository.owner && !installation.without.has(repository.id))
    return repositories === undefined || repositories.has(repository.id)
  return !repository.private
}

/** The repository that a request names, if its token may know of it: 404 otherwise. */
export function visibleRepository(world: World, token: Token, name: string): Repository {
  const repository = findRepository(world, name)
  if (!repository || !tokenSees(world, token, repository)) throw notFound()
  return repository
}

/** Refuses with 403 a token of an App that lacks a permission, and a user whose role is too weak. */
export function requirePermission(
  world: World,
  token: Token,
  needed: { readonly permission: string; readonly level: 'read' | 'write'; readonly repository?: Repository },
): void {
  if (token.kind === 'installation') {
    const { repository } = needed
    const granted = token.permissions[needed.permission]
    const foreign = repository !== undefined && repository.owner !== token.installation.account
    const enough = granted === 'write' || (granted === 'read' && needed.level === 'read')
    if (!enough || (foreign && needed.level === 'write'))
      throw new ApiError(403, 'Resource not accessible by integration')
  } else if (needed.repository && needed.level === 'write' && needed.permission === 'contents') {
    if (!roleIncludes(roleOf(world, needed.repository, token.account), 'write'))
      throw new ApiError(403, `Must have write access to ${fullName(needed.repository)}.`)
  }
}
