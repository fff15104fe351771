import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { modelledIn } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { servicesIn } from '../routing/mesh-services.ts'
import type { Placed } from '../routing/meshes/mesh-division.ts'
import { takeSnapshot } from '../routing/snapshot.ts'
import { appearing, isDoubtful } from './choices/doubtful.ts'
import { meshChoices } from './choices/mesh-choices.ts'
import type { Comparison } from './comparison.ts'
import { gatherChanges } from './gather-changes.ts'
import { hostOwnersByMesh } from './hosts/host-owners-by-mesh.ts'
import { servicesBehind } from './hosts/services-behind.ts'
import { inForce, type Refusals } from './in-force.ts'
import type { RouteChange } from './route-change.ts'

export interface CompareOptions {
  readonly settings: IstioSettings
  readonly complete: boolean
  /** Whether something else than this repository delivers an `ns/name`. */
  readonly isExternal?: ((name: string) => boolean) | undefined
  readonly ownership: Ownership
  /** The mesh of an object, for both sides. */
  readonly meshOf: (placed: Placed) => string | undefined
  /** The namespace of what a file holds where an object names none; nothing unless it is said. */
  readonly namespaceOf?: (path: string) => string | undefined
  /** What an object counts for that is refused on the merged side; `kept-out` unless it is said. */
  readonly refusals?: Refusals
}

/** Two sides of manifests -> their snapshots, and every request that they treat differently. */
export function compare(base: Manifests, merged: Manifests, options: CompareOptions): Comparison {
  const { settings, complete, isExternal, ownership, meshOf } = options
  const known = Map.groupBy([...base.gateways, ...merged.gateways], meshOf)
  const knownGateways = (mesh: string) =>
    new Set((known.get(mesh) ?? []).map((each: Gateway) => identityOf(each)))
  const refusals = options.refusals ?? 'kept-out'
  const namespaceOf = options.namespaceOf ?? (() => undefined)
  const { clusterDomain } = settings
  const written = servicesIn([base, merged], { clusterDomain, namespaceOf, meshOf })
  const before = takeSnapshot(base, {
    settings,
    complete,
    isExternal,
    meshOf,
    knownGateways,
    services: written,
  })
  const after = takeSnapshot(merged, {
    settings,
    complete,
    isExternal,
    meshOf,
    knownGateways,
    services: written,
    inForce: inForce(base, merged, { refusals, meshOf }),
  })
  const doubtful = { base: isDoubtful(base, refusals), merged: isDoubtful(merged, refusals) }
  const choices = meshChoices(before, after, {
    settings,
    complete,
    isExternal,
    knownGateways,
    ownership,
    doubtful,
  })
  const hostOwners = hostOwnersByMesh({
    manifests: base,
    ownership,
    clusterDomain,
    namespaceOf,
    meshOf,
  })
  const services = servicesBehind(hostOwners, settings.clusterDomain)
  const all = gatherChanges(choices, settings, ownership, services)
  const { changes = [], apart = [] } = Object.groupBy(all, changesOrApart)
  const both = { base: modelledIn(base), merged: modelledIn(merged) }
  return {
    base: before,
    merged: after,
    settings,
    complete,
    isExternal,
    ownership,
    meshOf,
    hostOwners,
    refusals,
    changes,
    onCertificatesApart: apart,
    appearing: appearing(both, doubtful),
    untried: choices.flatMap(({ untried }) => untried?.objects ?? []),
  }
}

/** On connections of names whose certificate is not good for the host nobody asks for it. */
function changesOrApart({ connections }: RouteChange): 'changes' | 'apart' {
  return connections === undefined || connections.areReused ? 'changes' : 'apart'
}
