import { budgets } from '../budgets.ts'
import { BudgetExceeded, contains, type Work, witness, workOf } from '../language/string-set.ts'
import { allows, type Value, type Values } from '../language/values.ts'
import { type Box, isWithin, type Space, type Universe } from '../match/box.ts'
import { arrivingWhole, type Candidate, literalWithin, wholeOf } from './candidates.ts'
import { withoutCandidates } from './first-answers.ts'

/** How much work may still be done for one mesh; what would need more is unknown. Shared, and used up. */
export interface Allowance {
  left: number
  /** What operations on sets may cost. */
  readonly work: Work
}

/** Enough for ten thousand routes of which some hundreds need a closer look. */
export function meshAllowance(): Allowance {
  return { left: budgets.reach.size, work: workOf('reachSets') }
}

/**
 * Whether some request reaches a candidate that has these others before it (all that can meet it, in order). Exact;
 * `unknown` only where the budget does not suffice.
 */
export function isReachable(
  candidate: Candidate,
  before: () => readonly Candidate[],
  universe: Universe,
  allowance: Allowance,
): 'yes' | 'no' | 'unknown' {
  if (allowance.left < 0 || allowance.work.left < 0) return 'unknown'
  try {
    return decided(candidate, before(), { universe, work: allowance.work }, allowance)
  } catch (error) {
    if (error instanceof BudgetExceeded) return 'unknown'
    throw error
  }
}

function decided(
  candidate: Candidate,
  before: readonly Candidate[],
  space: Space,
  allowance: Allowance,
): 'yes' | 'no' | 'unknown' {
  const isLeft = (sample: Sample) => !before.some((earlier) => takes(earlier, sample))
  allowance.left -= before.length
  if (allowance.left < 0) return 'unknown'
  if (samples(likelyPaths(candidate, space), candidate.rest, space.universe).some(isLeft)) return 'yes'
  if (before.some((earlier) => coversAsWritten(earlier, candidate, space))) return 'no'
  const whole = arrivingWhole(candidate, space)
  if (whole === undefined) return 'no'
  if (samples(shortestPath(whole), whole, space.universe).some(isLeft)) return 'yes'
  if (before.some((earlier) => coversAlone(earlier, candidate, space))) return 'no'
  allowance.left -= before.length ** 2
  if (before.length > budgets.meeting.size || allowance.left < 0) return 'unknown'
  return withoutCandidates([whole], before, space).length > 0 ? 'yes' : 'no'
}

/** Whether one earlier route takes every request of a candidate. */
export function coversAlone(earlier: Candidate, candidate: Candidate, space: Space): boolean {
  if (!literalWithin(candidate.path, earlier.path)) return mayCoverByPattern(earlier, candidate, space)
  return isWithin(candidate.rest, earlier.rest, space)
}

/** The same, as far as it is seen without building any set. */
function coversAsWritten(earlier: Candidate, candidate: Candidate, space: Space): boolean {
  return literalWithin(candidate.path, earlier.path) && isWithin(candidate.rest, earlier.rest, space)
}

/** A candidate's own pattern can keep it within a literal that is longer than the pattern's beginning. */
function mayCoverByPattern(earlier: Candidate, candidate: Candidate, space: Space): boolean {
  if (!candidate.rest.has('path')) return false
  const [inner, outer] = [arrivingWhole(candidate, space), wholeOf(earlier, space.work)]
  return inner !== undefined && outer !== undefined && isWithin(inner, outer, space)
}

/** One request, as the value of each dimension. */
interface Sample {
  readonly path: string
  readonly at: (dimension: string) => Value
}

/** A few requests of a box at some paths, the likeliest to be left over: most routes are proved live by one of them. */
function samples(paths: readonly string[], box: Box, universe: Universe): readonly Sample[] {
  return [plain, odd].flatMap((choose) => {
    const chosen = new Map<string, Value>()
    const at = (dimension: string): Value => {
      if (!chosen.has(dimension)) chosen.set(dimension, choose(box.get(dimension) ?? universe(dimension)))
      return chosen.get(dimension)
    }
    return paths.map(
      (path): Sample => ({ path, at: (dimension) => (dimension === 'path' ? path : at(dimension)) }),
    )
  })
}

/** Paths of a candidate that need no set to be found. */
function likelyPaths({ path: { kind, text }, rest }: Candidate, { universe }: Space): readonly string[] {
  const likely = kind === 'exact' ? [text] : [text, `${text}~`, `${text}/~`]
  const own = rest.get('path')?.present
  const possible = universe('path').present
  return likely.filter((path) => contains(possible, path) && (own === undefined || contains(own, path)))
}

function shortestPath(whole: Box): readonly string[] {
  const path = whole.get('path')
  const found = path && witness(path.present)
  return found === undefined ? [] : [found]
}

/** A value that is not there if it need not be. */
function plain(values: Values): Value {
  return values.mayBeAbsent ? undefined : odd(values)
}

/** A value that is there, and that nobody is likely to have named. */
function odd({ present }: Values): Value {
  return contains(present, '~') ? '~' : witness(present)
}

function takes({ path, rest }: Candidate, sample: Sample): boolean {
  const literal = path.kind === 'exact' ? sample.path === path.text : sample.path.startsWith(path.text)
  return literal && [...rest].every(([dimension, values]) => allows(values, sample.at(dimension)))
}
