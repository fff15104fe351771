import { escapeBeyondBytes, regexProblem, stepsInEnvoy } from '../../../language/regex.ts'
import { rangeOf } from '../../../source/located.ts'
import type { HTTPRoute } from '../../virtual-service.ts'
import { admitted, type Problem } from '../problem.ts'
import { textsOf } from './texts-of-match.ts'

/** Istio sets how long a program Envoy takes (`re2.max_program_size.error_level` of its bootstrap). */
const longestProgram = 32_768

/** The regular expressions of an entry that Istio admits and Envoy refuses, as in `refusedByEnvoy`. */
export function refusedPatterns({ match = [], rewrite, corsPolicy = {} }: HTTPRoute): readonly Problem[] {
  const texts = [...match.flatMap(textsOf).map(({ value }) => value), ...(corsPolicy.allowOrigins ?? [])]
  return [
    ...texts.flatMap((text) => refusedPattern(text.regex, rangeOf(text, 'regex'))),
    ...refusedPattern(rewrite?.uriRegexRewrite?.match, rangeOf(rewrite?.uriRegexRewrite ?? {}, 'match')),
  ]
}

function refusedPattern(pattern: string | undefined, range: Problem['range']): readonly Problem[] {
  if (pattern === undefined) return []
  const beyond = escapeBeyondBytes(pattern)
  if (beyond !== undefined) return [admitted('envoy-regex-escape', range, beyond)]
  return stepsInEnvoy(pattern) > longestProgram ? [admitted('envoy-regex-size', range)] : []
}

/** The expressions of an entry that RE2 cannot read. In VirtualServices Istio's webhook refuses them; nobody looks at other kinds. */
export function unreadablePatterns({ match = [] }: HTTPRoute, range: Problem['range']): readonly Problem[] {
  return match
    .flatMap(textsOf)
    .flatMap(({ value }) => value.regex ?? [])
    .filter((pattern) => regexProblem(pattern) !== undefined)
    .map((pattern) => admitted('envoy-regex-unreadable', range, pattern))
}
