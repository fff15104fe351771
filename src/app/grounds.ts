import { createHash } from 'node:crypto'
import { overrideReason } from '../domain/policy/consent/override.ts'
import type { Review } from '../domain/policy/consent/people.ts'

/** What a verdict rested on beside its head, as far as that can be listed for many pull requests at once. */
export interface Grounds {
  /** The base tip: CODEOWNERS and the configuration are read there. */
  readonly tip: string
  /** The key of the opinions; absent where nobody was asked for one. */
  readonly opinions?: string
}

/** What of an opinion a verdict may depend on. */
export type Opinion = Pick<Review, 'by' | 'state' | 'at' | 'body'>

/** 96 bits: nobody finds two sets of opinions of one key. */
const keyLength = 16

/** One key for what reviewers say, in whatever order; of a text that which sets a verdict aside counts alone. */
export function keyOfOpinions(opinions: readonly Opinion[]): string {
  const lines = opinions.map(({ by, state, at, body }) =>
    JSON.stringify([by.login.toLowerCase(), state, Date.parse(at), overrideReason(body) ?? '']),
  )
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url').slice(0, keyLength)
}
