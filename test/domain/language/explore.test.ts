import { expect, it } from 'vitest'
import { BudgetExceeded } from '../../../src/domain/language/budget-exceeded.ts'
import { explore } from '../../../src/domain/language/explore.ts'
import { unmetered } from '../../../src/domain/language/work.ts'

/** A chain of states, each with so many edges to the next. */
const chain = (states: number, edges: number) => ({
  start: 0,
  keyOf: (state: number) => state,
  isAccepting: (state: number) => state === states - 1,
  stepsFrom: (state: number) =>
    state === states - 1
      ? []
      : Array.from({ length: edges }, (_, index) => ({ low: 2 * index, high: 2 * index, to: state + 1 })),
})

it('writes down as many states as are allowed, and not one more', () => {
  expect(explore(chain(50, 1), 50, unmetered)).toHaveLength(50)
  expect(() => explore(chain(51, 1), 50, unmetered)).toThrow(BudgetExceeded)
})

it('gives up on states with hundreds of edges each, which cost as much as hundreds of states', () => {
  expect(explore(chain(10, 80), 50, unmetered)).toHaveLength(10)
  expect(() => explore(chain(50, 600), 50, unmetered)).toThrow(BudgetExceeded)
})
