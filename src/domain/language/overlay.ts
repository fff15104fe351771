import { type Edge, nowhere } from './automaton.ts'

/** Where a range of code points leads in two automata at once. */
export interface Pair {
  readonly low: number
  readonly high: number
  readonly left: number
  readonly right: number
}

/** Lays two sorted edge lists over each other. Ranges that neither list has are left out. O(edges). */
export function overlay(left: readonly Edge[], right: readonly Edge[]): readonly Pair[] {
  const pairs: Pair[] = []
  let i = 0
  let j = 0
  let from = 0
  for (;;) {
    const a = left[i]
    const b = right[j]
    if (a === undefined && b === undefined) return pairs
    const aLow = a === undefined ? Number.POSITIVE_INFINITY : Math.max(a.low, from)
    const bLow = b === undefined ? Number.POSITIVE_INFINITY : Math.max(b.low, from)
    const low = Math.min(aLow, bLow)
    const inA = a !== undefined && aLow === low
    const inB = b !== undefined && bLow === low
    const high = Math.min(inA ? a.high : aLow - 1, inB ? b.high : bLow - 1)
    pairs.push({ low, high, left: inA ? a.to : nowhere, right: inB ? b.to : nowhere })
    from = high + 1
    if (inA && a.high === high) i++
    if (inB && b.high === high) j++
  }
}

/** Where a range of code points leads in a nondeterministic automaton: to each of these. */
export interface Fan {
  readonly low: number
  readonly high: number
  readonly to: readonly number[]
}

/**
 * Cuts overlapping edges into disjoint ranges, each with all the states it leads to, sorted by range.
 * O(edges log edges + size of the result).
 */
export function fanOut(edges: readonly Edge[]): readonly Fan[] {
  if (edges.length <= 1) return edges.map(({ low, high, to }) => ({ low, high, to: [to] }))
  const starts = edges.toSorted((a, b) => a.low - b.low)
  const ends = edges.toSorted((a, b) => a.high - b.high)
  const active = new Set<Edge>()
  const fans: Fan[] = []
  let i = 0
  let j = 0
  while (j < ends.length) {
    const low = active.size === 0 ? (starts[i]?.low ?? 0) : (fans.at(-1)?.high ?? 0) + 1
    for (let edge = starts[i]; edge !== undefined && edge.low === low; edge = starts[++i]) active.add(edge)
    const high = Math.min(ends[j]?.high ?? low, (starts[i]?.low ?? Number.POSITIVE_INFINITY) - 1)
    fans.push({ low, high, to: Array.from(active, (edge) => edge.to) })
    for (let edge = ends[j]; edge !== undefined && edge.high === high; edge = ends[++j]) active.delete(edge)
  }
  return fans
}
