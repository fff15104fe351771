import { budgets } from '../budgets.ts'
import { BudgetExceeded } from '../language/string-set.ts'
import type { Box, Space } from '../match/box.ts'
import { arrivingWhole, type Candidate } from './candidates.ts'
import { withoutCandidates } from './first-answers.ts'
import { coversAlone } from './reachable.ts'

/** Some unreachable candidates and the earlier ones that may be named as the reason. */
export interface Covering extends Space {
  readonly covered: readonly Candidate[]
  readonly by: readonly Candidate[]
}

const { exhaustiveCover, pairedCover } = budgets

/**
 * The fewest of the routes in `by` that take every request of all `covered`, the earliest of equally few. Exact for
 * few routes; of many, none can be left out. Undefined where they do not cover it, or the budget does not suffice.
 */
export function fewestCover(covering: Covering): readonly Candidate[] | undefined {
  try {
    return search(covering)
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined
    throw error
  }
}

/** What has to be covered, with all requests of each. */
interface Sought extends Covering {
  readonly wholes: ReadonlyMap<Candidate, Box>
}

function search(given: Covering): readonly Candidate[] | undefined {
  const wholes = new Map(
    given.covered.flatMap((candidate) => {
      const whole = arrivingWhole(candidate, given)
      return whole === undefined ? [] : [[candidate, whole] as const]
    }),
  )
  if (wholes.size === 0) return []
  const all: Sought = { ...given, covered: [...wholes.keys()], wholes }
  const plainly = all.by.find((each) =>
    all.covered.every((candidate) => each.rank < candidate.rank && coversAlone(each, candidate, all)),
  )
  if (plainly !== undefined) return [plainly]
  if (!covers(all.by, all)) return undefined
  const alone = all.by.find((each) => covers([each], all))
  if (alone !== undefined) return [alone]
  const covering = all.by.length > pairedCover.size ? { ...all, by: useful(all) } : all
  const { by } = covering
  const sizes = by.length <= exhaustiveCover.size ? by.length : by.length <= pairedCover.size ? 2 : 1
  for (let size = 0; size <= sizes; size++) {
    for (const choice of choices(by, size)) if (covers(choice, covering)) return choice
  }
  return irredundant(covering)
}

/** Of very many, those that still take something after the ones before them. */
function useful(covering: Sought): readonly Candidate[] {
  const { by } = covering
  const kept = new Set<Candidate>()
  for (const [candidate, whole] of covering.wholes) {
    let rest = [whole]
    for (const earlier of by.filter(({ rank }) => rank < candidate.rank)) {
      const left = withoutCandidates(rest, [earlier], covering)
      if (left.length !== rest.length || left.some((box, index) => box !== rest[index])) kept.add(earlier)
      rest = [...left]
    }
  }
  return by.filter((each) => kept.has(each))
}

/** Leaves out, from the last to the first, what is not needed. */
function irredundant(covering: Sought): readonly Candidate[] {
  let kept = covering.by
  for (const candidate of covering.by.toReversed()) {
    const fewer = kept.filter((each) => each !== candidate)
    if (covers(fewer, covering)) kept = fewer
  }
  return kept
}

function covers(choice: readonly Candidate[], covering: Sought): boolean {
  return [...covering.wholes].every(([candidate, whole]) => {
    const earlier = choice.filter(({ rank }) => rank < candidate.rank)
    return withoutCandidates([whole], earlier, covering).length === 0
  })
}

/** Every choice of `size` of the values, in their order. */
function* choices<T>(values: readonly T[], size: number): Iterable<readonly T[]> {
  if (size === 0) {
    yield []
    return
  }
  for (const [index, value] of values.entries()) {
    for (const rest of choices(values.slice(index + 1), size - 1)) yield [value, ...rest]
  }
}
