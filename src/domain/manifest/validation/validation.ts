import { regexProblem } from '../../language/regex.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { guessed } from '../../words/told.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import type { IstioVersion } from '../istio-version.ts'
import { isUnknownValue, type Unknown } from '../placeholders.ts'

/** What a verdict depends on besides the object. */
export interface Validation {
  readonly version: IstioVersion
}

/** The checks that several fields share; each gives no problem or one. */
export function checkPort(port: number | Unknown, range: SourceRange | undefined): readonly Problem[] {
  if (typeof port === 'string') return []
  if (port >= 1 && port <= 65_535) return []
  return [refused(`The port ${port} is not within 1 to 65535`, range)]
}

/** RE2 syntax and, since 1.13, at most 1024 characters (Istio `validateStringRegexp`). */
export function checkRegex(
  pattern: string,
  range: SourceRange | undefined,
  { version }: Validation,
): readonly Problem[] {
  if (isUnknownValue(pattern)) return []
  if (pattern === '') return [refused('An empty regex matches nothing that Istio takes', range)]
  const limited = version.major > 1 || version.minor >= 13
  if (limited && new TextEncoder().encode(pattern).length > 1024)
    return [refused('The regex is longer than 1024 characters', range)]
  const problem = regexProblem(pattern)
  if (problem === undefined) return []
  const advice = 'Istio takes RE2 syntax: no look-around, no back references'
  return [refused(`The regex is not RE2: ${problem}`, range, { todo: guessed(advice) })]
}
