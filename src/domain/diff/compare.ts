import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { modelledIn } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import { servicesIn } from '../routing/mesh-services.ts'
import type { Placed } from '../routing/meshes/mesh-division.ts'
import { type SnapshotOptions, takeSnapshot } from '../routing/snapshot.ts'
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
  const { settings, complete, isExternal, ownership, meshOf, refusals = 'kept-out' } = options
  const namespaceOf = options.namespaceOf ?? (() => undefined)
  const { clusterDomain } = settings
  const services = servicesIn([base, merged], { clusterDomain, namespaceOf, meshOf })
  const knownGateways = gatewaysByMesh([...base.gateways, ...merged.gateways], meshOf)
  const reading = { settings, complete, isExternal, knownGateways }
  const before = takeSnapshot(base, { ...reading, meshOf, services, namespaceOf })
  const inForceAfter = inForce(base, merged, { refusals, meshOf })
  const after = takeSnapshot(merged, { ...reading, meshOf, services, namespaceOf, inForce: inForceAfter })
  const doubtful = { base: isDoubtful(base, refusals), merged: isDoubtful(merged, refusals) }
  const choices = meshChoices(before, after, { ...reading, ownership, doubtful })
  const hostOwners = hostOwnersByMesh({ manifests: base, ownership, clusterDomain, namespaceOf, meshOf })
  const all = gatherChanges(choices, settings, ownership, servicesBehind(hostOwners, clusterDomain))
  const { changes = [], apart = [] } = Object.groupBy(all, changesOrApart)
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
    appearing: appearing({ base: modelledIn(base), merged: modelledIn(merged) }, doubtful),
    untried: choices.flatMap(({ untried }) => untried?.objects ?? []),
  }
}

function gatewaysByMesh(
  gateways: readonly Gateway[],
  meshOf: CompareOptions['meshOf'],
): SnapshotOptions['knownGateways'] {
  const known = Map.groupBy(gateways, meshOf)
  return (mesh) => new Set((known.get(mesh) ?? []).map(identityOf))
}

/** On connections of names whose certificate is not good for the host nobody asks for it. */
function changesOrApart({ connections }: RouteChange): 'changes' | 'apart' {
  return connections === undefined || connections.areReused ? 'changes' : 'apart'
}
