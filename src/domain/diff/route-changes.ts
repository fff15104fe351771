import { simplifyRequests } from '../match/request-set.ts'
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
  return [...names].toSorted().flatMap((name) => {
    const [before, after] = [base, merged].map((side) => side.meshes.find((mesh) => mesh.name === name))
    const classified = semanticDiff(before, after, settings).map((difference) => ({
      difference,
      meaning: classify(difference, ownership, options),
    }))
    return [...Map.groupBy(classified, keyOf).values()].map(toChange)
  })
}

interface Classified {
  readonly difference: HostDifference
  readonly meaning: Classification
}

function keyOf({ difference, meaning }: Classified): string {
  const { gateway, host, ports, before, after, certain } = difference
  const teams = [meaning.touched, meaning.told, meaning.scope].map((each) => each.map(({ key }) => key))
  const outcomes = [before?.outcome.key, after?.outcome.key]
  return JSON.stringify([gateway, host, ports, outcomes, certain, meaning.kind, meaning.spill, teams])
}

function toChange(alike: readonly Classified[]): RouteChange {
  const [first] = alike
  if (first === undefined) throw new Error('A group of differences is never empty')
  const { mesh, gateway, host, ports, before, after, certain, universe } = first.difference
  const boxes = alike.flatMap(({ difference }) => difference.requests.boxes)
  const patterns = [before, after].flatMap((route) => route?.match?.uri?.regex ?? [])
  const requests = { ...simplifyRequests({ boxes }, universe), patterns, universe }
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
  }
}
