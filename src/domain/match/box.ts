import { intersect, isEmpty, isSubset, keyOf, type StringSet, subtract } from '../language/string-set.ts'

/**
 * One conjunction: the dimensions that are constrained, each with the values it allows. Names: `path`, `method`,
 * `authority`, `scheme`, `port`, `header:NAME` (lower case), `query:NAME`, `label:NAME`, `namespace`, `opaque:TEXT`.
 * A dimension that is not there is free. No value is ever empty: an empty conjunction is no box.
 */
export type Box = ReadonlyMap<string, StringSet>

/** All values that a dimension can take at all; `outside` works relative to it. */
export type Universe = (dimension: string) => StringSet

/** The box without any condition. */
export const everyRequest: Box = new Map()

/** The requests in both boxes, if there are any. */
export function intersectBoxes(a: Box, b: Box): Box | undefined {
  const both = new Map(a)
  for (const [dimension, set] of b) {
    const own = a.get(dimension)
    const common = own === undefined ? set : intersect(own, set)
    if (isEmpty(common)) return undefined
    both.set(dimension, common)
  }
  return both
}

/** The requests of `a` that are not in `b`, as boxes that do not overlap: at most one for each dimension of `b`. */
export function subtractBox(a: Box, b: Box, universe: Universe): readonly Box[] {
  if (intersectBoxes(a, b) === undefined) return [a]
  const rest: Box[] = []
  const inside = new Map(a)
  for (const [dimension, set] of b) {
    const own = inside.get(dimension) ?? universe(dimension)
    const outside = subtract(own, set)
    if (!isEmpty(outside)) rest.push(new Map(inside).set(dimension, outside))
    inside.set(dimension, intersect(own, set))
  }
  return rest
}

/** Whether every request of `inner` is in `outer`. */
export function isWithin(inner: Box, outer: Box, universe: Universe): boolean {
  return [...outer].every(([dimension, set]) => isSubset(inner.get(dimension) ?? universe(dimension), set))
}

/**
 * The same requests where not all values of a dimension occur: what allows everything there is left out, and what allows
 * nothing there is no box.
 */
export function withinUniverse(box: Box, universe: Universe): Box | undefined {
  const inside = new Map(box)
  for (const [dimension, set] of box) {
    const all = universe(dimension)
    const possible = intersect(set, all)
    if (isEmpty(possible)) return undefined
    if (keyOf(possible) === keyOf(all)) inside.delete(dimension)
    else inside.set(dimension, possible)
  }
  return inside
}

/** Equal boxes have equal keys. */
export function keyOfBox(box: Box): string {
  return [...box]
    .map(([dimension, set]) => `${dimension}\n${keyOf(set)}`)
    .toSorted()
    .join('\n\n')
}
