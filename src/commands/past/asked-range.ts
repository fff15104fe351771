import type { BranchRange } from '../../git/branch-history.ts'
import type { GitClone } from '../../git/clone.ts'
import { UserError } from '../user-error.ts'

/** What was asked for on the command line. */
export interface RangeOptions {
  readonly since: string
  readonly until?: string
  readonly branch?: string
}

/** Which steps are meant, and of which branch. */
export interface AskedRange {
  readonly branch: string
  readonly range: BranchRange
}

/** `--since`: a duration before today, a day, a commit that had everything before, or `A..B`; `--until` a day or a duration. */
export async function askedRange(
  { since, until, branch }: RangeOptions,
  { clone, today }: { readonly clone: Pick<GitClone, 'commit' | 'history'>; readonly today: string },
): Promise<AskedRange> {
  const [, from, to] = /^(.+?(?<!\.))\.\.([^.].*)?$/.exec(since) ?? []
  if (from !== undefined && branch !== undefined) {
    throw new UserError(`--since ${since} names a range, so that --branch ${branch} says nothing.`)
  }
  const tip = from === undefined ? await branchTip(branch, clone) : await rangeTip(since, to ?? 'HEAD', clone)
  const begin = from === undefined ? secondsOf(since, today, 'first') : undefined
  const end = until === undefined ? undefined : endOf(until, today)
  return {
    branch: tip.branch,
    range: {
      tip: tip.commit,
      ...(begin === undefined ? { not: await namedCommit(from ?? since, clone) } : { since: begin }),
      ...(end !== undefined && { until: end }),
    },
  }
}

/** A branch, or the one that merges go to: what the remote calls its own, or what is checked out. */
export async function branchTip(
  branch: string | undefined,
  clone: Pick<GitClone, 'commit' | 'history'>,
): Promise<{ readonly branch: string; readonly commit: string }> {
  if (branch === undefined) return usualTip(clone)
  const commit = await clone.commit(branch)
  if (commit !== undefined) return { branch, commit }
  throw new UserError(`--branch ${branch} is no branch, tag or commit of this clone.`)
}

async function rangeTip(
  range: string,
  to: string,
  clone: Pick<GitClone, 'commit'>,
): Promise<{ readonly branch: string; readonly commit: string }> {
  const commit = await clone.commit(to)
  if (commit !== undefined) return { branch: to, commit }
  throw new UserError(`--since ${range}: ${to} is no branch, tag or commit of this clone.`)
}

async function usualTip(
  clone: Pick<GitClone, 'commit' | 'history'>,
): Promise<{ readonly branch: string; readonly commit: string }> {
  for (const ref of ['origin/HEAD', 'HEAD'] as const) {
    const commit = await clone.commit(ref)
    if (commit !== undefined) return { branch: await clone.history.nameOf(ref), commit }
  }
  throw new UserError('This clone has no commit yet.')
}

async function namedCommit(name: string, clone: Pick<GitClone, 'commit'>): Promise<string> {
  const commit = await clone.commit(name)
  if (commit !== undefined) return commit
  throw new UserError(
    `--since ${name} is neither a duration (90d, 12w, 6m, 1y), nor a day (2026-03-01), nor a commit here, nor a range (v1..main).`,
  )
}

function endOf(until: string, today: string): number {
  const end = secondsOf(until, today, 'last')
  if (end !== undefined) return end
  throw new UserError(`--until ${until} is neither a day (2026-03-31) nor a duration (30d).`)
}

/** In seconds since 1970; of a day its first or last one. */
function secondsOf(text: string, today: string, of: 'first' | 'last'): number | undefined {
  const [, count, unit] = /^(\d{1,5})([dwmy])$/.exec(text) ?? []
  const day = count === undefined ? writtenDay(text) : daysBefore(new Date(today), Number(count), unit ?? 'd')
  if (day === undefined) return undefined
  const isWholeDay = count !== undefined || text.length === 'YYYY-MM-DD'.length
  return Math.floor(day.getTime() / 1000) + (of === 'last' && isWholeDay ? 86_399 : 0)
}

function daysBefore(today: Date, count: number, unit: string): Date {
  const day = new Date(today)
  if (unit === 'y') day.setUTCFullYear(day.getUTCFullYear() - count)
  else if (unit === 'm') day.setUTCMonth(day.getUTCMonth() - count)
  else day.setUTCDate(day.getUTCDate() - count * (unit === 'w' ? 7 : 1))
  return day
}

/** A day of the calendar, with a time or without: 31 February is none. */
function writtenDay(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined
  const day = new Date(
    text.length === 'YYYY-MM-DD'.length || /Z|[+-]\d{2}:\d{2}$/.test(text) ? text : `${text}Z`,
  )
  const calendar = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const isThere = !Number.isNaN(day.getTime()) && calendar.toISOString().slice(0, 10) === text.slice(0, 10)
  return isThere ? day : undefined
}
