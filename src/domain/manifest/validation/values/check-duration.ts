import type { SourceRange } from '../../../source/source-file.ts'
import { isUnknown } from '../../placeholders/placeholders.ts'
import { type Problem, refused } from '../problem.ts'
import { goDuration } from './go-duration.ts'

const millisecond = 1_000_000n

/** At least a millisecond, and whole ones (Istio `ValidateDuration`). An absent duration is fine. */
export function checkDuration(
  field: string,
  duration: unknown,
  range: SourceRange | undefined,
): readonly Problem[] {
  if (typeof duration !== 'string' || isUnknown(duration)) return []
  const nanoseconds = goDuration(duration) ?? 0n
  if (nanoseconds < millisecond) return [refused('duration-short', range, field, duration)]
  if (nanoseconds % millisecond !== 0n) return [refused('duration-fine', range, field, duration)]
  return []
}
