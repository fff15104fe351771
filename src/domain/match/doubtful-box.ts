import { type Doubt, doubt } from '../doubt.ts'
import { BudgetExceeded } from '../language/string-set.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { rangeOf } from '../source/located.ts'
import { type Box, type Space, withinUniverse } from './box.ts'
import { isTrue } from './dimensions.ts'

/** Doubts by the dimension (`opaque:...`) that stands for what is not looked into. */
export type Doubts = ReadonlyMap<string, Doubt>

/** No doubt at all. */
export const noDoubts: Doubts = new Map()

/** A box, and why some of its dimensions are not looked into. */
export interface DoubtfulBox {
  readonly rest: Box
  readonly doubts: Doubts
}

/** A match that is over the budget: a condition that is not looked into. Any other error is thrown again. */
export function opaqueMatch(match: HTTPMatchRequest | undefined, error: unknown): DoubtfulBox {
  if (!(error instanceof BudgetExceeded)) throw error
  const dimension = `opaque:match ${canonicalJson(match ?? {})}`
  const why = doubt({ code: 'too-much-to-compare', budget: error.budget }, match && rangeOf(match))
  return { rest: new Map([[dimension, isTrue]]), doubts: new Map([[dimension, why]]) }
}

/** What a match asks of the requests that can come at all (`withinUniverse`); over the budget it is not looked into. */
export function askedWithin(
  match: HTTPMatchRequest | undefined,
  asks: DoubtfulBox,
  space: Space,
): DoubtfulBox | undefined {
  try {
    const rest = withinUniverse(asks.rest, space)
    return rest && { rest, doubts: asks.doubts }
  } catch (error) {
    return opaqueMatch(match, error)
  }
}
