import { BudgetExceeded, within } from '../language/string-set.ts'
import { uniteValues } from '../language/values.ts'
import { type Box, isWithin, subtractBox } from '../match/box.ts'
import { type ConditionOptions, conditionsOf } from '../match/conditions.ts'
import { universeOf } from '../match/dimensions.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { agreedRequests, boxOf } from './agreed-requests.ts'
import { literalsMeet } from './candidates.ts'

const maxBoxes = 200

/** What one delegate may cost. */
const edgeWork = 500_000

/**
 * The requests that a delegate gives to its secondary and that no entry of it takes, without those that a narrower
 * entry of the same primary gives to somebody. Empty where everything is claimed, or the budget does not suffice.
 */
export function unclaimed(edge: DelegateEdge, options: ConditionOptions): readonly Box[] {
  try {
    return within({ left: edgeWork }, () => {
      const given = matchBoxes(edge.route.match, options)
      return without(without(given, claimedBy(edge, options)), narrowerPromises(edge, given, options))
    })
  } catch (error) {
    if (error instanceof BudgetExceeded) return []
    throw error
  }
}

function matchBoxes(matches: DelegateEdge['route']['match'], options: ConditionOptions): readonly Box[] {
  return (matches === undefined || matches.length === 0 ? [undefined] : matches).flatMap(
    (match) => boxOf(match, options) ?? [],
  )
}

/** What the entries that survive the merge take. */
function claimedBy({ route, secondary }: DelegateEdge, options: ConditionOptions): readonly Box[] {
  const given = route.match ?? []
  return (secondary?.spec.http ?? []).flatMap((entry) => {
    const own = entry.match ?? []
    const dropped =
      given.length > 0 && own.some((inner) => given.every((outer) => conflictOf(outer, inner) !== undefined))
    return dropped ? [] : agreedRequests(given, own, options)
  })
}

function narrowerPromises(
  { primary, entry, route }: DelegateEdge,
  given: readonly Box[],
  options: ConditionOptions,
): readonly Box[] {
  const own = (route.match ?? []).flatMap((match) => conditionsOf(match, options)?.path ?? [])
  const others = (primary.spec.http ?? []).filter((_, index) => index !== entry)
  return others
    .flatMap(({ match = [] }) => match)
    .flatMap((match) => {
      const conditions = conditionsOf(match, options)
      const near = own.length === 0 || own.some((path) => conditions && literalsMeet(path, conditions.path))
      return near ? (boxOf(match, options) ?? []) : []
    })
    .filter((box) =>
      given.some((each) => isWithin(box, each, universeOf) && !isWithin(each, box, universeOf)),
    )
}

/** Boxes that ask for a path alone are taken away together, which keeps thousands of them cheap. */
function without(boxes: readonly Box[], taken: readonly Box[]): readonly Box[] {
  const plain = taken.filter((box) => box.size === 1 && box.has('path'))
  const paths = uniteValues(plain.flatMap((box) => box.get('path') ?? []))
  const all: readonly Box[] = [
    ...(plain.length === 0 ? [] : [new Map([['path', paths]])]),
    ...taken.filter((box) => !plain.includes(box)),
  ]
  let rest = boxes
  for (const box of all) {
    rest = rest.flatMap((each) => subtractBox(each, box, universeOf))
    if (rest.length > maxBoxes) throw new BudgetExceeded(maxBoxes)
  }
  return rest
}
