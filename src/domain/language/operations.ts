import { memoized } from '../source/memoized.ts'
import { follow, isUniversal, maxCodePoint, nowhere, type State, stateAt } from './automaton.ts'
import { allowance, exceeded } from './budget-exceeded.ts'
import { renumber } from './canonical.ts'
import { explore, type Step } from './explore.ts'
import { everything, fromStates, nothing, type StringSet, sinkAt } from './language.ts'
import { overlay, type Pair } from './overlay.ts'
import { charge, type Once, once, type Work } from './work.ts'

/** Whether `text` is a member. O(length · log edges). */
export function contains(set: StringSet, text: string): boolean {
  let at = 0
  for (const character of text) {
    at = follow(stateAt(set.states, at), character.codePointAt(0) ?? 0)
    if (at === nowhere) return false
  }
  return stateAt(set.states, at).accepting
}

/** Whether the set has no member. O(1). */
export function isEmpty(set: StringSet): boolean {
  const [start] = set.states
  return start === undefined || (!start.accepting && start.edges.length === 0)
}

/** Which sides of a product still matter, and which strings of the two sides it accepts. */
interface Product {
  readonly isAlive: (left: number, right: number) => boolean
  readonly accepts: (left: boolean, right: boolean) => boolean
}

const both: Product = { isAlive: (a, b) => a >= 0 && b >= 0, accepts: (a, b) => a && b }
const either: Product = { isAlive: (a, b) => a >= 0 || b >= 0, accepts: (a, b) => a || b }
const onlyLeft: Product = { isAlive: (a) => a >= 0, accepts: (a, b) => a && !b }

/** Pairs of states as single numbers, `nowhere` included. */
function pairing(b: StringSet) {
  const width = b.states.length + 1
  return {
    code: (left: number, right: number): number => (left + 1) * width + right + 1,
    left: (code: number): number => Math.floor(code / width) - 1,
    right: (code: number): number => (code % width) - 1,
  }
}

/** Two sets, and the work that their operation takes from. */
interface Operands {
  readonly a: StringSet
  readonly b: StringSet
  readonly work: Work
}

function product({ a, b, work }: Operands, { isAlive, accepts }: Product): StringSet {
  const pairs = pairing(b)
  const leftOf = (code: number): State => stateAt(a.states, pairs.left(code))
  const rightOf = (code: number): State => stateAt(b.states, pairs.right(code))
  const stepsFrom = (code: number): Step<number>[] =>
    overlay(leftOf(code).edges, rightOf(code).edges)
      .filter(({ left, right }) => isAlive(left, right))
      .map(({ low, high, left, right }) => ({ low, high, to: pairs.code(left, right) }))
  const machine = {
    start: pairs.code(0, 0),
    keyOf: (code: number) => code,
    isAccepting: (code: number) => accepts(leftOf(code).accepting, rightOf(code).accepting),
    stepsFrom,
  }
  const allowed = allowance(a.states.length + b.states.length, work.states)
  return fromStates(explore(machine, allowed, work), work)
}

/** What one string can tell about two sets: whether each has it, and where each goes on from it. */
interface Sight {
  readonly left: State
  readonly right: State
  readonly steps: readonly Pair[]
}

/** Whether some string leads both sets into a sight that `isSought`. Only strings that both can continue are tried on. */
function someString({ a, b, work }: Operands, isSought: (sight: Sight) => boolean): boolean {
  const pairs = pairing(b)
  const allowed = allowance(a.states.length + b.states.length, work.states)
  const seen = new Set([pairs.code(0, 0)])
  for (const code of seen) {
    const left = stateAt(a.states, pairs.left(code))
    const right = stateAt(b.states, pairs.right(code))
    const steps = overlay(left.edges, right.edges)
    if (isSought({ left, right, steps })) return true
    charge(work, steps.length + 1)
    for (const pair of steps) {
      if (pair.left !== nowhere && pair.right !== nowhere) seen.add(pairs.code(pair.left, pair.right))
    }
    if (seen.size > allowed) throw exceeded('operation')
  }
  return false
}

/** Whether the two sets have a common member. */
export function meets(a: StringSet, b: StringSet, work: Work): boolean {
  return someString({ a, b, work }, ({ left, right }) => left.accepting && right.accepting)
}

/** Whether every member of `a` is a member of `b`. */
export function isSubset(a: StringSet, b: StringSet, work: Work): boolean {
  if (isEmpty(a) || a === b) return true
  const escapes = ({ left, right, steps }: Sight): boolean =>
    (left.accepting && !right.accepting) || steps.some((pair) => pair.right === nowhere)
  return !someString({ a, b, work }, escapes)
}

/** Every string that is in `a` or in `b`. */
export function union(a: StringSet, b: StringSet, work: Work): StringSet {
  if (isEmpty(a)) return b
  return isEmpty(b) || a === b ? a : product({ a, b, work }, either)
}

/** Every string that is in both. */
export function intersect(a: StringSet, b: StringSet, work: Work): StringSet {
  if (isSubset(a, b, work)) return a
  return isSubset(b, a, work) ? b : product({ a, b, work }, both)
}

/**
 * The same where `all` is everything that there can be: few such sets are asked about, and each set is asked for by both sides and by
 * one rule after the other. Costs the same each time.
 */
export function intersectWith(all: StringSet, set: StringSet, work: Work): StringSet {
  return once(partOf(set)(all), work, (own) => intersect(set, all, own))
}

const partOf = memoized((_: StringSet) => memoized((_all: StringSet): Once<StringSet> => ({})))

/** Every string of `a` that is not in `b`. */
export function subtract(a: StringSet, b: StringSet, work: Work): StringSet {
  return meets(a, b, work) ? product({ a, b, work }, onlyLeft) : a
}

/** Every string that is not in the set. Needs no budget: it has at most one state more. O(edges). */
export function complement(set: StringSet): StringSet {
  if (isEmpty(set)) return everything
  const { states } = set
  if (isUniversal(stateAt(states, 0), 0)) return nothing
  const sink = states.length
  const flipped = states.map(({ accepting, edges }): State => {
    const others = overlay(edges, [{ low: 0, high: maxCodePoint, to: sink }])
    const kept = others.map(({ low, high, left }) => ({ low, high, to: left === nowhere ? sink : left }))
    return {
      accepting: !accepting,
      edges: kept.filter(({ to }) => to === sink || !isUniversal(stateAt(states, to), to)),
    }
  })
  return { states: renumber([...flipped, sinkAt(sink)], Array.from(flipped.keys()).concat(sink)) }
}
