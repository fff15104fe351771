import { budgets } from '../budgets.ts'
import { BudgetExceeded, type Work, workOf } from '../language/string-set.ts'
import { uniteValues } from '../language/values.ts'
import { type Box, isWithin, subtractBox } from '../match/box.ts'
import { type ConditionOptions, conditionsOf, type Reading } from '../match/conditions.ts'
import { universeOf } from '../match/dimensions.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { agreedWith, boxOf } from './agreed-requests.ts'
import { literalsMeet } from './candidates.ts'

/**
 * The requests that a delegate gives to its secondary and that no entry of it takes, without those that a narrower
 * entry of the same primary gives to somebody. Empty where everything is claimed, or the budget does not suffice.
 */
export function unclaimed(edge: DelegateEdge, options: ConditionOptions): readonly Box[] {
  try {
    const reading = { ...options, work: workOf('unclaimed') }
    const given = matchBoxes(edge.route.match, reading)
    const left = without(given, claimedBy(edge, reading), reading.work)
    return without(left, narrowerPromises(edge, given, reading), reading.work)
  } catch (error) {
    if (error instanceof BudgetExceeded) return []
    throw error
  }
}

function matchBoxes(matches: DelegateEdge['route']['match'], reading: Reading): readonly Box[] {
  return (matches === undefined || matches.length === 0 ? [undefined] : matches).flatMap(
    (match) => boxOf(match, reading) ?? [],
  )
}

/** What the entries that survive the merge take. */
function claimedBy({ route, secondary }: DelegateEdge, reading: Reading): readonly Box[] {
  const given = route.match ?? []
  const agreed = agreedWith(given, reading)
  return (secondary?.spec.http ?? []).flatMap((entry) => {
    const own = entry.match ?? []
    const dropped =
      given.length > 0 && own.some((inner) => given.every((outer) => conflictOf(outer, inner) !== undefined))
    return dropped ? [] : agreed(own)
  })
}

function narrowerPromises(
  { primary, entry, route }: DelegateEdge,
  given: readonly Box[],
  reading: Reading,
): readonly Box[] {
  const space = { universe: universeOf, work: reading.work }
  const own = (route.match ?? []).flatMap((match) => conditionsOf(match, reading)?.path ?? [])
  const others = (primary.spec.http ?? []).filter((_, index) => index !== entry)
  return others
    .flatMap(({ match = [] }) => match)
    .flatMap((match) => {
      const conditions = conditionsOf(match, reading)
      const near = own.length === 0 || own.some((path) => conditions && literalsMeet(path, conditions.path))
      return near ? (boxOf(match, reading) ?? []) : []
    })
    .filter((box) => given.some((each) => isWithin(box, each, space) && !isWithin(each, box, space)))
}

/** Boxes that ask for a path alone are taken away together, which keeps thousands of them cheap. */
function without(boxes: readonly Box[], taken: readonly Box[], work: Work): readonly Box[] {
  const plain = taken.filter((box) => box.size === 1 && box.has('path'))
  const paths = uniteValues(
    plain.flatMap((box) => box.get('path') ?? []),
    work,
  )
  const all: readonly Box[] = [
    ...(plain.length === 0 ? [] : [new Map([['path', paths]])]),
    ...taken.filter((box) => !plain.includes(box)),
  ]
  let rest = boxes
  for (const box of all) {
    rest = rest.flatMap((each) => subtractBox(each, box, { universe: universeOf, work }))
    if (rest.length > budgets.unclaimedBoxes.size) throw new BudgetExceeded('unclaimedBoxes')
  }
  return rest
}
