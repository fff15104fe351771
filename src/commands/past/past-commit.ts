import type { BranchCommit, BranchHistory } from '../../git/branch-history.ts'
import type { PastBeginning, PastCommit } from '../../report/page/past-change.ts'
import { authorOf, pullRequestOf } from './author-of.ts'

/** A step of a branch as it is told. */
export function pastCommit(step: BranchCommit, base: string, author: PastCommit['author']): PastCommit {
  return { commit: step.sha, base, at: timeOf(step), author, ...pullRequestOf(step) }
}

/** The same with the author of what was merged. */
export async function readPastCommit(
  step: BranchCommit,
  base: string,
  history: BranchHistory,
): Promise<PastCommit> {
  return pastCommit(step, base, await authorOf(step, history))
}

/** ISO 8601. */
export function timeOf({ at }: BranchCommit): string {
  return new Date(at * 1000).toISOString()
}

/** `YYYY-MM-DD`. */
export function dayOf(step: BranchCommit): string {
  return timeOf(step).slice(0, 10)
}

/** Where a history begins: with its first commit, or where the clone has no more of it. */
export async function beginningAt({ sha }: BranchCommit, history: BranchHistory): Promise<PastBeginning> {
  return { commit: sha, why: (await history.cuts()).has(sha) ? 'shallow' : 'first' }
}
