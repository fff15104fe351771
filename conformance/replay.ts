import { type Compared, comparePair, type Disagreement } from './compare.ts'
import { frozenKinds, readFrozen } from './frozen.ts'
import { skipFor } from './skips.ts'

/** What the frozen answers say of our engine as it is. */
export interface Replay {
  readonly pairs: number
  readonly requests: number
  readonly witnesses: number
  /** How many disagreements are in each class of the skip list. */
  readonly skipped: ReadonlyMap<string, number>
  /** Those that are in none. */
  readonly unexplained: readonly Disagreement[]
}

/** How much is asked. */
export interface ReplayOptions {
  /** No further pair is asked about once one shows a difference. */
  readonly failFast?: boolean
}

/** Asks our engine everything that Istio and Envoy were asked. */
export function replay({ failFast = false }: ReplayOptions = {}): Replay {
  const compared: Compared[] = []
  for (const { pair, asked, answers } of frozenKinds().flatMap(readFrozen)) {
    const found = comparePair(pair, asked, answers)
    compared.push(found)
    if (failFast && found.disagreements.some((each) => skipFor(each) === undefined)) break
  }
  const disagreements = compared.flatMap((each) => each.disagreements)
  const byClass = Map.groupBy(disagreements, (each) => skipFor(each)?.class)
  const unexplained = byClass.get(undefined) ?? []
  byClass.delete(undefined)
  return {
    pairs: compared.length,
    requests: compared.reduce((sum, each) => sum + each.requests, 0),
    witnesses: compared.reduce((sum, each) => sum + each.witnesses, 0),
    skipped: new Map([...byClass].map(([name = '', all]) => [name, all.length])),
    unexplained,
  }
}
