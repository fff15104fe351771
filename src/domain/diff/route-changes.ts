import { BudgetExceeded, type Work, within } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import type { Universe } from '../match/box.ts'
import { type RequestSet, simplifyRequests } from '../match/request-set.ts'
import { witnessOf } from '../match/witness-request.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { type Classification, classify } from './classify.ts'
import { inEveryChoice, type KeyedDifference } from './in-every-choice.ts'
import type { MeshChoices, MeshPair } from './mesh-choices.ts'
import { conditionOptions } from './placed-route.ts'
import type { RouteChange } from './route-change.ts'
import { type HostDifference, semanticDiff } from './semantic-diff.ts'

/**
 * The changes of some meshes, whichever of their copies live: differences with the same outcome before
 * and after, for the same teams, are one change. By mesh, gateway, host and first place in the base table.
 */
export function routeChanges(
  meshes: readonly MeshChoices[],
  settings: IstioSettings,
  ownership: Ownership,
): readonly RouteChange[] {
  const options = conditionOptions(settings)
  const [work, saying] = [{ left: comparisonWork }, { left: wordWork }]
  const classified = ({ base, merged }: MeshPair): readonly Classified[] =>
    semanticDiff(base, merged, settings, work).map((difference) => {
      const meaning = classify(difference, ownership, { ...options, work })
      return { difference, meaning, key: keyOf(difference, meaning) }
    })
  return meshes.flatMap(({ choices, others, untried }) => {
    const names = new Set(untried.map((each) => identityOf(each) as string))
    const found = inEveryChoice(
      { choices: choices.map(classified), others: others.map(classified) },
      work,
    ).map((each) => (concerns(each.difference, names) ? doubted(each) : each))
    const groups = Map.groupBy(found, ({ key, difference }) => `${difference.certain} ${key}`)
    return [...groups.values()].map((alike) => toChange(alike, saying))
  })
}

/** Whether what differs hangs on one of some objects. */
function concerns({ before, after, scope }: HostDifference, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  const from = [before, after].flatMap((route) => route?.from ?? [])
  const objects = [
    ...from.flatMap(({ primary, secondary }) => [primary, secondary]),
    ...scope.map(({ holder }) => holder),
  ]
  return objects.some((each) => each !== undefined && names.has(identityOf(each)))
}

function doubted(found: Classified): Classified {
  return { ...found, difference: { ...found.difference, certain: false } }
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

interface Classified extends KeyedDifference {
  readonly meaning: Classification
}

function keyOf(difference: HostDifference, meaning: Classification): string {
  const { gateway, host, ports, before, after, undecided } = difference
  const teams = [meaning.touched, meaning.told, meaning.scope].map((each) => each.map(({ key }) => key))
  const outcomes = [before?.outcome.key, after?.outcome.key]
  return JSON.stringify([gateway, host, ports, outcomes, undecided, meaning.kind, meaning.spill, teams])
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
