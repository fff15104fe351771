import { stateAt } from './automaton.ts'
import type { StringSet } from './string-set.ts'

/** The longest text that every string of the set starts with. O(its length). */
export function commonPrefix(set: StringSet): string {
  let prefix = ''
  const seen = new Set<number>()
  for (let at = 0; !seen.has(at); ) {
    seen.add(at)
    const { accepting, edges } = stateAt(set.states, at)
    const [only] = edges
    if (accepting || edges.length !== 1 || only === undefined || only.low !== only.high) return prefix
    prefix += String.fromCodePoint(only.low)
    at = only.to
  }
  return prefix
}
