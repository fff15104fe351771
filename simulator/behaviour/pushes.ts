import { ApiError } from '../access/api-error.ts'
import { mayPush } from '../access/permissions.ts'
import type { NewFile } from '../git/change-tree.ts'
import { writeCommit } from '../git/commit.ts'
import { commitsBetween, isAncestor } from '../git/history.ts'
import { type Commit, readCommit, readTree } from '../git/objects.ts'
import { branchTip, resolveRevision, updateReference } from '../git/references.ts'
import { git, noCommit } from '../git/run.ts'
import { repositoryPage, repositoryUrl } from '../present/repository.ts'
import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { type Activity, fullName, type Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { emitCheckSuite, suiteFor } from './checks.ts'
import { emit } from './events.ts'
import { signatureOf, synchronize } from './pull-requests.ts'

/** A move of a branch; `after` undefined deletes it. */
export interface BranchMove {
  readonly branch: string
  readonly by: Account
  readonly before: string | undefined
  readonly after: string | undefined
  readonly as?: Activity['type']
}

/** Files by path, each as its mode and content. */
async function treeOf(repository: Repository, commit: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readTree(repository.directory, commit, 'recursive')
  return new Map(
    entries.flatMap(({ type, path, mode, sha }) => (type === 'tree' ? [] : [[path, `${mode} ${sha}`]])),
  )
}

async function filesOf(repository: Repository, commit: Commit): Promise<Json> {
  const [parent] = commit.parents
  const [before, after] = await Promise.all([
    parent === undefined ? new Map<string, string>() : treeOf(repository, parent),
    treeOf(repository, commit.sha),
  ])
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort()
  return {
    added: changed.filter((path) => !before.has(path)),
    removed: changed.filter((path) => !after.has(path)),
    modified: changed.filter((path) => before.has(path) && after.has(path)),
  }
}

async function presentPushed(world: World, repository: Repository, commit: Commit): Promise<Json> {
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
    author: { name: commit.author.name, email: commit.author.email, username: commit.author.name },
    committer: {
      name: commit.committer.name,
      email: commit.committer.email,
      username: commit.committer.name,
    },
    ...(await filesOf(repository, commit)),
  }
}

/** GitHub lists at most this many commits in a push. */
const listedCommits = 2048

async function pushedCommits(repository: Repository, move: BranchMove): Promise<Commit[]> {
  if (move.after === undefined) return []
  if (move.before !== undefined)
    return (await commitsBetween(repository.directory, move.before, move.after)).slice(-listedCommits)
  const only = await readCommit(repository.directory, move.after)
  return only ? [only] : []
}

async function shownHead(world: World, repository: Repository, move: BranchMove): Promise<Json | null> {
  const commit = move.after === undefined ? undefined : await readCommit(repository.directory, move.after)
  return commit ? presentPushed(world, repository, commit) : null
}

async function emitPush(world: World, repository: Repository, move: BranchMove): Promise<void> {
  const { directory } = repository
  const { before = noCommit, after = noCommit } = move
  const commits = await pushedCommits(repository, move)
  const shown = await Promise.all(commits.map((commit) => presentPushed(world, repository, commit)))
  const rewrites =
    move.before !== undefined &&
    move.after !== undefined &&
    !(await isAncestor(directory, move.before, move.after))
  const last = shown.at(-1)
  const head = last?.['id'] === after ? last : await shownHead(world, repository, move)
  emit(world, {
    event: 'push',
    repository,
    sender: move.by,
    payload: {
      ref: `refs/heads/${move.branch}`,
      before,
      after,
      created: move.before === undefined,
      deleted: move.after === undefined,
      forced: rewrites,
      base_ref: null,
      compare: `${repositoryUrl(world, repository)}/compare/${before}...${after}`,
      commits: shown,
      head_commit: head,
      pusher: {
        name: move.by.login,
        email: move.by.type === 'Bot' ? null : signatureOf(world, move.by).email,
      },
    },
  })
}

async function activityType(repository: Repository, move: BranchMove): Promise<Activity['type']> {
  if (move.as) return move.as
  if (move.before === undefined) return 'branch_creation'
  if (move.after === undefined) return 'branch_deletion'
  return (await isAncestor(repository.directory, move.before, move.after)) ? 'push' : 'force_push'
}

/** Moves a branch as Git's push does, with everything that GitHub does then. */
export async function moveBranch(world: World, repository: Repository, move: BranchMove): Promise<void> {
  await updateReference(repository.directory, `refs/heads/${move.branch}`, move.after)
  repository.pushedAt = world.now()
  repository.activity.push({
    id: world.nextId(),
    actor: move.by,
    ref: `refs/heads/${move.branch}`,
    before: move.before ?? noCommit,
    after: move.after ?? noCommit,
    at: repository.pushedAt,
    type: await activityType(repository, move),
  })
  await emitPush(world, repository, move)
  if (move.after === undefined) return
  await requestChecks(world, repository, { ...move, after: move.after })
  for (const pull of openPullsFrom(world, repository, move.branch))
    await synchronize(world, pull, { after: move.after, by: move.by })
}

/** GitHub makes a suite for every App that writes checks, except where the last commit says not to. */
async function requestChecks(
  world: World,
  repository: Repository,
  move: { readonly branch: string; readonly after: string; readonly by: Account },
): Promise<void> {
  const commit = await readCommit(repository.directory, move.after)
  if (commit && /\n\nskip-checks:\s*true$/i.test(commit.message)) return
  const suite = suiteFor(world, repository, { app: world.app, sha: move.after, branch: move.branch })
  await emitCheckSuite(world, repository, { suite, action: 'requested', sender: move.by })
}

function openPullsFrom(world: World, repository: Repository, branch: string) {
  return [...world.repositories.values()]
    .flatMap(({ pulls }) => pulls)
    .filter(({ state, head }) => state === 'open' && head.repository === repository && head.ref === branch)
}

/** A push of one commit. */
export interface Push {
  readonly branch: string
  readonly by: Account
  /** Path to content; null removes the file. */
  readonly files: Readonly<Record<string, NewFile>>
  readonly message: string
  /** A branch or commit where the commit starts from: the branch itself, or the default branch if it is new, unless told. */
  readonly from?: string
  /**
   * Commits or branches that the commit names as further parents; a fork may name what its parent repository has. Its files are
   * those of the first, and `files`.
   */
  readonly merges?: readonly string[]
  readonly force?: true
  /** Whom the commit names as author; Git believes anything. */
  readonly author?: Account
}

function maintainsThroughPull(world: World, repository: Repository, push: Push): boolean {
  return openPullsFrom(world, repository, push.branch).some((pull) =>
    mayPush(world, pull.repository, push.by),
  )
}

async function parentOf(repository: Repository, push: Push): Promise<string | undefined> {
  if (push.from !== undefined) {
    const from = await resolveRevision(repository.directory, push.from)
    if (from === undefined) throw new ApiError(422, `${push.from} names no commit of ${fullName(repository)}`)
    return from
  }
  const own = await branchTip(repository.directory, push.branch)
  return own ?? (await branchTip(repository.directory, repository.defaultBranch))
}

async function mergedBy(repository: Repository, { merges = [] }: Push): Promise<readonly string[]> {
  if (merges.length > 0 && repository.parent !== undefined)
    await git(repository.directory, [
      'fetch',
      '--quiet',
      '--no-tags',
      repository.parent.directory,
      '+refs/heads/*:refs/upstream/*',
    ])
  return Promise.all(
    merges.map(async (revision) => {
      const merged = await resolveRevision(repository.directory, revision)
      if (merged === undefined)
        throw new ApiError(422, `${revision} names no commit of ${fullName(repository)}`)
      return merged
    }),
  )
}

/** Commits files and pushes the commit; refuses what Git or GitHub would refuse. */
export async function pushCommit(world: World, repository: Repository, push: Push): Promise<string> {
  if (!mayPush(world, repository, push.by) && !maintainsThroughPull(world, repository, push))
    throw new ApiError(403, `Permission to ${fullName(repository)}.git denied to ${push.by.login}.`)
  const before = await branchTip(repository.directory, push.branch)
  const parent = await parentOf(repository, push)
  const merges = await mergedBy(repository, push)
  const empty = Object.keys(push.files).length === 0 && merges.length === 0
  const after =
    empty && parent !== undefined
      ? parent
      : await writeCommit(repository.directory, {
          files: push.files,
          message: push.message,
          author: signatureOf(world, push.author ?? push.by),
          merges,
          ...(parent === undefined ? {} : { parent }),
        })
  const rewrites = before !== undefined && !(await isAncestor(repository.directory, before, after))
  if (rewrites && !push.force) throw new ApiError(422, `rejected: ${push.branch} (non-fast-forward)`)
  if (before !== after)
    await moveBranch(world, repository, { branch: push.branch, by: push.by, before, after })
  return after
}
