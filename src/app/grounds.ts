import { createHash } from 'node:crypto'
import { overrideReason } from '../domain/policy/consent/override.ts'
import type { Review } from '../domain/policy/consent/people.ts'
import type { DefaultConfiguration } from './default-configuration.ts'
import { linesOfAnswers, type PeopleAnswers, type PeopleAsked, type PeopleGrounds } from './people-asked.ts'

/** What a verdict rested on beside its head, as far as that can be listed for many pull requests at once. */
export interface Grounds {
  /** The base tip: CODEOWNERS and the configuration are read there. */
  readonly tip: string
  /** The key of the opinions; absent where nobody was asked for one. */
  readonly opinions?: string
  /** The key of the default configuration, or of there being none; absent where the repository has its own. */
  readonly defaults?: string
  /** Who speaks for whom, and may write; absent where nobody was asked about, or where that is not known any more. */
  readonly people?: PeopleGrounds
}

/** What of an opinion a verdict may depend on. */
export type Opinion = Pick<Review, 'by' | 'state' | 'at' | 'body'>

/** 96 bits: nobody finds two texts of one key. */
const keyLength = 16

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, keyLength)
}

/** One key for what reviewers say, in whatever order; of a text that which sets a verdict aside counts alone. */
export function keyOfOpinions(opinions: readonly Opinion[]): string {
  const lines = opinions.map(({ by, state, at, body }) =>
    JSON.stringify([by.login.toLowerCase(), state, Date.parse(at), overrideReason(body) ?? '']),
  )
  return keyOf(lines.sort().join('\n'))
}

/** One key for what the forge says of people. */
export function keyOfPeople(asked: PeopleAsked, answers: PeopleAnswers): string {
  return keyOf(linesOfAnswers(asked, answers).join('\n'))
}

/** One key for what applies where a repository has no configuration. */
export function keyOfDefaults(defaults: DefaultConfiguration): string {
  if (defaults.kind !== 'file') return keyOf(JSON.stringify(defaults))
  const { path, text } = defaults.file
  return keyOf(JSON.stringify([path, text]))
}
