import { budgets } from '../budgets.ts'
import { type Edge, maxCodePoint, type State } from './automaton.ts'
import { BudgetExceeded, exceeded } from './budget-exceeded.ts'
import { explore, type Machine, type Step } from './explore.ts'
import { fanOut } from './overlay.ts'
import { charge, unmetered, type Work } from './work.ts'

/** One instruction of a compiled RE2 program, as Go's regexp/syntax.Inst has them. */
export type Instruction =
  | { readonly kind: 'alternative'; readonly to: readonly number[] }
  | { readonly kind: 'assertion'; readonly conditions: number; readonly to: number }
  | {
      readonly kind: 'characters'
      readonly ranges: readonly (readonly [number, number])[]
      readonly to: number
    }
  | { readonly kind: 'match' }

/** A compiled regular expression: where it starts and what it does. */
export interface Program {
  readonly start: number
  readonly instructions: readonly Instruction[]
}

/** The bits of `conditions`, numbered as in Go's regexp/syntax.EmptyOp. */
const condition = {
  beginLine: 1,
  endLine: 2,
  beginText: 4,
  endText: 8,
  wordBoundary: 16,
  noWordBoundary: 32,
} as const

/** What stands on one side of a position, as far as an assertion can tell. */
type Neighbour = 'edge' | 'newline' | 'word' | 'other'

interface Segment {
  readonly low: number
  readonly high: number
  readonly kind: Neighbour
}

/** All code points by what assertions make of them: `\n`, RE2's word characters [0-9A-Za-z_], the others. */
const segments: readonly Segment[] = [
  { low: 0, high: 9, kind: 'other' },
  { low: 10, high: 10, kind: 'newline' },
  { low: 11, high: 47, kind: 'other' },
  { low: 48, high: 57, kind: 'word' },
  { low: 58, high: 64, kind: 'other' },
  { low: 65, high: 90, kind: 'word' },
  { low: 91, high: 94, kind: 'other' },
  { low: 95, high: 95, kind: 'word' },
  { low: 96, high: 96, kind: 'other' },
  { low: 97, high: 122, kind: 'word' },
  { low: 123, high: maxCodePoint, kind: 'other' },
]

const undivided: readonly Segment[] = [{ low: 0, high: maxCodePoint, kind: 'other' }]

/** The conditions that hold between two neighbours. */
function conditionsBetween(before: Neighbour, after: Neighbour): number {
  const begin = before === 'edge' ? condition.beginText | condition.beginLine : 0
  const end = after === 'edge' ? condition.endText | condition.endLine : 0
  const lines =
    (before === 'newline' ? condition.beginLine : 0) | (after === 'newline' ? condition.endLine : 0)
  const isBoundary = (before === 'word') !== (after === 'word')
  return begin | end | lines | (isBoundary ? condition.wordBoundary : condition.noWordBoundary)
}

/** Where a run of the program may stand; `before` is only told apart where an assertion will ask. */
interface Standing {
  readonly at: readonly number[]
  readonly before: Neighbour
}

/** Follows alternatives, and the assertions that hold; what reads, asserts or matches remains, in ascending order. */
function settle({ instructions }: Program, from: readonly number[], holding: number): readonly number[] {
  const seen = new Set<number>()
  const pending = [...from]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const instruction = instructions[at]
    if (instruction?.kind === 'alternative') pending.push(...instruction.to)
    else if (instruction?.kind === 'assertion' && (instruction.conditions & ~holding) === 0)
      pending.push(instruction.to)
  }
  return [...seen].filter((at) => instructions[at]?.kind !== 'alternative').sort((a, b) => a - b)
}

/** The edges of everything that reads, cut to one segment. */
function edgesWithin(program: Program, at: readonly number[], { low, high }: Segment): readonly Edge[] {
  return at.flatMap((number) => {
    const instruction = program.instructions[number]
    if (instruction?.kind !== 'characters') return []
    return instruction.ranges
      .filter(([from, to]) => from <= high && to >= low)
      .map(([from, to]) => ({ low: Math.max(from, low), high: Math.min(to, high), to: instruction.to }))
  })
}

/**
 * The automaton of all strings that the program matches from the first to the last character: subset construction, the
 * assertions decided by the characters on both sides. Throws BudgetExceeded beyond `allowed` states, or when the states
 * stand for so many instructions that the time would be out of proportion.
 */
export function determinise(program: Program, allowed: number, work: Work): readonly State[] {
  return explore(machineOf(program, allowed, work), allowed, work)
}

/** A literal that every string of the program starts with: followed while only one character can come next. */
export function literalStart(program: Program): string {
  let text = ''
  try {
    const machine = machineOf(program, budgets.patternStart.size, unmetered)
    for (let state = machine.start; !machine.isAccepting(state); ) {
      const [only, ...others] = machine.stepsFrom(state)
      if (only === undefined || others.length > 0 || only.low !== only.high) return text
      text += String.fromCodePoint(only.low)
      state = only.to
    }
    return text
  } catch (error) {
    if (error instanceof BudgetExceeded) return text
    throw error
  }
}

function machineOf(program: Program, allowed: number, shared: Work): Machine<Standing> {
  const { instructions } = program
  const isAssertion = (at: number): boolean => instructions[at]?.kind === 'assertion'
  const isMatch = (at: number): boolean => instructions[at]?.kind === 'match'
  const alphabet = instructions.some(({ kind }) => kind === 'assertion') ? segments : undivided
  let work = allowed * budgets.patternWork.size
  const pay = (cost: number): void => {
    charge(shared, cost)
    work -= cost
    if (work < 0) throw exceeded('patternWork')
  }
  const standing = (from: readonly number[], before: Neighbour): Standing => {
    const at = settle(program, from, 0)
    pay(from.length + at.length)
    return { at, before: at.some(isAssertion) ? before : 'other' }
  }
  const upTo = ({ at, before }: Standing, after: Neighbour): readonly number[] =>
    at.some(isAssertion) ? settle(program, at, conditionsBetween(before, after)) : at
  const stepsWithin = (state: Standing, segment: Segment): Step<Standing>[] => {
    const edges = edgesWithin(program, upTo(state, segment.kind), segment)
    pay(edges.length)
    return fanOut(edges).map(({ low, high, to }) => ({ low, high, to: standing(to, segment.kind) }))
  }
  return {
    start: standing([program.start], 'edge'),
    keyOf: ({ at, before }: Standing) => `${before}:${at.join()}`,
    isAccepting: (state: Standing) => upTo(state, 'edge').some(isMatch),
    stepsFrom: (state: Standing) => alphabet.flatMap((segment) => stepsWithin(state, segment)),
  }
}
