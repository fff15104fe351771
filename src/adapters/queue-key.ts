import type { CheckRequest } from '../ports.ts'

/** One job for each pull request and each commit of a merge queue; GitHub compares names without case. */
export function queueKey({ owner, repo, number, group }: CheckRequest): string {
  return `${owner}/${repo}#${number} ${group?.sha ?? ''}`.toLowerCase()
}
