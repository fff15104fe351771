import { enumerateWords } from '../../language/enumerate-words.ts'
import { type EffectiveRoute, isCatchAll, supplierOf } from '../../routing/route-table.ts'
import { nameOf } from './code.ts'

/** What a request gets, as far as people care: which VirtualService answers, or none at a gateway or in the mesh. */
export interface Fate {
  readonly gateway: string
  readonly route?: EffectiveRoute
}

function words({ gateway, route }: Fate): string {
  if (route === undefined) return gateway === 'mesh' ? 'go to the service itself' : 'return 404'
  const catchAll = isCatchAll(route.match) && route.from.secondary !== undefined ? "'s catch-all" : ''
  return `be answered by ${nameOf(supplierOf(route))}${catchAll}`
}

/** "return 404", "be answered by `vs-2`'s catch-all", "return 404 or be answered by `vs-2`": follows "would". */
export function fateWords(fates: readonly Fate[]): string {
  const all = [...new Set(fates.map(words))]
  return all.length > 3 ? enumerateWords(all.slice(0, 2), 'or', all.length - 2) : enumerateWords(all, 'or')
}
