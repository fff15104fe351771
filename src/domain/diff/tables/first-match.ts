import { budgets } from '../../budgets.ts'
import { exceeded } from '../../language/string-set.ts'
import { type Box, intersectBoxes, type Space, subtractBox } from '../../match/box.ts'
import type { EffectiveRoute } from '../../routing/route-table.ts'

/**
 * A route of one side as the comparison sees it: what it asks for beside the path at hand, and what it then does. Without a route it takes
 * requests and answers none of them.
 */
export interface Candidate {
  readonly route?: EffectiveRoute
  readonly asks: Box
  /** Equal for candidates that ask for the same and end the same. */
  readonly id: string
}

/** Whether something takes requests on each side, be it without a route for them. */
export interface Taken {
  readonly before: boolean
  readonly after: boolean
}

/** Requests that the two sides treat differently, all alike. */
export interface Difference {
  readonly box: Box
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  readonly taken: Taken
  /** Equal for differences of which each side ends alike, with a route or without. */
  readonly ends: string
}

interface FirstMatchContext extends Space {
  /** The servers take requests in on other terms: every request that has a route may end differently. */
  readonly newTerms: boolean
}

/**
 * The requests of `region` whose first match has another outcome in `after` than in `before`. Only requests that match
 * a candidate outside the common beginning and the common end of the two lists can: each of those is followed through
 * both lists. O(differing candidates x candidates), not quadratic in what is unchanged.
 */
export function differences(
  region: Box,
  before: readonly Candidate[],
  after: readonly Candidate[],
  context: FirstMatchContext,
): readonly Difference[] {
  const { newTerms, work } = context
  const found: Difference[] = []
  const followed: Candidate[] = []
  for (const candidate of newTerms ? [...before, ...after] : differing(before, after)) {
    const start = intersectBoxes(region, candidate.asks, work)
    const boxes = start === undefined ? [] : subtractAll([start], followed, context)
    followed.push(candidate)
    for (const first of partition(boxes, before, context)) {
      for (const second of partition(first.boxes, after, context)) {
        if (!newTerms && endOf(first) === endOf(second)) continue
        for (const box of second.boxes) found.push(differenceOf(box, first, second))
      }
    }
  }
  return found
}

function differenceOf(box: Box, first: Part, second: Part): Difference {
  const [before, after] = [first.route, second.route]
  const ends = `${endOf(first)}\n${endOf(second)}`
  const taken = { before: first.isTaken === true, after: second.isTaken === true }
  return { box, ...(before && { before }), ...(after && { after }), taken, ends }
}

/** How requests end: by what a route does, taken without one, or taken by nobody. */
function endOf({ route, isTaken }: Part): string {
  return route?.outcome.key ?? (isTaken ? 'taken' : '')
}

/** The candidates between the common beginning and the common end of the two lists. */
function differing(before: readonly Candidate[], after: readonly Candidate[]): readonly Candidate[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start]?.id === after[start]?.id) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end)?.id === after.at(-1 - end)?.id) end++
  return [...before.slice(start, before.length - end), ...after.slice(start, after.length - end)]
}

interface Part {
  readonly boxes: readonly Box[]
  readonly route?: EffectiveRoute
  readonly isTaken?: true
}

/** Divides the boxes by the first candidate that takes them; what none takes comes last, without a route. */
export function partition(
  boxes: readonly Box[],
  candidates: readonly Candidate[],
  space: Space,
): readonly Part[] {
  const parts: Part[] = []
  let rest = boxes
  for (const { asks, route } of candidates) {
    if (rest.length === 0) return parts
    const taken = rest.flatMap((box) => intersectBoxes(box, asks, space.work) ?? [])
    if (taken.length === 0) continue
    parts.push({ boxes: taken, ...(route && { route }), isTaken: true })
    rest = bounded(rest.flatMap((box) => subtractBox(box, asks, space)))
  }
  return rest.length === 0 ? parts : [...parts, { boxes: rest }]
}

function subtractAll(boxes: readonly Box[], taken: readonly Candidate[], space: Space): readonly Box[] {
  let rest = boxes
  for (const { asks } of taken) {
    if (rest.length === 0) break
    rest = bounded(rest.flatMap((box) => subtractBox(box, asks, space)))
  }
  return rest
}

function bounded(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length > budgets.followedBoxes.size) throw exceeded('followedBoxes')
  return boxes
}
