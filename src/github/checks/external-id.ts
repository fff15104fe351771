import type { BranchPush, MergeGroup, PullRequest } from '../../app/ports.ts'

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

/** What a check run carries that keeps who pushed the commit on which it stands. */
export function pushNoteId({ ref }: Pick<PullRequest, 'ref'>, login: string): string {
  return `pr:${ref.number}:pushed-by:${login}`
}

const carriedIds =
  /^(?:pr:(?<pull>\d{1,9})(?::pushed-by:(?<login>[\w-]+(?:\[bot\])?))?|queue:(?<queued>\d{1,9}):(?<parent>[0-9a-f]{40,64}))$/

/** Whom a check run on a commit is for, by what it carries; undefined where it is none of ours. */
export function subjectOf(carried: string | null, commit: string): CheckSubject | undefined {
  const { pull, queued, parent } = carriedIds.exec(carried ?? '')?.groups ?? {}
  if (pull !== undefined) return { number: Number(pull) }
  if (queued === undefined || parent === undefined) return undefined
  return { number: Number(queued), group: { sha: commit, parent } }
}

/** Who is noted to have pushed the head of a pull request; undefined where a check run notes nobody. */
export function notedPusher(
  carried: string | null,
): { readonly number: number; readonly login: string } | undefined {
  const { pull, login } = carriedIds.exec(carried ?? '')?.groups ?? {}
  return pull === undefined || login === undefined ? undefined : { number: Number(pull), login }
}

/** What the check run of a push carries. */
export function pushId({ before, branch }: BranchPush): string {
  return `push:${before}:${branch}`
}

/** The push of which a check run on a commit tells; undefined where it tells of none. */
export function pushOf(carried: string | null, commit: string): BranchPush | undefined {
  const { before, branch } =
    /^push:(?<before>[0-9a-f]{40,64}):(?<branch>.+)$/.exec(carried ?? '')?.groups ?? {}
  return before === undefined || branch === undefined ? undefined : { branch, before, after: commit }
}
