import { ApiError } from '../access/api-error.ts'
import { decidingRun, hasMergeQueue, type RequiredCheck, requiredChecksOf } from '../access/branch-rules.ts'
import { mayPush } from '../access/permissions.ts'
import { writeMerge } from '../git/commit.ts'
import { branchTip, updateReference } from '../git/references.ts'
import type { Account } from '../state/accounts.ts'
import type { PullRequest } from '../state/pull-request.ts'
import { fullName } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { isPassing } from './checks.ts'
import { emitPullRequest, record, signatureOf } from './pull-requests.ts'
import { moveBranch } from './pushes.ts'

/** The checks that the base branch demands and that have not passed on a commit. */
export function missingChecks(pull: PullRequest, sha: string): RequiredCheck[] {
  const required = requiredChecksOf(pull.repository, pull.base.ref)
  return required.filter((check) => !isPassing(decidingRun(pull.repository, sha, check)))
}

/** How a pull request was merged. */
export interface MergeRequest {
  readonly by: Account
  readonly method: 'merge' | 'squash'
}

function checkMergeable(world: World, pull: PullRequest, by: Account): void {
  if (pull.state === 'closed' || pull.draft) throw new ApiError(405, 'Pull Request is not mergeable')
  if (!mayPush(world, pull.repository, by))
    throw new ApiError(403, `${by.login} may not push to ${fullName(pull.repository)}`)
  const [missing] = missingChecks(pull, pull.head.sha)
  if (missing !== undefined) {
    const run = decidingRun(pull.repository, pull.head.sha, missing)
    const word =
      run === undefined ? 'is expected' : run.status === 'completed' ? 'is failing' : 'is in progress'
    throw new ApiError(405, `Required status check "${missing.name}" ${word}.`)
  }
  if (hasMergeQueue(pull.repository, pull.base.ref))
    throw new ApiError(405, 'Changes must be made through the merge queue')
}

/** Merges a pull request if its base branch's protection allows it. */
export async function mergePull(world: World, pull: PullRequest, request: MergeRequest): Promise<string> {
  checkMergeable(world, pull, request.by)
  const { directory } = pull.repository
  const base = (await branchTip(directory, pull.base.ref)) ?? pull.base.sha
  const from = `${pull.head.repository.owner.login}/${pull.head.ref}`
  const title =
    request.method === 'squash'
      ? `${pull.title} (#${pull.number})`
      : `Merge pull request #${pull.number} from ${from}`
  const commit = await writeMerge(directory, {
    base,
    head: pull.head.sha,
    message: request.method === 'squash' ? title : `${title}\n\n${pull.title}`,
    by: signatureOf(world, request.by),
    ...(request.method === 'squash' ? { squash: true as const } : {}),
  })
  if (commit === undefined) throw new ApiError(405, 'Pull Request is not mergeable')
  pull.base.sha = base
  await moveBranch(world, pull.repository, {
    branch: pull.base.ref,
    by: request.by,
    before: base,
    after: commit,
    as: 'pr_merge',
  })
  await closeAsMerged(world, pull, { by: request.by, commit })
  return commit
}

/** Merges the tip of the base branch into the head branch, and pushes that (REST, "Update a pull request branch"). */
export async function updateBranch(world: World, pull: PullRequest, by: Account): Promise<string> {
  const { repository, ref, sha } = pull.head
  if (!mayPush(world, repository, by))
    throw new ApiError(403, `${by.login} may not push to ${fullName(repository)}`)
  const base = await branchTip(pull.repository.directory, pull.base.ref)
  const after =
    base &&
    (await writeMerge(repository.directory, {
      base: sha,
      head: base,
      message: `Merge branch '${pull.base.ref}' into ${ref}`,
      by: signatureOf(world, by),
    }))
  if (after === undefined) throw new ApiError(422, 'merge conflict between base and head')
  await moveBranch(world, repository, { branch: ref, by, before: sha, after })
  return after
}

/** Marks a pull request as merged by a commit that is already in the base branch. */
export async function closeAsMerged(
  world: World,
  pull: PullRequest,
  merged: { readonly by: Account; readonly commit: string },
): Promise<void> {
  pull.merged = { ...merged, at: world.now() }
  await close(world, pull, { by: merged.by, event: 'merged' })
}

/** Closes a pull request; its test merge goes. */
export async function close(
  world: World,
  pull: PullRequest,
  how: { readonly by: Account; readonly event: 'closed' | 'merged' },
): Promise<void> {
  pull.state = 'closed'
  pull.closedAt = world.now()
  await updateReference(pull.repository.directory, `refs/pull/${pull.number}/merge`, undefined)
  delete pull.testMerge
  record(world, pull, {
    event: how.event,
    actor: how.by,
    text: how.event === 'merged' ? 'merged' : 'closed this',
  })
  await emitPullRequest(world, pull, { action: 'closed', sender: how.by })
}
