import { addAccount } from '../access/accounts.ts'
import { ApiError } from '../access/api-error.ts'
import { decidingRun, requiredChecksOf } from '../access/branch-rules.ts'
import { writeMerge } from '../git/commit.ts'
import { readCommit } from '../git/objects.ts'
import { branchTip } from '../git/references.ts'
import { presentHeadCommit } from '../present/git.ts'
import type { Account } from '../state/accounts.ts'
import { nameKey } from '../state/names.ts'
import type { PullRequest } from '../state/pull-request.ts'
import type { QueueEntry, Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { isPassing } from './checks.ts'
import { emit } from './events.ts'
import { closeAsMerged, missingChecks } from './merging.ts'
import { emitPullRequest, signatureOf } from './pull-requests.ts'
import { moveBranch } from './pushes.ts'

/** Why a group's reference goes away. */
type DestroyReason = 'merged' | 'invalidated' | 'dequeued'

/** In whose name the queue itself acts. */
function queueBot(world: World): Account {
  const login = 'github-merge-queue[bot]'
  return world.accounts.get(nameKey(login)) ?? addAccount(world, login, 'Bot')
}

async function emitGroup(
  world: World,
  entry: QueueEntry,
  what: { readonly action: 'checks_requested' | 'destroyed'; readonly reason?: DestroyReason },
): Promise<void> {
  const { repository } = entry.pull
  const commit = await readCommit(repository.directory, entry.head)
  emit(world, {
    event: 'merge_group',
    action: what.action,
    repository,
    sender: queueBot(world),
    payload: {
      ...(what.reason === undefined ? {} : { reason: what.reason }),
      merge_group: {
        head_sha: entry.head,
        head_ref: `refs/heads/${entry.ref}`,
        base_sha: entry.parent,
        base_ref: `refs/heads/${entry.base}`,
        head_commit: commit && presentHeadCommit(commit),
      },
    },
  })
}

function entriesOf(repository: Repository, base: string): QueueEntry[] {
  return repository.queue.filter((entry) => entry.base === base)
}

/** Builds the group of an entry: its head merged into the group before it, or into the base branch. */
async function buildGroup(world: World, entry: QueueEntry): Promise<'built' | 'conflict'> {
  const { pull, base } = entry
  const { repository } = pull
  const ahead = entriesOf(repository, base)
  const before = ahead[ahead.indexOf(entry) - 1]
  const parent = before?.head ?? (await branchTip(repository.directory, base)) ?? pull.base.sha
  const head = await writeMerge(repository.directory, {
    base: parent,
    head: pull.head.sha,
    message: `Merge pull request #${pull.number} from ${pull.head.repository.owner.login}/${pull.head.ref}\n\n${pull.title}`,
    by: signatureOf(world, entry.by),
  })
  if (head === undefined) return 'conflict'
  Object.assign(entry, { parent, head, ref: `gh-readonly-queue/${base}/pr-${pull.number}-${parent}` })
  await moveBranch(world, repository, {
    branch: entry.ref,
    by: queueBot(world),
    before: undefined,
    after: head,
  })
  await emitGroup(world, entry, { action: 'checks_requested' })
  return 'built'
}

async function destroyGroup(world: World, entry: QueueEntry, reason: DestroyReason): Promise<void> {
  const { repository } = entry.pull
  const by = queueBot(world)
  await moveBranch(world, repository, { branch: entry.ref, by, before: entry.head, after: undefined })
  await emitGroup(world, entry, { action: 'destroyed', reason })
}

/** Puts a pull request at the end of its base branch's merge queue. */
export async function enqueue(world: World, pull: PullRequest, by: Account): Promise<void> {
  const [missing] = missingChecks(pull, pull.head.sha)
  if (pull.state === 'closed' || pull.draft) throw new ApiError(422, 'Pull request is not open for merging')
  if (missing !== undefined)
    throw new ApiError(422, `Required status check "${missing.name}" has not passed.`)
  if (pull.repository.queue.some((entry) => entry.pull === pull))
    throw new ApiError(422, 'Already in the queue')
  const entry: QueueEntry = { pull, by, base: pull.base.ref, parent: '', head: '', ref: '' }
  pull.repository.queue.push(entry)
  if ((await buildGroup(world, entry)) === 'conflict') {
    pull.repository.queue.pop()
    throw new ApiError(422, 'Pull request has merge conflicts')
  }
  await emitPullRequest(world, pull, { action: 'enqueued', sender: by })
}

/** Takes an entry out; the groups behind it were built on it, so they are built anew. */
async function remove(
  world: World,
  entry: QueueEntry,
  why: { readonly reason: string; readonly by: Account },
): Promise<void> {
  const { repository } = entry.pull
  const waiting = entriesOf(repository, entry.base)
  const behind = waiting.slice(waiting.indexOf(entry) + 1)
  await destroyGroup(world, entry, 'dequeued')
  for (const later of behind) await destroyGroup(world, later, 'invalidated')
  repository.queue.splice(repository.queue.indexOf(entry), 1)
  await emitPullRequest(world, entry.pull, {
    action: 'dequeued',
    sender: why.by,
    extra: { reason: why.reason },
  })
  for (const later of behind) {
    if ((await buildGroup(world, later)) === 'built') continue
    repository.queue.splice(repository.queue.indexOf(later), 1)
    const extra = { reason: 'MERGE_CONFLICT' }
    await emitPullRequest(world, later.pull, { action: 'dequeued', sender: queueBot(world), extra })
  }
}

/** Takes a pull request out of the queue because somebody asked for it. */
export async function dequeue(world: World, pull: PullRequest, by: Account): Promise<void> {
  const entry = pull.repository.queue.find((candidate) => candidate.pull === pull)
  if (!entry) throw new ApiError(422, 'Not in the queue')
  await remove(world, entry, { reason: 'MANUAL', by })
}

async function merge(world: World, entry: QueueEntry): Promise<void> {
  const { pull } = entry
  const { repository } = pull
  const by = queueBot(world)
  pull.base.sha = entry.parent
  repository.queue.splice(repository.queue.indexOf(entry), 1)
  const move = { branch: entry.base, by, before: entry.parent, after: entry.head }
  await moveBranch(world, repository, { ...move, as: 'merge_queue_merge' })
  await closeAsMerged(world, pull, { by, commit: entry.head })
  await destroyGroup(world, entry, 'merged')
}

const settling = new WeakMap<Repository, Promise<void>>()

/**
 * Looks at the first group of every queue: merges it when its checks passed, throws it out when one failed.
 * One look at a time, so that two checks that complete at once cannot merge the same group twice.
 */
export function settleQueues(world: World, repository: Repository): Promise<void> {
  const look = async () => {
    for (const base of new Set(repository.queue.map((entry) => entry.base)))
      await settle(world, repository, base)
  }
  const next = (settling.get(repository) ?? Promise.resolve()).then(look)
  settling.set(
    repository,
    next.catch(() => undefined),
  )
  return next
}

async function settle(world: World, repository: Repository, base: string): Promise<void> {
  for (let [first] = entriesOf(repository, base); first; [first] = entriesOf(repository, base)) {
    const { head } = first
    const runs = requiredChecksOf(repository, base).map((check) => decidingRun(repository, head, check))
    const failed = runs.some((run) => run?.status === 'completed' && !isPassing(run))
    if (failed) await remove(world, first, { reason: 'CI_FAILURE', by: queueBot(world) })
    else if (runs.every(isPassing)) await merge(world, first)
    else return
  }
}
