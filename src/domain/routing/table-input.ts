import type { Gateway } from '../manifest/gateway.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { IstioSettings } from './istio-settings.ts'
import type { Listening } from './listeners/server-duplicates.ts'
import type { TlsListeners } from './listeners/tls-listeners.ts'
import type { MergedVirtualService } from './merge-virtual-services.ts'
import type { MeshServices } from './mesh-services.ts'

/** What the effective tables of one mesh are made of. */
export interface TableInput {
  readonly mesh: string
  readonly merged: readonly MergedVirtualService[]
  readonly gateways: readonly Gateway[]
  /** Gateways (`ns/name`) that the other side holds: absent here, they do not exist, rather than live elsewhere. */
  readonly knownGateways: ReadonlySet<string>
  readonly settings: IstioSettings
  /** What is taken for granted of the listeners; what is likeliest unless it is said. */
  readonly listening?: Listening
  /** What is not worked out and may have routes at a Gateway (`ns/name`) besides. */
  readonly openAt?: ReadonlyMap<string, readonly string[]>
  /** Of the same Gateways. */
  readonly listeners?: TlsListeners
  /** Those that are written here; without them every host of the mesh is taken for a service. */
  readonly services?: () => MeshServices
}

/** The gateways that a VirtualService is bound to; none written means the sidecars. */
export function boundGateways(merged: MergedVirtualService): readonly string[] {
  return gatewaysNamedBy(merged.virtualService)
}

/** The same of the VirtualService itself. */
export function gatewaysNamedBy({ spec: { gateways = [] } }: VirtualService): readonly string[] {
  return gateways.length === 0 ? ['mesh'] : gateways
}
