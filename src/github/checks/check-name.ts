import type { PullRequest } from '../../app/ports.ts'

/**
 * The name of a pull request's check run. Each base branch but the default one has its own, so that a verdict against
 * one base never satisfies the rule of another.
 */
export function checkName({ base, defaultBranch }: PullRequest): string {
  return checkNameFor(base.branch, defaultBranch)
}

/** The name of the check run of pull requests into a branch. */
export function checkNameFor(branch: string, defaultBranch: string): string {
  return branch === defaultBranch ? 'firebreak' : `firebreak (${branch})`
}

/** The commit that carries the verdict: the head, or the commit of the merge queue. */
export function checkedCommit({ head, group }: PullRequest): string {
  return group?.sha ?? head.sha
}

/** The name of what is told of a push; no pull request's check has it, whatever its base is called. */
export function pushCheckName(branch: string): string {
  return `firebreak merged into ${branch}`
}

/** Whether a check run of this name could be taken for one of ours. */
export function isCheckName(name: string): boolean {
  return name === 'firebreak' || /^firebreak \(.+\)$/.test(name)
}
