import { JudgingLimit } from './judging-limit.ts'
import { statusOf } from './status-of.ts'

/** Why an evaluation failed, for people who cannot read our log; an error's own words may hold what they must not see. */
export function reasonOfFault(error: unknown): string {
  if (error instanceof JudgingLimit) return error.message
  const status = statusOf(error)
  return status === undefined ? 'Firebreak met an error, which its log tells' : `GitHub answered ${status}`
}

/** What went beyond a limit once would do so again. */
export function isWorthAnotherTry(error: unknown): boolean {
  return !(error instanceof JudgingLimit)
}
