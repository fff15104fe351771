import type { Mistake } from '../../../source/diagnostic.ts'
import { rangeOf } from '../../../source/located.ts'
import { rangeOfElement } from '../../decoding/written-as.ts'
import type { HTTPRoute, StringMatch } from '../../virtual-service.ts'
import { type Problem, refused, refusedFor } from '../problem.ts'
import { checkRegex, type Validation } from '../validation.ts'
import { type ValidationFaultCode, validationFault } from '../validation-fault.ts'
import { checkDuration } from '../values/check-duration.ts'
import { goDuration } from '../values/go-duration.ts'
import { corsHeaderProblem } from '../values/header-names.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'])

/** `corsPolicy` (Istio `validateCORSPolicy`). */
export function validateCors(cors: HTTPRoute['corsPolicy'], validation: Validation): readonly Problem[] {
  if (cors === undefined) return []
  return [
    ...(cors.allowOrigins ?? []).flatMap((allowed) => validateOrigin(allowed, validation)),
    ...validateEach(cors, 'allowMethods', (method) =>
      methods.has(method) ? undefined : validationFault('cors-method', [method]),
    ),
    ...validateEach(cors, 'allowHeaders', corsHeaderProblem),
    ...validateEach(cors, 'exposeHeaders', corsHeaderProblem),
    ...validateMaxAge(cors),
  ]
}

type Cors = NonNullable<HTTPRoute['corsPolicy']>

function validateOrigin(allowed: StringMatch, validation: Validation): readonly Problem[] {
  const value = allowed.exact || allowed.prefix || allowed.regex
  if (!value) return [refused('cors-origin', rangeOf(allowed))]
  return allowed.regex ? checkRegex(value, rangeOf(allowed, 'regex'), validation) : []
}

function validateEach(
  cors: Cors,
  field: 'allowMethods' | 'allowHeaders' | 'exposeHeaders',
  problemOf: (text: string) => Mistake<ValidationFaultCode> | undefined,
): readonly Problem[] {
  const texts = cors[field] ?? []
  return texts.flatMap((text, index) =>
    refusedFor(problemOf(text), rangeOfElement(texts, index) ?? rangeOf(cors, field)),
  )
}

function validateMaxAge(cors: Cors): readonly Problem[] {
  const { maxAge = '' } = cors
  if (maxAge === '') return []
  const range = rangeOf(cors, 'maxAge')
  const short = checkDuration('maxAge', maxAge, range)
  if (short.length > 0) return short
  const isWhole = (goDuration(maxAge) ?? 0n) % 1_000_000_000n === 0n
  return isWhole ? [] : [refused('duration-finer-than-second', range, 'maxAge', maxAge)]
}
