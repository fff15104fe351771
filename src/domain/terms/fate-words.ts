import { type EffectiveRoute, isCatchAll, supplierOf } from '../routing/route-table.ts'
import { distinct, fewOf } from '../words/few-of.ts'
import { listed, type Phrase, say, words } from '../words/phrase.ts'
import { nameOf } from './code.ts'

/** What a request gets, as far as people care: which VirtualService answers, or none at a gateway or in the mesh. */
export interface Fate {
  readonly gateway: string
  readonly route?: EffectiveRoute
}

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
  const unanswered = fates.filter(({ route }) => route === undefined)
  const suppliers = fates.flatMap(({ route }) => (route ? [supplierWords(route)] : []))
  return listed(
    [
      ...distinct(unanswered.map(({ gateway }) => unansweredWords(gateway))),
      ...(suppliers.length === 0 ? [] : [answered[follows](fewOf(suppliers, 3, 'or'))]),
    ],
    'or',
  )
}

/** What becomes of a request that no route answers, at a gateway or in the mesh: follows "would". */
export function unansweredWords(gateway: string): Phrase {
  return gateway === 'mesh' ? words('go to the service itself') : words('return 404')
}

function supplierWords(route: EffectiveRoute): Phrase {
  const name = nameOf(supplierOf(route))
  return isCatchAll(route.match) && route.from.secondary !== undefined ? say`${name}'s catch-all` : name
}
