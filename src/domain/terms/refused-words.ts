import type { Refusal } from '../access/refusal.ts'
import { identityOf } from '../manifest/names.ts'
import { memoized } from '../source/memoized.ts'
import { type Phrase, say } from '../words/phrase.ts'
import { fewNames } from './few-names.ts'

/** `refused by AuthorizationPolicy n/a`, or `allowed by no AuthorizationPolicy`: why requests get 403. */
export function refusedWords({ reason, by }: Pick<Refusal, 'reason' | 'by'>): Phrase {
  const names = namesOf(by)
  return reason === 'denied'
    ? say`refused by AuthorizationPolicy ${names}`
    : say`not allowed by AuthorizationPolicy ${names}`
}

/** Policies without number may allow nothing of the requests of hosts without number. */
const namesOf = memoized((by: Refusal['by']): Phrase => fewNames(by.map(identityOf)))
