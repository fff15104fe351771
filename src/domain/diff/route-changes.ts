import { BudgetExceeded, type Work, within } from '../language/string-set.ts'
import type { Universe } from '../match/box.ts'
import { type RequestSet, simplifyRequests } from '../match/request-set.ts'
import { witnessOf } from '../match/witness-request.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { type Classification, classify } from './classify.ts'
import { conditionOptions } from './placed-route.ts'
import type { RouteChange } from './route-change.ts'
import { type HostDifference, semanticDiff } from './semantic-diff.ts'

/**
 * The changes from one snapshot to another: differences with the same outcome before and after, for the same teams,
 * are one change. By mesh, gateway, host and first place in the base table.
 */
export function routeChanges(
  base: Snapshot,
  merged: Snapshot,
  settings: IstioSettings,
  ownership: Ownership,
): readonly RouteChange[] {
  const names = new Set([...base.meshes, ...merged.meshes].map((mesh) => mesh.name))
  const options = conditionOptions(settings)
  const [work, saying] = [{ left: comparisonWork }, { left: wordWork }]
  return [...names].toSorted().flatMap((name) => {
    const [before, after] = [base, merged].map((side) => side.meshes.find((mesh) => mesh.name === name))
    const classified = semanticDiff(before, after, settings, work).map((difference) => ({
      difference,
      meaning: classify(difference, ownership, { ...options, work }),
    }))
    return [...Map.groupBy(classified, keyOf).values()].map((alike) => toChange(alike, saying))
  })
}

/**
 * What a comparison may cost, in edges looked at; what is left when it is used up may end either way. A mesh of 10,000
 * routes that all change needs a tenth, unless hundreds of patterns share a host.
 */
const comparisonWork = 20_000_000

/** What it may cost to say the requests of all changes in few words. */
const wordWork = 3_000_000

/** Over the budget the same requests, in more boxes. */
function inFewBoxes(requests: RequestSet, universe: Universe, saying: Work): RequestSet {
  try {
    return within(saying, () => simplifyRequests(requests, universe))
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return requests
  }
}

interface Classified {
  readonly difference: HostDifference
  readonly meaning: Classification
}

function keyOf({ difference, meaning }: Classified): string {
  const { gateway, host, ports, before, after, certain, undecided } = difference
  const teams = [meaning.touched, meaning.told, meaning.scope].map((each) => each.map(({ key }) => key))
  const outcomes = [before?.outcome.key, after?.outcome.key]
  return JSON.stringify([
    gateway,
    host,
    ports,
    outcomes,
    certain,
    undecided,
    meaning.kind,
    meaning.spill,
    teams,
  ])
}

function toChange(alike: readonly Classified[], saying: Work): RouteChange {
  const [first] = alike
  if (first === undefined) throw new Error('A group of differences is never empty')
  const { mesh, gateway, host, ports, before, after, certain, undecided, universe } = first.difference
  const boxes = alike.flatMap(({ difference }) => difference.requests.boxes)
  const patterns = [before, after].flatMap((route) => route?.match?.uri?.regex ?? [])
  const requests = { ...inFewBoxes({ boxes }, universe, saying), patterns, universe }
  const witness = witnessOf(requests, { host, universe, ...(ports && { ports }) })
  return {
    mesh,
    gateway,
    host,
    ...(ports && { ports }),
    requests,
    ...first.meaning,
    ...(before && { before }),
    ...(after && { after }),
    ...(witness && { witness }),
    certain,
    ...(undecided && { undecided }),
  }
}
