import { appendEdge, type Edge, type State, stateAt } from './automaton.ts'
import { equivalence } from './equivalence.ts'
import type { Work } from './work.ts'

/** The states from which something is accepted. */
function live(states: readonly State[]): Uint8Array {
  const sources: number[][] = states.map(() => [])
  const found: number[] = []
  const isLive = new Uint8Array(states.length)
  states.forEach((state, number) => {
    for (const edge of state.edges) sources[edge.to]?.push(number)
    if (state.accepting) {
      isLive[number] = 1
      found.push(number)
    }
  })
  for (const number of found) {
    for (const source of sources[number] ?? []) {
      if (isLive[source] === 1) continue
      isLive[source] = 1
      found.push(source)
    }
  }
  return isLive
}

/** Drops the states that accept nothing, and the edges to them. The start must accept something. */
function trim(states: readonly State[]): readonly State[] {
  const isLive = live(states)
  if (isLive.every((flag) => flag === 1)) return states
  const numbers = new Int32Array(states.length)
  let count = 0
  isLive.forEach((flag, number) => {
    numbers[number] = flag === 1 ? count++ : -1
  })
  return states
    .filter((_, number) => isLive[number] === 1)
    .map(({ accepting, edges }) => ({
      accepting,
      edges: edges
        .filter((edge) => isLive[edge.to] === 1)
        .map(({ low, high, to }) => ({ low, high, to: numbers[to] ?? 0 })),
    }))
}

/** Numbers states breadth-first from the first one; states of one class become one, unreachable ones vanish. */
export function renumber(states: readonly State[], classOf: ArrayLike<number>): readonly State[] {
  const numbers = new Map<number, number>([[classOf[0] ?? 0, 0]])
  const found = [0]
  const result: State[] = []
  for (const member of found) {
    const { accepting, edges } = stateAt(states, member)
    const renumbered: Edge[] = []
    for (const { low, high, to } of edges) {
      const target = classOf[to] ?? 0
      let number = numbers.get(target)
      if (number === undefined) {
        number = found.push(to) - 1
        numbers.set(target, number)
      }
      appendEdge(renumbered, { low, high, to: number })
    }
    result.push({ accepting, edges: renumbered })
  }
  return result
}

/**
 * The one smallest automaton for the language of the first state: no dead states, no two equivalent ones, numbered
 * breadth-first. Equal languages give equal structures. The empty language is one refusing state without edges.
 */
export function canonical(states: readonly State[], work: Work): readonly State[] {
  if (live(states)[0] !== 1) return [{ accepting: false, edges: [] }]
  const trimmed = trim(states)
  return renumber(trimmed, equivalence(trimmed, work))
}
