import { enumerateWords } from '../language/enumerate-words.ts'
import { type EffectiveRoute, isCatchAll, supplierOf } from '../routing/route-table.ts'
import { nameOf } from './code.ts'

/** What a request gets, as far as people care: which VirtualService answers, or none at a gateway or in the mesh. */
export interface Fate {
  readonly gateway: string
  readonly route?: EffectiveRoute
}

function supplierWords(route: EffectiveRoute): string {
  const catchAll = isCatchAll(route.match) && route.from.secondary !== undefined ? "'s catch-all" : ''
  return `${nameOf(supplierOf(route))}${catchAll}`
}

/** "return 404", "be answered by `vs-2`'s catch-all", "return 404 or be answered by `vs-2`": follows "would". */
export function fateWords(fates: readonly Fate[]): string {
  const unanswered = fates.filter(({ route }) => route === undefined)
  const none = unanswered.map(({ gateway }) =>
    gateway === 'mesh' ? 'go to the service itself' : 'return 404',
  )
  const suppliers = [...new Set(fates.flatMap(({ route }) => (route ? [supplierWords(route)] : [])))]
  const shown = enumerateWords(suppliers.slice(0, 3), 'or', Math.max(0, suppliers.length - 3))
  return enumerateWords([...new Set(none), ...(shown === '' ? [] : [`be answered by ${shown}`])], 'or')
}
