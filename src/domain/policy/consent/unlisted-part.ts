import { budgets } from '../../budgets.ts'
import type { RouteChange } from '../../diff/route-change.ts'
import { type Item, trieCover } from '../../language/naming/trie-cover.ts'
import { BudgetExceeded, exactly, type StringSet, startingWith, workOf } from '../../language/string-set.ts'
import { intersectValues, isImpossible, subtractValues, type Values } from '../../language/values.ts'
import type { Box } from '../../match/box.ts'
import { universeOf } from '../../match/dimensions.ts'
import type { RequestSet } from '../../match/request-set.ts'

/** The requests of a change in two parts. */
interface Parting {
  readonly one: RequestSet
  readonly other: RequestSet
}

/**
 * Which requests of a change had not been listed, where the rest had: `/logbook` of `/logbook` and `/logs*`. A listing is kept as a
 * digest, so that parts are tried: each path by itself, and all but it. Undefined where that does not tell, or is too much to try.
 */
export function unlistedPart(
  { requests }: RouteChange,
  isListed: (requests: RequestSet) => boolean,
): RequestSet | undefined {
  try {
    for (const { one, other } of partings(requests)) {
      if (isListed(other)) return one
      if (isListed(one)) return other
    }
    return undefined
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined
    throw error
  }
}

/** Each of the few paths that a set is written with, and all the others. */
function partings(requests: RequestSet): readonly Parting[] {
  const { boxes, universe = universeOf } = requests
  const [box, ...more] = boxes
  const paths = box?.get('path')
  if (box === undefined || paths === undefined || more.length > 0) return []
  const work = workOf('sayingSet')
  const all = universe('path')
  const occurring = intersectValues(paths, all, work)
  const listing = trieCover(occurring.present, all.present, work).members
  const most = budgets.spelledPaths.size
  if (listing.cost > most) return []
  const withPaths = (values: Values): RequestSet => ({
    ...requests,
    boxes: [new Map(box).set('path', values) satisfies Box],
  })
  return listing.list(most).items.flatMap((item) => {
    const alone = { present: setOf(item), mayBeAbsent: false }
    const one = intersectValues(paths, alone, work)
    const other = subtractValues(paths, alone, work)
    return isImpossible(other) ? [] : [{ one: withPaths(one), other: withPaths(other) }]
  })
}

function setOf({ kind, text }: Item): StringSet {
  return kind === 'exact' ? exactly(text) : startingWith(text)
}
