import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { DelegationGraph } from './delegation-graph.ts'
import type { RouteTable } from './route-table.ts'

/** One mesh of one side. An undivided repository has one, named `default`. */
export interface Mesh {
  readonly name: string
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  readonly graph: DelegationGraph
  readonly tables: readonly RouteTable[]
}

/** Everything that the files of one side amount to. */
export interface Snapshot {
  readonly manifests: Manifests
  readonly meshes: readonly Mesh[]
}
