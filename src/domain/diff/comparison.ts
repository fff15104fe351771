import type { Gateway } from '../manifest/gateway.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { HostOwners } from '../ownership/host-owners.ts'
import type { Ownership } from '../ownership/ownership.ts'
import type { IstioSettings } from '../routing/istio-settings.ts'
import type { Placed } from '../routing/meshes/mesh-division.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { Refusals } from './in-force.ts'
import type { RouteChange } from './route-change.ts'

/** Both sides and what differs: the one argument a rule receives. */
export interface Comparison {
  readonly base: Snapshot
  readonly merged: Snapshot
  readonly settings: IstioSettings
  /** False: secondaries may live in other repositories. */
  readonly complete: boolean
  /** Whether something else than this repository delivers an `ns/name`. */
  readonly isExternal?: ((name: string) => boolean) | undefined
  readonly ownership: Ownership
  /** The mesh of an object, for both sides; of none, it may be of any. */
  readonly meshOf: (placed: Placed) => string | undefined
  /** Who has which hosts on the base side, by the name of the mesh. */
  readonly hostOwners: (mesh: string) => HostOwners
  /** What an object counts for that is refused on the merged side. */
  readonly refusals: Refusals
  readonly changes: readonly RouteChange[]
  /** What differs besides for requests that are taken not to be sent: on connections whose certificate is not good for their host. */
  readonly onCertificatesApart: readonly RouteChange[]
  /** Objects of the base side that a cluster perhaps did not have, and will have. */
  readonly appearing: readonly (VirtualService | Gateway)[]
  /** Copies of objects of which not every combination was compared. */
  readonly untried: readonly (VirtualService | Gateway)[]
}
