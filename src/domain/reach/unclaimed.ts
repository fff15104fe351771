import { budgets } from '../budgets.ts'
import { BudgetExceeded, charge, exceeded, unmetered, type Work, workOf } from '../language/string-set.ts'
import { uniteValues } from '../language/values.ts'
import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import { type Box, isWithin, mayOccur, subtractBox } from '../match/box.ts'
import {
  type ConditionOptions,
  conditionsOf,
  everyPath,
  type PathLiteral,
  type Reading,
} from '../match/conditions.ts'
import { arrivingUniverse, universeOf } from '../match/dimensions.ts'
import type { DelegateEdge } from '../routing/delegation-graph.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { memoized } from '../source/memoized.ts'
import { agreedWith, boxOf } from './agreed-requests.ts'
import { type CandidateIndex, indexCandidates } from './candidate-index.ts'

/**
 * The requests that a delegate gives to its secondary and that no entry of it takes, without those that a narrower
 * entry of the same primary gives to somebody. Empty where everything is claimed, or the budget does not suffice.
 */
export function unclaimed(edge: DelegateEdge, options: ConditionOptions): readonly Box[] {
  try {
    const reading = { ...options, work: workOf('unclaimed') }
    const given = matchBoxes(edge.route.match, reading)
    const left = without(given, claimedBy(edge, reading), reading.work)
    const promised = narrowerPromises(edge, given, promisesOf(options)(edge.primary), reading)
    const unnamed = without(left, promised, reading.work)
    const arriving = { universe: arrivingUniverse(options.pathNormalization), work: reading.work }
    return unnamed.filter((box) => mayOccur(box, arriving))
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

/** Of what other entries of the primary ask for, what is a part of what this one gives. */
function narrowerPromises(
  { entry, route }: DelegateEdge,
  given: readonly Box[],
  index: CandidateIndex<Promised>,
  reading: Reading,
): readonly Box[] {
  const space = { universe: universeOf, work: reading.work }
  const own = (route.match ?? []).flatMap((match) => conditionsOf(match, reading)?.path ?? [])
  return promisesNear(own.length === 0 ? [everyPath] : own, index, reading.work)
    .filter((promise) => promise.entry !== entry)
    .flatMap(({ match }) => boxOf(match, reading) ?? [])
    .filter((box) => given.some((each) => isWithin(box, each, space) && !isWithin(each, box, space)))
}

/** In the order in which they are written, each once. */
function promisesNear(
  paths: readonly PathLiteral[],
  index: CandidateIndex<Promised>,
  work: Work,
): readonly Promised[] {
  const near = new Set(paths.flatMap((path) => index.before(Number.POSITIVE_INFINITY, path)))
  charge(work, near.size)
  return [...near].sort((a, b) => a.rank - b.rank)
}

/** A match of a primary, and the entry that has it. */
interface Promised {
  readonly match: HTTPMatchRequest
  readonly entry: number
  readonly rank: number
  readonly path: PathLiteral
}

/** All that a primary asks for by literal: thousands of its delegates are not compared with each other. */
const promisesOf = memoized((options: ConditionOptions) =>
  memoized(({ spec }: VirtualService) => {
    const matches = (spec.http ?? []).flatMap(({ match = [] }, entry) =>
      match.map((each) => ({ match: each, entry })),
    )
    const promised = matches.flatMap((each, rank): readonly Promised[] => {
      const conditions = conditionsOf(each.match, { ...options, work: unmetered })
      return conditions === undefined ? [] : [{ ...each, rank, path: conditions.path }]
    })
    return indexCandidates(promised)
  }),
)

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
    if (rest.length > budgets.unclaimedBoxes.size) throw exceeded('unclaimedBoxes')
  }
  return rest
}
