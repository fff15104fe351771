/** The last Unicode code point. Strings are read code point by code point; a lone surrogate counts as one. */
export const maxCodePoint = 0x10ffff

/** Every code point from `low` to `high` leads to the state `to`. */
export interface Edge {
  readonly low: number
  readonly high: number
  readonly to: number
}

/** One state of a deterministic automaton. Edges are sorted and disjoint; a code point without an edge is refused for good. */
export interface State {
  readonly accepting: boolean
  readonly edges: readonly Edge[]
}

/** The number that stands for "no state": nothing is accepted from there. */
export const nowhere = -1

const deadState: State = { accepting: false, edges: [] }

/** The state with this number; `nowhere` is a state that accepts nothing. */
export function stateAt(states: readonly State[], number: number): State {
  return (number < 0 ? undefined : states[number]) ?? deadState
}

/** Where `codePoint` leads from `state`, or `nowhere`. O(log edges). */
export function follow(state: State, codePoint: number): number {
  let low = 0
  let high = state.edges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const edge = state.edges[middle]
    if (edge === undefined || codePoint < edge.low) high = middle - 1
    else if (codePoint > edge.high) low = middle + 1
    else return edge.to
  }
  return nowhere
}

/** The state that accepts every string from here on: one loop over all code points. */
export function isUniversal(state: State, number: number): boolean {
  const [edge] = state.edges
  return state.accepting && edge?.low === 0 && edge.high === maxCodePoint && edge.to === number
}

/** Adds an edge to a sorted list, widening the last one where it continues it. */
export function appendEdge(edges: Edge[], edge: Edge): void {
  const last = edges.at(-1)
  if (last !== undefined && last.to === edge.to && last.high + 1 === edge.low) {
    edges[edges.length - 1] = { low: last.low, high: edge.high, to: edge.to }
  } else edges.push(edge)
}
