import type { PullRequest } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { type ChangedFile, diffFiles } from './diff.ts'
import { commitsBetween, mergeBase } from './history.ts'
import type { Commit } from './objects.ts'
import { branchTip } from './references.ts'

/** The commit that a pull request is compared with: where its head left the base branch. */
export async function mergeBaseOf(pull: PullRequest): Promise<string> {
  const { directory } = pull.repository
  const tip = (await branchTip(directory, pull.base.ref)) ?? pull.base.sha
  const base = pull.merged ? pull.base.sha : tip
  return (await mergeBase(directory, base, pull.head.sha)) ?? pull.base.sha
}

/** The commits of a pull request, oldest first. */
export async function commitsOf(pull: PullRequest): Promise<Commit[]> {
  return commitsBetween(pull.repository.directory, await mergeBaseOf(pull), pull.head.sha)
}

/** The files a pull request changes, all of them: lists cut at GitHub's limit themselves. */
export async function changedFiles(world: World, pull: PullRequest): Promise<ChangedFile[]> {
  const from = await mergeBaseOf(pull)
  return diffFiles(pull.repository.directory, { from, to: pull.head.sha }, world.limits)
}
