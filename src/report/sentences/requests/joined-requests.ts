import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { BudgetExceeded, workOf } from '../../../domain/language/string-set.ts'
import { withinUniverse } from '../../../domain/match/box.ts'
import { universeOf } from '../../../domain/match/dimensions.ts'
import { type RequestSet, simplifyRequests } from '../../../domain/match/request-set.ts'

/**
 * The requests of changes that are told alike, those of one place as one set: what lies around `/address/7` and `/address/7` itself
 * are `/address*` again. Over the budget each change keeps its own.
 */
export function joinedRequests(changes: readonly RouteChange[]): readonly RequestSet[] {
  if (changes.length < 2) return changes.map(({ requests }) => requests)
  try {
    return [joined(changes.map(({ requests }) => requests))]
  } catch (error) {
    if (error instanceof BudgetExceeded) return changes.map(({ requests }) => requests)
    throw error
  }
}

function joined(sets: readonly RequestSet[]): RequestSet {
  const [universe] = sets.flatMap((each) => each.universe ?? [])
  const space = { universe: universe ?? universeOf, work: workOf('sayingJoined') }
  const patterns = [...new Set(sets.flatMap((each) => each.patterns ?? []))]
  const occurring = sets.flatMap((set) => set.boxes.flatMap((box) => withinUniverse(box, space) ?? []))
  const { boxes } = simplifyRequests({ boxes: occurring }, space)
  return { boxes, ...(patterns.length > 0 && { patterns }), ...(universe && { universe }) }
}
