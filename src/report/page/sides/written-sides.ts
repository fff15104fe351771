import type { Gateway } from '../../../domain/manifest/gateway.ts'
import type { JsonObject } from '../../../domain/manifest/json.ts'
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
  /** Absent where no policy refuses anything. */
  readonly access?: WrittenAccess
  /** Gateways (`ns/name`) of either side. */
  readonly knownGateways: readonly string[]
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
