import { regexProblem } from '../../language/regex.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { features } from '../istio-features.ts'
import type { IstioVersion } from '../istio-version.ts'
import { isUnknownValue, type Unknown } from '../placeholders/placeholders.ts'
import { type Problem, refused } from './problem.ts'

/** What a verdict depends on besides the object. */
export interface Validation {
  readonly version: IstioVersion
}

/** The checks that several fields share; each gives no problem or one. */
export function checkPort(port: number | Unknown, range: SourceRange | undefined): readonly Problem[] {
  if (typeof port === 'string') return []
  if (port >= 1 && port <= 65_535) return []
  return [refused('port', range, port)]
}

/** RE2 syntax and, since 1.13, at most 1024 characters (Istio `validateStringRegexp`). */
export function checkRegex(
  pattern: string,
  range: SourceRange | undefined,
  { version }: Validation,
): readonly Problem[] {
  if (isUnknownValue(pattern)) return []
  if (pattern === '') return [refused('regex-empty', range)]
  if (features(version).regexIsLimited && new TextEncoder().encode(pattern).length > 1024)
    return [refused('regex-long', range)]
  if (regexProblem(pattern) === undefined) return []
  return [refused('regex', range, pattern)]
}
