import type { Grounds } from '../../app/grounds.ts'
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

/** What a check run carries once it is a verdict: in a merge queue, where nothing moves, no more than before. */
export function verdictId(
  pull: PullRequest,
  { opinions, defaults }: Pick<Grounds, 'opinions' | 'defaults'>,
): string {
  const id = externalId(pull)
  if (pull.group !== undefined) return id
  return `${id}:on:${pull.base.tip}:${opinions ?? '-'}${defaults === undefined ? '' : `:${defaults}`}`
}

const carriedIds =
  /^(?:pr:(?<pull>\d{1,9})(?::pushed-by:(?<login>[\w-]+(?:\[bot\])?)|:on:(?<tip>[0-9a-f]{40,64}):(?<opinions>-|[\w-]{16})(?::(?<defaults>[\w-]{16}))?)?|queue:(?<queued>\d{1,9}):(?<parent>[0-9a-f]{40,64}))$/

/** Whom a check run on a commit is for, by what it carries; undefined where it is none of ours. */
export function subjectOf(carried: string | null, commit: string): CheckSubject | undefined {
  const { pull, queued, parent } = carriedIds.exec(carried ?? '')?.groups ?? {}
  if (pull !== undefined) return { number: Number(pull) }
  if (queued === undefined || parent === undefined) return undefined
  return { number: Number(queued), group: { sha: commit, parent } }
}

/** Whether a check run is for this pull request, or this turn of it. */
export function isFor(carried: string | null, { ref, group }: Pick<PullRequest, 'ref' | 'group'>): boolean {
  const subject = subjectOf(carried, '')
  return subject?.number === ref.number && subject.group?.parent === group?.parent
}

/** Who is noted to have pushed the head of a pull request; undefined where a check run notes nobody. */
export function notedPusher(
  carried: string | null,
): { readonly number: number; readonly login: string } | undefined {
  const { pull, login } = carriedIds.exec(carried ?? '')?.groups ?? {}
  return pull === undefined || login === undefined ? undefined : { number: Number(pull), login }
}

/** What the verdict of a check run rested on; undefined where it does not say so. */
export function groundsIn(carried: string | null): Grounds | undefined {
  const { tip, opinions, defaults } = carriedIds.exec(carried ?? '')?.groups ?? {}
  if (tip === undefined || opinions === undefined) return undefined
  return { tip, ...(opinions !== '-' && { opinions }), ...(defaults !== undefined && { defaults }) }
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
