import { type Edge, isUniversal, type State, stateAt } from './automaton.ts'
import { allowance, defaultBudget } from './budget-exceeded.ts'
import { explore, type Step } from './explore.ts'
import { everything, fromStates, nothing, type StringSet } from './language.ts'
import { fanOut } from './overlay.ts'

/** All states of all sets in one list, each set's numbers moved behind those of the sets before it. */
function sideBySide(sets: readonly StringSet[]): { readonly states: State[]; readonly starts: number[] } {
  const states: State[] = []
  const starts: number[] = []
  for (const set of sets) {
    const offset = states.length
    starts.push(offset)
    const moved = (edge: Edge): Edge => ({ low: edge.low, high: edge.high, to: edge.to + offset })
    for (const { accepting, edges } of set.states) states.push({ accepting, edges: edges.map(moved) })
  }
  return { states, starts }
}

/**
 * Every string that is in one of the sets. All sets are read at once, so that literals and prefixes grow one trie:
 * O(total size) for thousands of them.
 */
export function anyOf(sets: readonly StringSet[], budget = defaultBudget): StringSet {
  const [first = nothing, ...others] = new Set(sets)
  if (others.length === 0) return first
  const { states, starts } = sideBySide([first, ...others])
  const absorbs = (number: number): boolean => isUniversal(stateAt(states, number), number)
  const settled = (members: readonly number[]): readonly number[] => {
    const universal = members.find(absorbs)
    return universal === undefined ? members : [universal]
  }
  const stepsFrom = (members: readonly number[]): Step<readonly number[]>[] =>
    fanOut(members.flatMap((number) => stateAt(states, number).edges)).map(({ low, high, to }) => ({
      low,
      high,
      to: settled(to),
    }))
  const machine = {
    start: settled(starts),
    keyOf: (members: readonly number[]) =>
      members.some(absorbs) ? 'everything' : members.toSorted((a, b) => a - b).join(),
    isAccepting: (members: readonly number[]) => members.some((number) => stateAt(states, number).accepting),
    stepsFrom,
  }
  const found = explore(machine, allowance(budget, states.length))
  return found.length === 1 && machine.keyOf(machine.start) === 'everything' ? everything : fromStates(found)
}
