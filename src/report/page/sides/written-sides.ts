import type { Gateway, GatewayPods } from '../../../domain/manifest/gateway.ts'
import type { JsonObject } from '../../../domain/manifest/json.ts'
import type { MadeOf } from '../../../domain/manifest/resource.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { IstioSettings } from '../../../domain/routing/istio-settings.ts'
import type { Snapshot } from '../../../domain/routing/snapshot.ts'
import type { WrittenAccess } from './access-sides.ts'

/** One side, or two that are compared, with all that a request is answered by; a `Comparison` is one. */
export interface Sides {
  readonly base?: Snapshot
  readonly merged: Snapshot
  readonly settings: IstioSettings
  readonly complete: boolean
  readonly isExternal?: ((name: string) => boolean) | undefined
}

/** What the engine reads of a VirtualService or a Gateway, as JSON. */
export interface WrittenObject {
  readonly kind: 'VirtualService' | 'Gateway'
  readonly apiVersion: string
  readonly name: string
  readonly namespace?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /** What the control plane made it of, and where the pods of a Gateway run that it made. */
  readonly madeOf?: MadeOf
  readonly pods?: GatewayPods
  /** That a snapshot of the cluster has it, and since when. */
  readonly inCluster?: { readonly created?: string }
  /** The files in which something of it is written, its own first: places in the list of all files. */
  readonly files: readonly number[]
  /**
   * The lines of all objects in it, itself first, in the order in which JSON has them: of each object its own and those of its
   * fields; 0 where nothing is known. With several files a line is multiplied by their number, and the number of the file is added.
   */
  readonly lines: readonly number[]
  readonly spec: JsonObject
  /** What is written, where another object of the same name is: it says whether they differ. */
  readonly body?: JsonObject
  readonly team?: string
}

/** One mesh of one side; objects are places in the list of all of them. */
export interface WrittenMesh {
  readonly name: string
  readonly virtualServices: readonly number[]
  readonly gateways: readonly number[]
  readonly inForce: { readonly virtualServices: readonly number[]; readonly gateways: readonly number[] }
  readonly madeLater: readonly string[]
  readonly services?: { readonly hosts: readonly string[]; readonly placeless: readonly string[] }
  /** What the control plane makes of the Gateway API; `last` where other ages that nobody knows would make something else. */
  readonly gatewayApi?: { readonly first: WrittenGatewayApi; readonly last?: WrittenGatewayApi }
  /** Absent where no policy refuses anything. */
  readonly access?: WrittenAccess
  /** Gateways (`ns/name`) of either side, and those of Kubernetes on this one. */
  readonly knownGateways: readonly string[]
}

/** Gateways, and lists of routes, that nobody writes; objects are places in the list of all of them. */
export interface WrittenGatewayApi {
  readonly gateways: readonly number[]
  readonly lists: readonly WrittenList[]
  /** What is not worked out and may be at a Gateway (`ns/name`). */
  readonly openAt: readonly (readonly [gateway: string, of: readonly string[]])[]
}

/** Its entries are those of its VirtualService: each with whoever has it, and its place there. */
export interface WrittenList {
  readonly virtualService: number
  readonly suppliers: readonly (readonly [secondary: number, entry: number])[]
  readonly ownFirst?: true
  readonly isOpen?: true
}

/** Both sides as JSON, from which the engine answers requests elsewhere as it does here. */
export interface WrittenSides {
  readonly files: readonly string[]
  readonly objects: readonly WrittenObject[]
  readonly settings: IstioSettings
  readonly complete: boolean
  /** Those that are delegated to and which something else than this repository delivers (`ns/name`). */
  readonly external: readonly string[]
  readonly base?: readonly WrittenMesh[]
  readonly merged: readonly WrittenMesh[]
}

/** What has a place of its own in the list of objects. */
export type SharedObject = VirtualService | Gateway
