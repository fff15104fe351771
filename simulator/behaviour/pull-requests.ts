import { ApiError, notFound } from '../access/api-error.ts'
import { writeMerge } from '../git/commit.ts'
import { diffFiles } from '../git/diff.ts'
import { commitsBetween, isAncestor } from '../git/history.ts'
import type { Signature } from '../git/objects.ts'
import { mergeBaseOf } from '../git/pull-request-commits.ts'
import { branchTip, updateReference } from '../git/references.ts'
import { git } from '../git/run.ts'
import { type PullRequestFacts, presentFullPullRequest } from '../present/pull-request.ts'
import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import type { PullRequest, TimelineEvent } from '../state/pull-request.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { emit } from './events.ts'
import { followComments } from './review-comments.ts'

/** Git's name of an account; the address is the one GitHub gives to those who hide theirs. */
export function signatureOf(world: World, account: Account): Signature {
  const email = `${account.id}+${account.login}@users.noreply.github.com`
  return { name: account.login, email, date: world.now() }
}

/** The pull request of a number. */
export function pullRequestNumbered(repository: Repository, number: number): PullRequest {
  const pull = repository.pulls.find((candidate) => candidate.number === number)
  if (!pull) throw notFound()
  return pull
}

/** Notes what somebody did to a pull request. */
export function record(world: World, pull: PullRequest, entry: Omit<TimelineEvent, 'id' | 'at'>): void {
  pull.timeline.push({ ...entry, id: world.nextId(), at: world.now() })
  pull.updatedAt = world.now()
}

function mergeability(pull: PullRequest): Pick<PullRequestFacts, 'mergeable' | 'mergeableState'> {
  if (pull.state === 'closed' || !pull.mergeableAsked || !pull.testMerge)
    return { mergeable: null, mergeableState: 'unknown' }
  if (pull.testMerge.commit === 'none') return { mergeable: false, mergeableState: 'dirty' }
  return { mergeable: true, mergeableState: pull.draft ? 'draft' : 'clean' }
}

/** A pull request by itself, with the figures that only Git knows. */
export async function describePullRequest(world: World, pull: PullRequest): Promise<Json> {
  const { directory } = pull.repository
  const from = await mergeBaseOf(pull)
  const [files, commits] = await Promise.all([
    diffFiles(directory, { from, to: pull.head.sha }, world.limits),
    commitsBetween(directory, from, pull.head.sha),
  ])
  return presentFullPullRequest(world, pull, {
    ...mergeability(pull),
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  })
}

/**
 * Makes the test merge anew: a commit whose parents are exactly the base's tip and the head, at
 * `refs/pull/N/merge`; no reference on a conflict. It happens when the head or the base branch's name
 * changes; a push to the base does not renew it.
 */
export async function renewTestMerge(world: World, pull: PullRequest): Promise<void> {
  const { directory } = pull.repository
  const base = (await branchTip(directory, pull.base.ref)) ?? pull.base.sha
  const head = pull.head.sha
  pull.base.sha = base
  pull.mergeableAsked = false
  const message = `Merge ${head} into ${base}`
  const commit = await writeMerge(directory, { base, head, message, by: signatureOf(world, pull.author) })
  pull.testMerge = { base, head, commit: commit ?? 'none' }
  const reference = `refs/pull/${pull.number}/merge`
  await updateReference(directory, reference, commit)
}

/** Tells the App that something happened to a pull request. */
export async function emitPullRequest(
  world: World,
  pull: PullRequest,
  what: { readonly action: string; readonly sender: Account; readonly extra?: Json },
): Promise<void> {
  emit(world, {
    event: 'pull_request',
    action: what.action,
    repository: pull.repository,
    sender: what.sender,
    payload: { number: pull.number, pull_request: await describePullRequest(world, pull), ...what.extra },
  })
}

export async function fetchHead(pull: PullRequest, sha: string): Promise<void> {
  const { directory } = pull.repository
  const from = pull.head.repository
  if (from !== pull.repository)
    await git(directory, ['fetch', '--quiet', '--no-tags', from.directory, `refs/heads/${pull.head.ref}`])
  await updateReference(directory, `refs/pull/${pull.number}/head`, sha)
}

/** What a new pull request is made of. */
export interface NewPullRequest {
  readonly title: string
  readonly body: string | null
  readonly author: Account
  readonly head: { readonly repository: Repository; readonly ref: string }
  readonly base: string
  readonly draft: boolean
}

/** Opens a pull request. */
export async function createPullRequest(
  world: World,
  repository: Repository,
  given: NewPullRequest,
): Promise<PullRequest> {
  const sha = await branchTip(given.head.repository.directory, given.head.ref)
  const base = await branchTip(repository.directory, given.base)
  if (!sha)
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'PullRequest', field: 'head', code: 'invalid' },
    ])
  if (!base)
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'PullRequest', field: 'base', code: 'invalid' },
    ])
  const pull: PullRequest = {
    ...given,
    id: world.nextId(),
    number: repository.pulls.length + 1,
    repository,
    createdAt: world.now(),
    updatedAt: world.now(),
    head: { ...given.head, sha },
    base: { ref: given.base, sha: base },
    requestedReviewers: new Set(),
    requestedTeams: new Set(),
    comments: [],
    reviews: [],
    reviewComments: [],
    timeline: [],
    state: 'open',
    mergeableAsked: false,
  }
  repository.pulls.push(pull)
  await fetchHead(pull, sha)
  await renewTestMerge(world, pull)
  await emitPullRequest(world, pull, { action: 'opened', sender: given.author })
  return pull
}

/** Brings a pull request to the new tip of its head branch. */
export async function synchronize(
  world: World,
  pull: PullRequest,
  push: { readonly after: string; readonly by: Account },
): Promise<void> {
  const before = pull.head.sha
  await fetchHead(pull, push.after)
  pull.head.sha = push.after
  if (!(await isAncestor(pull.repository.directory, before, push.after)))
    record(world, pull, {
      event: 'head_ref_force_pushed',
      actor: push.by,
      text: `force-pushed ${pull.head.ref}`,
    })
  await renewTestMerge(world, pull)
  await followComments(world, pull)
  pull.updatedAt = world.now()
  await emitPullRequest(world, pull, {
    action: 'synchronize',
    sender: push.by,
    extra: { before, after: push.after },
  })
}
