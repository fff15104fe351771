import type { Unanswered } from '../diff/unanswered.ts'
import { type EffectiveRoute, isCatchAll, supplierOf } from '../routing/route-table.ts'
import { distinct, fewOf } from '../words/few-of.ts'
import { listed, type Phrase, say, words } from '../words/phrase.ts'
import { nameOf } from './code.ts'

/** What a request gets, as far as people care: which VirtualService answers, or what becomes of it without any. */
export type Fate = EffectiveRoute | Unanswered

/** What comes before who answers, after "would" and after "these". */
const answered = {
  would: (by: Phrase) => say`be answered by ${by}`,
  these: (by: Phrase) => say`are answered by ${by}`,
} as const

/**
 * "return 404", "be answered by `vs-2`'s catch-all", "return 404 or be answered by `vs-2`", as it follows a word; none where
 * nothing is known.
 */
export function fateWords(
  fates: readonly Fate[],
  follows: keyof typeof answered = 'would',
): Phrase | undefined {
  if (fates.length === 0) return undefined
  const unanswered = fates.filter((fate) => typeof fate === 'string')
  const suppliers = fates.flatMap((fate) => (typeof fate === 'string' ? [] : [supplierWords(fate)]))
  return listed(
    [
      ...distinct(unanswered.map(unansweredWords)),
      ...(suppliers.length === 0 ? [] : [answered[follows](fewOf(suppliers, 3, 'or'))]),
    ],
    'or',
  )
}

/** What becomes of a request that no route answers: follows "would". */
export function unansweredWords(unanswered: Unanswered): Phrase {
  return words(become[unanswered])
}

const become: Readonly<Record<Unanswered, string>> = {
  'not-found': 'return 404',
  service: 'go to the service itself',
  either: 'return 404 or go to the service itself',
  denied: 'return 403',
}

function supplierWords(route: EffectiveRoute): Phrase {
  const name = nameOf(supplierOf(route))
  return isCatchAll(route.match) && route.from.secondary !== undefined ? say`${name}'s catch-all` : name
}
