import { charge, type Work } from '../language/string-set.ts'
import {
  areAmong,
  areEqual,
  intersectValues,
  isImpossible,
  keyOfValues,
  subtractValues,
  type Values,
  valuesMeet,
  valuesOf,
} from '../language/values.ts'

/**
 * One conjunction: the dimensions that are constrained, each with the values it allows. Names: `path`, `method`,
 * `authority`, `scheme`, `port`, `header:NAME` (lower case), `query:NAME`, `label:NAME`, `namespace`, `opaque:TEXT`.
 * A dimension that is not there is free. None is ever impossible: an empty conjunction is no box.
 */
export type Box = ReadonlyMap<string, Values>

/** All values that a dimension can take at all; `outside` works relative to it. */
export type Universe = (dimension: string) => Values

/** Where boxes are worked with: what their dimensions range over, and what that may still cost. */
export interface Space {
  readonly universe: Universe
  readonly work: Work
}

/** The box without any condition. */
export const everyRequest: Box = new Map()

/** The requests in both boxes, if there are any. */
export function intersectBoxes(a: Box, b: Box, work: Work): Box | undefined {
  charge(work, a.size)
  const both = new Map(a)
  for (const [dimension, values] of b) {
    const own = a.get(dimension)
    const common = own === undefined ? values : intersectValues(own, values, work)
    if (isImpossible(common)) return undefined
    both.set(dimension, common)
  }
  return both
}

/** Whether some request is in both boxes. */
export function boxesMeet(a: Box, b: Box, work: Work): boolean {
  charge(work, a.size)
  return [...b].every(([dimension, values]) => {
    const own = a.get(dimension)
    return own === undefined || valuesMeet(own, values, work)
  })
}

/** Whether some request of a box is one that there can be. */
export function mayOccur(box: Box, { universe, work }: Space): boolean {
  return [...box].every(([dimension, values]) => valuesMeet(values, universe(dimension), work))
}

/** The requests of `a` that are not in `b`, as boxes that do not overlap: at most one for each dimension of `b`. */
export function subtractBox(a: Box, b: Box, { universe, work }: Space): readonly Box[] {
  if (!boxesMeet(a, b, work)) return [a]
  const rest: Box[] = []
  const inside = new Map(a)
  let further = b.size
  for (const [dimension, values] of b) {
    const own = a.get(dimension) ?? universe(dimension)
    const outside = subtractValues(own, values, work)
    if (!isImpossible(outside)) rest.push(new Map(inside).set(dimension, outside))
    further -= 1
    if (further > 0) inside.set(dimension, intersectValues(own, values, work))
  }
  return rest
}

/** Whether every request of `inner` is in `outer`. */
export function isWithin(inner: Box, outer: Box, { universe, work }: Space): boolean {
  return [...outer].every(([dimension, values]) =>
    areAmong(inner.get(dimension) ?? universe(dimension), values, work),
  )
}

/**
 * The same requests where not all values of a dimension occur: what allows everything there is left out, and what allows
 * nothing there is no box.
 */
export function withinUniverse(box: Box, { universe, work }: Space): Box | undefined {
  const inside = new Map(box)
  for (const [dimension, values] of box) {
    const all = universe(dimension)
    const possible = valuesOf(all, values, work)
    if (isImpossible(possible)) return undefined
    if (areEqual(possible, all)) inside.delete(dimension)
    else inside.set(dimension, possible)
  }
  return inside
}

/** Equal boxes have equal keys. */
export function keyOfBox(box: Box): string {
  return [...box]
    .map(([dimension, values]) => `${dimension}\n${keyOfValues(values)}`)
    .toSorted()
    .join('\n\n')
}
