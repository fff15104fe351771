import { JudgingLimit, JudgingNotBegun } from '../judging-limit.ts'
import { factOf, factWords } from '../missing-fact.ts'
import type { CheckRun, Publication, PullRequest } from '../ports.ts'
import { statusOf } from '../status-of.ts'
import { backOff } from './patience.ts'

/** A verdict of which not everything could be said. */
export interface Unsaid {
  readonly pull: PullRequest
  readonly run: CheckRun
  readonly publication: Publication
}

/** A job that could not be brought to its end, and what it lacks: a verdict, or only what was to be said of it. */
export type Undone = { readonly error: unknown } & (
  | { readonly lacks: 'verdict' }
  | { readonly lacks: 'words'; readonly unsaid: readonly Unsaid[] }
)

/** Everything that several parts of a job lack: without a verdict words are nothing. */
export function undoneOf(parts: readonly (Undone | undefined)[]): Undone | undefined {
  const undone = parts.filter((each) => each !== undefined)
  const unsaid = undone.flatMap((each) => (each.lacks === 'words' ? each.unsaid : []))
  const [first] = undone
  return undone.find(({ lacks }) => lacks === 'verdict') ?? (first && { ...first, lacks: 'words', unsaid })
}

/** Why an evaluation failed, for people who cannot read our log; an error's own words may hold what they must not see. */
export function reasonOfFault(error: unknown): string {
  if (error instanceof JudgingLimit || error instanceof JudgingNotBegun) return error.message
  const [status, fact] = [statusOf(error), factOf(error)]
  if (status === undefined) return 'Firebreak met an error, which its log tells'
  return fact === undefined
    ? `GitHub answered ${status}`
    : `GitHub answered ${status} when asked for ${factWords(fact)}`
}

/** What went beyond a limit once would do so again. */
export function isWorthAnotherTry(error: unknown): boolean {
  return !(error instanceof JudgingLimit)
}

/** Whether a verdict is kept from us by a fault that GitHub may end at any time; what is gone there, and our own errors, hardly change. */
export function isForGitHubToEnd(error: unknown): boolean {
  const status = statusOf(error)
  return status !== undefined && status !== 404 && status !== 410
}

/**
 * Milliseconds until something is asked for once more that was asked for `times` times again already; undefined where it is left to
 * people. A verdict that GitHub keeps from us is asked for as long as it takes.
 */
export function waitBefore({ error, lacks }: Undone, times: number): number | undefined {
  return backOff[times] ?? (lacks === 'verdict' && isForGitHubToEnd(error) ? backOff.at(-1) : undefined)
}
