import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { ApiError, type ErrorDetail } from '../access/api-error.ts'
import type { Json } from '../state/json.ts'
import { correctedDescription } from './corrections.ts'
import type { Operation } from './operations.ts'

interface DescribedOperation {
  readonly documentation: string
  readonly path: Json
  readonly query: Json
  readonly body?: Json
  readonly responses: Readonly<Record<string, unknown>>
}

interface Description {
  readonly operations: Readonly<Record<Operation, DescribedOperation>>
  readonly schemas: Readonly<Record<string, Json>>
}

const description = correctedDescription(
  JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as Description,
)

// The extract is addressed by name, not compiled whole: an operation costs its own schemas, when first used.
// Each is used some dozens of times, so that to compile it is what costs: without shortcuts that is three times as fast.
const options = { strict: false, logger: false, code: { optimize: false }, inlineRefs: false } as const
const exact = formats.default(new Ajv(options))
const coercing = formats.default(new Ajv({ ...options, coerceTypes: true }))
for (const ajv of [exact, coercing]) ajv.addSchema({ $id: 'github', ...description })

const compiled = new Map<string, ValidateFunction>()

function pointer(...steps: readonly string[]): string {
  const escaped = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
  return `github#/operations/${escaped.join('/')}`
}

function validator(ajv: typeof exact, reference: string): ValidateFunction {
  const known = compiled.get(reference)
  if (known) return known
  const fresh = ajv.compile({ $ref: reference })
  compiled.set(reference, fresh)
  return fresh
}

function errorDetail(error: ErrorObject): ErrorDetail {
  const missing = error.keyword === 'required' ? `/${error.params['missingProperty']}` : ''
  const field = `${error.instancePath}${missing}`.slice(1).replaceAll('/', '.')
  const code = error.keyword === 'required' ? 'missing_field' : 'invalid'
  return { resource: 'Request', field, code, message: `${field} ${error.message ?? 'is invalid'}` }
}

function refuse(errors: readonly ErrorObject[]): never {
  throw new ApiError(422, 'Invalid request.', errors.map(errorDetail))
}

/** Where GitHub documents an operation. */
export function documentationOf(operation: Operation): string {
  return description.operations[operation].documentation
}

/** The query of a request, numbers as numbers; 422 where GitHub's description does not allow it. */
export function checkQuery(operation: Operation, query: Readonly<Record<string, string>>): Json {
  const coerced: Record<string, unknown> = { ...query }
  const validate = validator(coercing, pointer(operation, 'query'))
  if (!validate(coerced)) refuse(validate.errors ?? [])
  return coerced
}

/** Refuses with 422 a body that GitHub's description does not allow. */
export function checkBody(operation: Operation, body: Json): void {
  if (description.operations[operation].body === undefined) return
  const validate = validator(exact, pointer(operation, 'body'))
  if (!validate(body)) refuse(validate.errors ?? [])
}

/** What is wrong with a response of ours by GitHub's description; undefined when nothing is. */
export function responseFault(operation: Operation, status: number, body: unknown): string | undefined {
  const described = description.operations[operation].responses[status]
  if (described === undefined) return `${operation}: GitHub never answers ${status}`
  if (described === true || body === undefined) return undefined
  const validate = validator(exact, pointer(operation, 'responses', String(status)))
  if (validate(body)) return undefined
  const faults = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  return `${operation} ${status}: ${faults.join('; ')}`
}
