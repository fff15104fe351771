import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { takeSnapshot } from '../routing/snapshot.ts'
import { appearing, isDoubtful } from './choices/doubtful.ts'
import { meshChoices } from './choices/mesh-choices.ts'
import type { Comparison } from './comparison.ts'
import { gatherChanges } from './gather-changes.ts'
import { inForce, type Refusals } from './in-force.ts'

export interface CompareOptions {
  readonly settings: IstioSettings
  readonly complete: boolean
  readonly ownership: Ownership
  /** The mesh of a path, for both sides. */
  readonly meshOf: (path: string) => string | undefined
  /** What an object counts for that is refused on the merged side; `kept-out` unless it is said. */
  readonly refusals?: Refusals
}

/** Two sides of manifests -> their snapshots, and every request that they treat differently. */
export function compare(base: Manifests, merged: Manifests, options: CompareOptions): Comparison {
  const { settings, complete, ownership, meshOf } = options
  const known = Map.groupBy([...base.gateways, ...merged.gateways], (gateway) => meshOf(gateway.file.path))
  const knownGateways = (mesh: string) =>
    new Set((known.get(mesh) ?? []).map((each: Gateway) => identityOf(each)))
  const before = takeSnapshot(base, { settings, complete, meshOf, knownGateways })
  const after = takeSnapshot(merged, {
    settings,
    complete,
    meshOf,
    knownGateways,
    inForce: inForce(base, merged, { refusals: options.refusals ?? 'kept-out', meshOf }),
  })
  const refusals = options.refusals ?? 'kept-out'
  const doubtful = { base: isDoubtful(base, refusals), merged: isDoubtful(merged, refusals) }
  const choices = meshChoices(before, after, { settings, complete, knownGateways, ownership, doubtful })
  const changes = gatherChanges(choices, settings, ownership)
  const both = { base: modelledIn(base), merged: modelledIn(merged) }
  return {
    base: before,
    merged: after,
    settings,
    complete,
    ownership,
    changes,
    appearing: appearing(both, doubtful),
    untried: choices.flatMap(({ untried }) => untried?.objects ?? []),
  }
}

function modelledIn({ virtualServices, gateways }: Manifests): readonly (VirtualService | Gateway)[] {
  return [...virtualServices, ...gateways]
}
