import { type Edge, isUniversal, type State, stateAt } from './automaton.ts'
import { allowance } from './budget-exceeded.ts'
import { explore, type Step } from './explore.ts'
import { everything, fromStates, nothing, type StringSet } from './language.ts'
import { fanOut } from './overlay.ts'
import type { Work } from './work.ts'

/** All states of all sets under running numbers: those of each set behind those of the sets before it. */
interface Crowd {
  readonly states: readonly State[]
  readonly offsets: Int32Array
  readonly starts: readonly number[]
}

function sideBySide(sets: readonly StringSet[]): Crowd {
  const states = sets.flatMap((set) => set.states)
  const offsets = new Int32Array(states.length)
  const starts: number[] = []
  let offset = 0
  for (const set of sets) {
    starts.push(offset)
    offsets.fill(offset, offset, offset + set.states.length)
    offset += set.states.length
  }
  return { states, offsets, starts }
}

/** Some states of the crowd, in ascending order: a string is accepted if one of them accepts it. */
type Members = readonly number[]

function edgesOf({ states, offsets }: Crowd, members: Members): Edge[] {
  const edges: Edge[] = []
  for (const number of members) {
    const offset = offsets[number] ?? 0
    for (const { low, high, to } of stateAt(states, number).edges) edges.push({ low, high, to: to + offset })
  }
  return edges
}

function unite(crowd: Crowd, work: Work): readonly State[] {
  const { states, offsets } = crowd
  const absorbs = (number: number): boolean =>
    isUniversal(stateAt(states, number), number - (offsets[number] ?? 0))
  const universal = states.findIndex((_, number) => absorbs(number))
  const settled = (members: Members): Members =>
    universal >= 0 && members.some(absorbs) ? [universal] : members.toSorted((a, b) => a - b)
  const stepsFrom = (members: Members): Step<Members>[] =>
    fanOut(edgesOf(crowd, members)).map(({ low, high, to }) => ({ low, high, to: settled(to) }))
  const machine = {
    start: settled(crowd.starts),
    keyOf: (members: Members) => (members.length === 1 ? (members[0] ?? 0) : members.join()),
    isAccepting: (members: Members) => members.some((number) => stateAt(states, number).accepting),
    stepsFrom,
  }
  return explore(machine, allowance(states.length, work.states), work)
}

/**
 * Every string that is in one of the sets. All sets are read at once, so that literals and prefixes grow one trie:
 * O(total size) for thousands of them.
 */
export function anyOf(sets: readonly StringSet[], work: Work): StringSet {
  const [first = nothing, ...others] = new Set(sets)
  if (others.length === 0) return first
  if (sets.some(({ states }) => isUniversal(stateAt(states, 0), 0))) return everything
  return fromStates(unite(sideBySide([first, ...others]), work), work)
}
