import { budgets } from '../budgets.ts'
import { exceeded } from '../language/budget-exceeded.ts'
import { areEqual, uniteValues } from '../language/values.ts'
import type { Work } from '../language/work.ts'
import { compareTexts } from '../source/compare-texts.ts'
import {
  type Box,
  everyRequest,
  intersectBoxes,
  keyOfBox,
  type Space,
  subtractBox,
  type Universe,
} from './box.ts'

/** A set of requests: a union of boxes that do not overlap. */
export interface RequestSet {
  readonly boxes: readonly Box[]
  /** Regular expressions of the routes concerned: names that may help to say which paths these are. */
  readonly patterns?: readonly string[]
  /** What the dimensions range over for this host, where that is less than everything. */
  readonly universe?: Universe
}

/** The empty set. */
export const noRequests: RequestSet = { boxes: [] }

/** The requests in both sets. */
export function intersectRequests(a: RequestSet, b: RequestSet, work: Work): RequestSet {
  return bounded(
    a.boxes.flatMap((left) => b.boxes.flatMap((right) => intersectBoxes(left, right, work) ?? [])),
  )
}

/** The requests of `a` that are not in `b`. */
export function subtractRequests(a: RequestSet, b: RequestSet, space: Space): RequestSet {
  let boxes = a.boxes
  for (const box of b.boxes) {
    boxes = bounded(boxes.flatMap((each) => subtractBox(each, box, space))).boxes
    if (boxes.length === 0) break
  }
  return { boxes }
}

/** The requests in either set. */
export function uniteRequests(a: RequestSet, b: RequestSet, space: Space): RequestSet {
  return bounded([...a.boxes, ...subtractRequests(b, a, space).boxes])
}

function bounded(boxes: readonly Box[]): RequestSet {
  if (boxes.length > budgets.requestBoxes.size) throw exceeded('requestBoxes')
  return { boxes }
}

/**
 * The same set in as few boxes as merging neighbours gives: boxes that differ in one dimension become one, and a
 * dimension that allows everything is left out. Deterministic, whatever the order of the boxes.
 */
export function simplifyRequests(set: RequestSet, space: Space): RequestSet {
  const { universe } = space
  let boxes: readonly Box[] = set.boxes.map((box) => withoutFree(box, universe))
  for (let before = -1; before !== boxes.length; ) {
    before = boxes.length
    for (const dimension of dimensionsOf(boxes)) boxes = mergeAlong(boxes, dimension, space)
  }
  return { boxes: boxes.toSorted((a, b) => compareTexts(keyOfBox(a), keyOfBox(b))) }
}

function dimensionsOf(boxes: readonly Box[]): readonly string[] {
  return [...new Set(boxes.flatMap((box) => [...box.keys()]))].toSorted()
}

function mergeAlong(boxes: readonly Box[], dimension: string, { universe, work }: Space): readonly Box[] {
  const alike = Map.groupBy(boxes, (box) => keyOfBox(without(box, dimension)))
  return [...alike.values()].map((group) => {
    const [first = everyRequest] = group
    if (group.length === 1) return first
    const all = group.map((box) => box.get(dimension) ?? universe(dimension))
    return withoutFree(new Map(first).set(dimension, uniteValues(all, work)), universe)
  })
}

function without(box: Box, dimension: string): Box {
  const rest = new Map(box)
  rest.delete(dimension)
  return rest
}

function withoutFree(box: Box, universe: Universe): Box {
  const bound = [...box].filter(([dimension, values]) => !areEqual(values, universe(dimension)))
  return bound.length === box.size ? box : new Map(bound)
}
