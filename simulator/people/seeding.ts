import { join } from 'node:path'
import { accountNamed, addAccount } from '../access/accounts.ts'
import { findRepository, repositoryNamed } from '../access/permissions.ts'
import { createUserToken } from '../access/tokens.ts'
import { pushCommit } from '../behaviour/pushes.ts'
import type { NewFile } from '../git/change-tree.ts'
import { createBareRepository, removeBareRepository } from '../git/commit.ts'
import { pruneCommit } from '../git/prune.ts'
import type { Account, Role } from '../state/accounts.ts'
import type { Installation, Permissions } from '../state/app.ts'
import { nameKey } from '../state/names.ts'
import { fullName, type Protection, type Repository, type Ruleset } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { teamNamed } from './teams.ts'

/** A repository to be made, with its first commit. */
interface NewRepository {
  /** `owner/name`; the owner exists. */
  readonly repo: string
  /** The first commit on the default branch; none for an empty repository. */
  readonly files?: Readonly<Record<string, NewFile>>
  /** Who pushes it; the owner, or the organization's first owner, unless told. */
  readonly by?: string
  readonly private?: boolean
  readonly defaultBranch?: string
  readonly collaborators?: Readonly<Record<string, Role>>
  /** Team slugs of the owning organization. */
  readonly teams?: Readonly<Record<string, Role>>
  /** False: the App is not installed here. */
  readonly installed?: boolean
}

/** Who is there, what belongs to whom, and who may do what in a repository. */
export interface Seeding {
  createOrganization(login: string, owners: readonly string[]): void
  /** Logins of bots end in `[bot]`. */
  createUser(login: string, kind?: 'User' | 'Bot'): void
  createRepository(repository: NewRepository): Promise<void>
  /** A fork in somebody's own account, under the same name; returns `owner/name`. */
  forkRepository(repo: string, owner: string): Promise<string>
  /** Deletes a repository; pull requests from a deleted fork have `head.repo: null`. */
  deleteRepository(repo: string): Promise<void>
  /** As when GitHub collects its garbage: what only this commit leads to is no more. Nothing where a reference still leads to it. */
  pruneCommit(repo: string, sha: string): Promise<void>
  grant(repo: string, to: { readonly user?: string; readonly team?: string }, role: Role): void
  protectBranch(repo: string, branch: string, protection: Protection): void
  /** Rules for branches of a repository, by itself or by its organization; returns their number. */
  addRuleset(repo: string, ruleset: Omit<Ruleset, 'id'>): number
  /** Changes what the App was granted on an account. */
  setPermissions(owner: string, permissions: Permissions): void
  /** Suspends the App on an account: it gets no tokens there. */
  suspendInstallation(owner: string): void
  /** A personal access token, for requests made as a person. */
  userToken(login: string): string
}

function firstPusher(world: World, given: NewRepository, owner: Account): Account {
  if (given.by !== undefined) return accountNamed(world, given.by)
  const organization = world.organizations.get(nameKey(owner.login))
  const login = organization && [...organization.members].find(([, role]) => role === 'owner')?.[0]
  return login === undefined ? owner : accountNamed(world, login)
}

function newRepository(world: World, given: NewRepository, parent?: Repository): Repository {
  const [login = '', name = ''] = given.repo.split('/')
  if (findRepository(world, given.repo)) throw new Error(`${given.repo} exists already`)
  const id = world.nextId()
  return {
    id,
    owner: accountNamed(world, login),
    name,
    private: given.private ?? false,
    defaultBranch: given.defaultBranch ?? parent?.defaultBranch ?? 'main',
    directory: join(world.folder, `${id}.git`),
    createdAt: world.now(),
    collaborators: new Map(
      Object.entries(given.collaborators ?? {}).map(([who, role]) => [nameKey(who), role]),
    ),
    protections: new Map(),
    rulesets: [],
    pulls: [],
    checkSuites: [],
    checkRuns: [],
    activity: [],
    queue: [],
    pushedAt: world.now(),
    deleted: false,
    ...(parent ? { parent } : {}),
  }
}

/** The App's installation on an account, made when the account gets its first repository. */
function installationOn(world: World, account: Account): Installation {
  const known = world.installations.find(
    (installation) => installation.app === world.app && installation.account === account,
  )
  if (known) return known
  // User accounts have no teams: the permission on members is not granted there.
  const { members: _, ...withoutMembers } = world.app.permissions
  const installation: Installation = {
    id: world.nextId(),
    app: world.app,
    account,
    without: new Set(),
    createdAt: world.now(),
    permissions: account.type === 'Organization' ? world.app.permissions : withoutMembers,
  }
  world.installations.push(installation)
  return installation
}

async function createRepository(world: World, given: NewRepository): Promise<void> {
  const repository = newRepository(world, given)
  await createBareRepository(repository.directory, { branch: repository.defaultBranch })
  world.repositories.set(nameKey(given.repo), repository)
  if (given.installed === false) {
    const known = world.installations.find(
      ({ account, app }) => app === world.app && account === repository.owner,
    )
    known?.without.add(repository.id)
  } else installationOn(world, repository.owner)
  for (const [slug, role] of Object.entries(given.teams ?? {}))
    teamNamed(world, repository.owner.login, slug).repositories.set(repository.id, role)
  if (!given.files) return
  await pushCommit(world, repository, {
    branch: repository.defaultBranch,
    by: firstPusher(world, given, repository.owner),
    files: given.files,
    message: 'Initial commit',
  })
}

async function forkRepository(world: World, repo: string, owner: string): Promise<string> {
  const parent = repositoryNamed(world, repo)
  const fork = newRepository(world, { repo: `${owner}/${parent.name}`, private: parent.private }, parent)
  await createBareRepository(fork.directory, { copyOf: parent.directory })
  world.repositories.set(nameKey(fullName(fork)), fork)
  return fullName(fork)
}

/** Builds the accounts, teams and repositories of a world. */
export function seeding(world: World): Seeding {
  return {
    createOrganization(login, owners) {
      const account = addAccount(world, login, 'Organization')
      const members = new Map(
        owners.map((owner) => [nameKey(accountNamed(world, owner).login), 'owner' as const]),
      )
      world.organizations.set(nameKey(login), { account, members })
    },
    createUser: (login, kind = 'User') => void addAccount(world, login, kind),
    createRepository: (given) => createRepository(world, given),
    forkRepository: (repo, owner) => forkRepository(world, repo, owner),
    async deleteRepository(repo) {
      const repository = repositoryNamed(world, repo)
      repository.deleted = true
      await removeBareRepository(repository.directory)
    },
    pruneCommit: (repo, sha) => pruneCommit(repositoryNamed(world, repo).directory, sha),
    grant(repo, to, role) {
      const repository = repositoryNamed(world, repo)
      if (to.user !== undefined) repository.collaborators.set(nameKey(to.user), role)
      if (to.team !== undefined)
        teamNamed(world, repository.owner.login, to.team).repositories.set(repository.id, role)
    },
    protectBranch: (repo, branch, protection) =>
      void repositoryNamed(world, repo).protections.set(branch, protection),
    addRuleset(repo, ruleset) {
      const id = world.nextId()
      repositoryNamed(world, repo).rulesets.push({ ...ruleset, id })
      return id
    },
    setPermissions(owner, permissions) {
      installationOn(world, accountNamed(world, owner)).permissions = permissions
    },
    suspendInstallation(owner) {
      installationOn(world, accountNamed(world, owner)).suspendedAt = world.now()
    },
    userToken: (login) => createUserToken(world, accountNamed(world, login)),
  }
}
