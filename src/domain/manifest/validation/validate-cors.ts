import type { SourceRange } from '../../source/source-file.ts'
import { type Message, messagesAt, placeOf, textAt, textsAt } from '../decoding/fields.ts'
import { type Problem, refused } from '../decoding/problem.ts'
import { rangeOfElement } from '../decoding/written-as.ts'
import { excerpt } from '../excerpt.ts'
import { checkDuration } from './check-duration.ts'
import { goDuration } from './go-duration.ts'
import { corsHeaderProblem } from './header-names.ts'
import { checkRegex, type Validation } from './validation.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'])

/** `corsPolicy` (Istio `validateCORSPolicy`). */
export function validateCors(cors: Message | undefined, validation: Validation): readonly Problem[] {
  if (cors === undefined) return []
  return [
    ...messagesAt(cors, 'allowOrigins').flatMap((allowed) => validateOrigin(allowed, validation)),
    ...validateEach(cors, 'allowMethods', (method) =>
      methods.has(method) ? undefined : `\`${excerpt(method)}\` is no HTTP method that CORS can allow`,
    ),
    ...validateEach(cors, 'allowHeaders', corsHeaderProblem),
    ...validateEach(cors, 'exposeHeaders', corsHeaderProblem),
    ...validateMaxAge(cors),
  ]
}

function validateOrigin(allowed: Message, validation: Validation): readonly Problem[] {
  const [value] = ['exact', 'prefix', 'regex']
    .map((kind) => textAt(allowed, kind))
    .filter((text) => text !== '')
  if (value === undefined) return [refused('An allowed origin is empty', placeOf(allowed))]
  return textAt(allowed, 'regex') === '' ? [] : checkRegex(value, placeOf(allowed, 'regex'), validation)
}

function validateEach(
  cors: Message,
  field: string,
  problemOf: (text: string) => string | undefined,
): readonly Problem[] {
  const texts = textsAt(cors, field)
  return texts.flatMap((text, index) => {
    const problem = problemOf(text)
    const range: SourceRange | undefined = rangeOfElement(texts, index) ?? placeOf(cors, field)
    return problem === undefined ? [] : [refused(problem, range)]
  })
}

function validateMaxAge(cors: Message): readonly Problem[] {
  const maxAge = textAt(cors, 'maxAge')
  if (maxAge === '') return []
  const range = placeOf(cors, 'maxAge')
  const short = checkDuration('maxAge', maxAge, range)
  if (short.length > 0) return short
  const isWhole = (goDuration(maxAge) ?? 0n) % 1_000_000_000n === 0n
  return isWhole ? [] : [refused(`\`maxAge: ${maxAge}\` is finer than a second`, range)]
}
