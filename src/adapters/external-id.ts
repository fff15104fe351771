import type { MergeGroup, PullRequest } from '../ports.ts'

/** Whom a check run of ours is for. */
export interface CheckSubject {
  readonly number: number
  /** Absent: the pull request itself. */
  readonly group?: MergeGroup
}

/** What our check runs carry, and GitHub gives back with them, even for forks. */
export function externalId({ ref, group }: Pick<PullRequest, 'ref' | 'group'>): string {
  return group === undefined ? `pr:${ref.number}` : `queue:${ref.number}:${group.parent}`
}

/** Whom a check run on a commit is for, by what it carries; undefined where it is none of ours. */
export function subjectOf(carried: string | null, commit: string): CheckSubject | undefined {
  const found = /^(?:pr:(?<pull>\d{1,9})|queue:(?<queued>\d{1,9}):(?<parent>[0-9a-f]{40,64}))$/.exec(
    carried ?? '',
  )
  const { pull, queued, parent } = found?.groups ?? {}
  if (pull !== undefined) return { number: Number(pull) }
  if (queued === undefined || parent === undefined) return undefined
  return { number: Number(queued), group: { sha: commit, parent } }
}
