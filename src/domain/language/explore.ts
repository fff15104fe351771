import { budgets } from '../budgets.ts'
import { appendEdge, type Edge, type State } from './automaton.ts'
import { exceeded } from './budget-exceeded.ts'
import { charge, type Work } from './work.ts'

/** Every code point from `low` to `high` leads to `to`. */
export interface Step<S> {
  readonly low: number
  readonly high: number
  readonly to: S
}

/** A deterministic automaton that is known only by what follows from a state. Steps are sorted and disjoint. */
export interface Machine<S> {
  readonly start: S
  readonly keyOf: (state: S) => string | number
  readonly isAccepting: (state: S) => boolean
  readonly stepsFrom: (state: S) => Iterable<Step<S>>
}

/**
 * Writes down all states that can be reached, the start first, in breadth-first order.
 * Throws BudgetExceeded rather than write down more than `allowed`, or more edges than so many states should have: the
 * letters of all scripts make hundreds for each. Each step is charged.
 */
export function explore<S>(machine: Machine<S>, allowed: number, work: Work): readonly State[] {
  const numbers = new Map<string | number, number>()
  const found: S[] = []
  const numberOf = (state: S): number => {
    const key = machine.keyOf(state)
    const known = numbers.get(key)
    if (known !== undefined) return known
    if (found.length >= allowed) throw exceeded('operation')
    numbers.set(key, found.length)
    return found.push(state) - 1
  }
  numberOf(machine.start)
  const states: State[] = []
  let written = 0
  for (const state of found) {
    const edges: Edge[] = []
    let steps = 1
    for (const { low, high, to } of machine.stepsFrom(state)) {
      steps++
      appendEdge(edges, { low, high, to: numberOf(to) })
    }
    charge(work, steps)
    written += edges.length
    if (written > allowed * budgets.edgesPerState.size) throw exceeded('edgesPerState')
    states.push({ accepting: machine.isAccepting(state), edges })
  }
  return states
}
