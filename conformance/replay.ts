import { type Compared, comparePair, type Disagreement } from './compare.ts'
import { type Frozen, frozenKinds, readFrozen } from './frozen.ts'
import type { MeshKind } from './mesh.ts'
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
  readonly kinds?: readonly MeshKind[]
  /** So many pairs of each kind, the most telling ones; without it all. */
  readonly pairs?: number
}

/** Asks our engine what Istio and Envoy were asked. */
export function replay({ failFast = false, ...which }: ReplayOptions = {}): Replay {
  const compared: Compared[] = []
  for (const { pair, asked, answers } of mostTelling(which)) {
    const found = comparePair(pair, asked, { answers })
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

/** The most telling pair of each kind, then the next one of each. */
function mostTelling({ kinds = frozenKinds(), pairs }: ReplayOptions): readonly Frozen[] {
  return kinds
    .flatMap((kind) => readFrozen(kind, pairs).map((frozen, rank) => ({ frozen, rank })))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ frozen }) => frozen)
}
