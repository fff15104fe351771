import { type Json, objectAt } from '../state/json.ts'

/** A place where GitHub's description contradicts what GitHub sends, and what is checked there instead. */
export interface Correction {
  readonly place: readonly string[]
  readonly becomes: (described: Json) => Json
  readonly reason: string
}

const nullable = (described: Json): Json => ({ anyOf: [described, { type: 'null' }] })

const pullRequests = ['pull-request', 'pull-request-simple'].flatMap((schema) => [
  {
    place: ['schemas', schema, 'properties', 'head', 'properties', 'repo'],
    becomes: nullable,
    reason: 'the head repository is null once the fork was deleted; only the webhook schema says so',
  },
  {
    place: ['schemas', schema, 'properties', 'head', 'properties', 'user'],
    becomes: nullable,
    reason: 'the head user is null once the account was deleted; only the webhook schema says so',
  },
])

const comments = ['line', 'position', 'original_line', 'original_position'].map((property) => ({
  place: ['schemas', 'pull-request-review-comment', 'properties', property],
  becomes: nullable,
  reason:
    'an outdated comment has no line on the head, one on a whole file has none at all; only start_line is declared nullable',
}))

/** Every known contradiction, with its reason. */
export const corrections: readonly Correction[] = [
  ...pullRequests,
  ...comments,
  {
    place: ['operations', 'GET /app/installations', 'responses', '200', 'items'],
    becomes: () => ({ $ref: '#/schemas/installation' }),
    reason:
      'the list writes the account as a user and an enterprise at once (allOf); the single installation says anyOf',
  },
]

function changeAt(json: Json, [step = '', ...rest]: readonly string[], change: Correction['becomes']): Json {
  const before = objectAt(json, step)
  return { ...json, [step]: rest.length === 0 ? change(before) : changeAt(before, rest, change) }
}

/** The description with every correction applied. */
export function correctedDescription<T>(description: T): T {
  let result = description as Json
  for (const { place, becomes } of corrections) result = changeAt(result, place, becomes)
  return result as T
}
