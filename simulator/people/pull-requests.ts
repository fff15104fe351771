import { accountNamed } from '../access/accounts.ts'
import { ApiError } from '../access/api-error.ts'
import { repositoryNamed } from '../access/permissions.ts'
import { close, closeAsMerged, mergePull, updateBranch } from '../behaviour/merging.ts'
import {
  createPullRequest,
  emitPullRequest,
  fetchHead,
  pullRequestNumbered,
  record,
  renewTestMerge,
} from '../behaviour/pull-requests.ts'
import { moveBranch, type Push, pushCommit } from '../behaviour/pushes.ts'
import { followComments } from '../behaviour/review-comments.ts'
import { isAncestor } from '../git/history.ts'
import { branchTip } from '../git/references.ts'
import { nameKey } from '../state/names.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'

/** Which pull request, and who acts on it. */
export interface PullRequestBy {
  readonly repo: string
  readonly number: number
  readonly by: string
}

/** A push of one commit to a branch. */
export interface PushBy extends Omit<Push, 'by' | 'author'> {
  /** `owner/name`, of a fork too. */
  readonly repo: string
  readonly by: string
  /** Whom the commit names as its author; the pusher unless told. */
  readonly author?: string
}

/** A pull request to be opened. */
interface OpenPullRequest {
  readonly repo: string
  readonly title: string
  readonly body?: string
  readonly author: string
  /** A branch, or `owner:branch` for a fork. */
  readonly head: string
  readonly base?: string
  readonly draft?: boolean
}

/** What people do with branches and pull requests. */
export interface PullRequestActions {
  /** Commits and pushes; returns the commit. Refused where GitHub refuses: no write access, non-fast-forward. */
  push(push: PushBy): Promise<string>
  deleteBranch(repo: string, branch: string, by: string): Promise<void>
  /** Returns the number. */
  openPullRequest(given: OpenPullRequest): Promise<number>
  /** Another title, text or base; another base sends `edited` with `changes.base`. */
  editPullRequest(
    at: PullRequestBy,
    change: { readonly title?: string; readonly body?: string; readonly base?: string },
  ): Promise<void>
  closePullRequest(at: PullRequestBy): Promise<void>
  reopenPullRequest(at: PullRequestBy): Promise<void>
  markReady(at: PullRequestBy): Promise<void>
  convertToDraft(at: PullRequestBy): Promise<void>
  /** The button "Update branch": merges the base branch into the head; returns the merge commit. */
  updateBranch(at: PullRequestBy): Promise<string>
  /** Returns the merge commit; refused while a required check has not passed. */
  mergePullRequest(at: PullRequestBy, method?: 'merge' | 'squash'): Promise<string>
}

/** The pull request that an action is about. */
export function pullAt(world: World, at: { readonly repo: string; readonly number: number }): PullRequest {
  return pullRequestNumbered(repositoryNamed(world, at.repo), at.number)
}

function headOf(world: World, base: Repository, head: string): { repository: Repository; ref: string } {
  const [, owner, ref] = /^([^:]+):(.+)$/.exec(head) ?? []
  if (owner === undefined || ref === undefined) return { repository: base, ref: head }
  for (const repository of world.repositories.values()) {
    const family = repository === base || repository.parent === base
    if (family && !repository.deleted && nameKey(repository.owner.login) === nameKey(owner))
      return { repository, ref }
  }
  throw new ApiError(422, `no fork of ${base.name} belongs to ${owner}`)
}

async function retarget(world: World, pull: PullRequest, to: { base: string; by: string }): Promise<void> {
  const sender = accountNamed(world, to.by)
  const from = { ref: pull.base.ref, sha: pull.base.sha }
  if (!(await branchTip(pull.repository.directory, to.base))) throw new ApiError(422, `no branch ${to.base}`)
  pull.base.ref = to.base
  await renewTestMerge(world, pull)
  await followComments(world, pull)
  record(world, pull, {
    event: 'base_ref_changed',
    actor: sender,
    text: `changed the base from ${from.ref} to ${to.base}`,
  })
  const changes = { base: { ref: { from: from.ref }, sha: { from: from.sha } } }
  await emitPullRequest(world, pull, { action: 'edited', sender, extra: { changes } })
}

async function edit(
  world: World,
  at: PullRequestBy,
  change: { title?: string; body?: string; base?: string },
): Promise<void> {
  const pull = pullAt(world, at)
  const sender = accountNamed(world, at.by)
  const changes: Record<string, { from: string | null }> = {}
  if (change.title !== undefined) {
    changes['title'] = { from: pull.title }
    const rename = { from: pull.title, to: change.title }
    record(world, pull, {
      event: 'renamed',
      actor: sender,
      text: `changed the title to ${change.title}`,
      rename,
    })
    pull.title = change.title
  }
  if (change.body !== undefined) {
    changes['body'] = { from: pull.body }
    pull.body = change.body
  }
  if (Object.keys(changes).length > 0)
    await emitPullRequest(world, pull, { action: 'edited', sender, extra: { changes } })
  if (change.base !== undefined && change.base !== pull.base.ref)
    await retarget(world, pull, { base: change.base, by: at.by })
}

async function setDraft(world: World, at: PullRequestBy, draft: 'draft' | 'ready'): Promise<void> {
  const pull = pullAt(world, at)
  const actor = accountNamed(world, at.by)
  pull.draft = draft === 'draft'
  record(world, pull, {
    event: pull.draft ? 'convert_to_draft' : 'ready_for_review',
    actor,
    text: pull.draft ? 'marked this as a draft' : 'marked this as ready for review',
  })
  await emitPullRequest(world, pull, {
    action: pull.draft ? 'converted_to_draft' : 'ready_for_review',
    sender: actor,
  })
}

async function reopen(world: World, at: PullRequestBy): Promise<void> {
  const pull = pullAt(world, at)
  const actor = accountNamed(world, at.by)
  if (pull.merged) throw new ApiError(422, 'a merged pull request cannot be reopened')
  const tip = await branchTip(pull.head.repository.directory, pull.head.ref)
  if (pull.head.repository.deleted || tip === undefined)
    throw new ApiError(422, 'the head branch was deleted')
  if (!(await isAncestor(pull.head.repository.directory, pull.head.sha, tip)))
    throw new ApiError(422, 'the head branch was force-pushed or recreated')
  await fetchHead(pull, tip)
  pull.head.sha = tip
  pull.state = 'open'
  delete pull.closedAt
  await renewTestMerge(world, pull)
  record(world, pull, { event: 'reopened', actor, text: 'reopened this' })
  await emitPullRequest(world, pull, { action: 'reopened', sender: actor })
}

async function open(world: World, given: OpenPullRequest): Promise<number> {
  const repository = repositoryNamed(world, given.repo)
  const pull = await createPullRequest(world, repository, {
    title: given.title,
    body: given.body ?? null,
    author: accountNamed(world, given.author),
    head: headOf(world, repository, given.head),
    base: given.base ?? repository.defaultBranch,
    draft: given.draft ?? false,
  })
  return pull.number
}

/** A pull request whose head has come into its base by a push is merged, whoever pushed it. */
async function closeReached(
  world: World,
  repository: Repository,
  push: { readonly branch: string; readonly by: string; readonly before: string | undefined },
): Promise<void> {
  const tip = await branchTip(repository.directory, push.branch)
  if (tip === undefined || push.before === undefined) return
  for (const pull of repository.pulls) {
    if (pull.state === 'closed' || pull.base.ref !== push.branch) continue
    if (!(await isAncestor(repository.directory, pull.head.sha, tip))) continue
    pull.base.sha = push.before
    await closeAsMerged(world, pull, { by: accountNamed(world, push.by), commit: tip })
  }
}

async function push(world: World, { repo, by, author, ...given }: PushBy): Promise<string> {
  const repository = repositoryNamed(world, repo)
  const before = await branchTip(repository.directory, given.branch)
  const commit = await pushCommit(world, repository, {
    ...given,
    by: accountNamed(world, by),
    ...(author === undefined ? {} : { author: accountNamed(world, author) }),
  })
  await closeReached(world, repository, { branch: given.branch, by, before })
  return commit
}

/** What people do with branches and pull requests, through real Git. */
export function pullRequestActions(world: World): PullRequestActions {
  return {
    push: (given) => push(world, given),
    async deleteBranch(repo, branch, by) {
      const repository = repositoryNamed(world, repo)
      const before = await branchTip(repository.directory, branch)
      if (before === undefined) throw new ApiError(422, 'Reference does not exist')
      await moveBranch(world, repository, { branch, by: accountNamed(world, by), before, after: undefined })
    },
    openPullRequest: (given) => open(world, given),
    editPullRequest: (at, change) => edit(world, at, change),
    closePullRequest: (at) =>
      close(world, pullAt(world, at), { by: accountNamed(world, at.by), event: 'closed' }),
    reopenPullRequest: (at) => reopen(world, at),
    markReady: (at) => setDraft(world, at, 'ready'),
    convertToDraft: (at) => setDraft(world, at, 'draft'),
    updateBranch: (at) => updateBranch(world, pullAt(world, at), accountNamed(world, at.by)),
    mergePullRequest: (at, method = 'merge') =>
      mergePull(world, pullAt(world, at), { by: accountNamed(world, at.by), method }),
  }
}
