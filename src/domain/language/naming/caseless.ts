import { type Edge, follow, maxCodePoint, type State, stateAt } from '../automaton.ts'
import { allowance } from '../budget-exceeded.ts'
import { explore, type Step } from '../explore.ts'
import { fromStates, type StringSet } from '../language.ts'
import { fanOut } from '../overlay.ts'
import { charge, unmetered, type Work } from '../work.ts'

const upperA = 0x41
const upperZ = 0x5a
/** From an upper-case ASCII letter to its lower-case one. */
const toLower = 0x20

/** All strings without an upper-case ASCII letter. */
export const lowerCase: StringSet = fromStates(
  [
    {
      accepting: true,
      edges: [
        { low: 0, high: upperA - 1, to: 0 },
        { low: upperZ + 1, high: maxCodePoint, to: 0 },
      ],
    },
  ],
  unmetered,
)

const upperLetters = Array.from({ length: upperZ - upperA + 1 }, (_, i) => upperA + i)

function treatsCasesAlike(state: State): boolean {
  const hasLetter = state.edges.some(({ low, high }) => low <= upperZ + toLower && high >= upperA)
  return !hasLetter || upperLetters.every((upper) => follow(state, upper) === follow(state, upper + toLower))
}

/** Whether the case of ASCII letters makes no difference to membership. */
export function isCaseless(set: StringSet): boolean {
  return set.states.every(treatsCasesAlike)
}

/** The edge as it is, and its letters in the other case too. */
function inBothCases({ low, high, to }: Edge): readonly Edge[] {
  const shifted = (from: number, by: number): Edge => ({
    low: Math.max(low, from) + by,
    high: Math.min(high, from + upperZ - upperA) + by,
    to,
  })
  const others = [shifted(upperA, toLower), shifted(upperA + toLower, -toLower)]
  return [{ low, high, to }, ...others.filter((edge) => edge.low <= edge.high)]
}

/** Every string that differs from a member in the case of ASCII letters only: the smallest caseless set around `set`. */
export function ignoringCase(set: StringSet, work: Work): StringSet {
  const stepsFrom = (members: readonly number[]): Step<readonly number[]>[] => {
    const edges = members.flatMap((number) => stateAt(set.states, number).edges.flatMap(inBothCases))
    charge(work, edges.length)
    return fanOut(edges).map(({ low, high, to }) => ({
      low,
      high,
      to: [...new Set(to)].sort((a, b) => a - b),
    }))
  }
  const machine = {
    start: [0] as readonly number[],
    keyOf: (members: readonly number[]) => members.join(),
    isAccepting: (members: readonly number[]) =>
      members.some((number) => stateAt(set.states, number).accepting),
    stepsFrom,
  }
  return fromStates(explore(machine, allowance(set.states.length, work.states), work), work)
}
