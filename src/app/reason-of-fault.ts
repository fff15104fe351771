import { JudgingLimit } from './judging-limit.ts'

/** Why an evaluation failed, for people who cannot read our log; an error's own words may hold what they must not see. */
export function reasonOfFault(error: unknown): string {
  if (error instanceof JudgingLimit) return error.message
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status === 'number'
    ? `GitHub answered ${status}`
    : 'Firebreak met an error, which its log tells'
}

/** What went beyond a limit once would do so again. */
export function isWorthAnotherTry(error: unknown): boolean {
  return !(error instanceof JudgingLimit)
}
