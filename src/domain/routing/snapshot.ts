import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { buildDelegationGraph, type DelegationGraph } from './delegation-graph.ts'
import type { IstioSettings } from './istio-settings.ts'
import { type MergedVirtualService, mergeVirtualServices } from './merge-virtual-services.ts'
import { resolveNames } from './resolve-names.ts'
import type { RouteTable } from './route-table.ts'
import { effectiveRouteTables } from './route-tables.ts'

/** One mesh of one side. An undivided repository has one, named `default`. Names are resolved. */
export interface Mesh {
  readonly name: string
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
  readonly graph: DelegationGraph
  readonly merged: readonly MergedVirtualService[]
  readonly tables: readonly RouteTable[]
}

/** Everything that the files of one side amount to. */
export interface Snapshot {
  readonly manifests: Manifests
  readonly meshes: readonly Mesh[]
}

export interface SnapshotOptions {
  readonly settings: IstioSettings
  readonly complete: boolean
  /** Which mesh a path belongs to; a path of no mesh is left out. */
  readonly meshOf: (path: string) => string | undefined
  /** Gateways (`ns/name`) of either side, by mesh. */
  readonly knownGateways: (mesh: string) => ReadonlySet<string>
}

/** Manifests of one side -> delegation graph, merged VirtualServices and effective tables of each mesh. */
export function takeSnapshot(manifests: Manifests, options: SnapshotOptions): Snapshot {
  const names = new Set<string>()
  for (const resource of [...manifests.virtualServices, ...manifests.gateways]) {
    const mesh = options.meshOf(resource.file.path)
    if (mesh !== undefined) names.add(mesh)
  }
  const meshes = [...names].toSorted().map((name) => takeMesh(name, manifests, options))
  return { manifests, meshes }
}

function takeMesh(name: string, manifests: Manifests, options: SnapshotOptions): Mesh {
  const { settings, meshOf } = options
  const inMesh = (resource: VirtualService | Gateway) => meshOf(resource.file.path) === name
  const virtualServices = manifests.virtualServices
    .filter(inMesh)
    .map((each) => resolveNames(each, settings.clusterDomain))
  return meshWithout(
    { name, virtualServices, gateways: manifests.gateways.filter(inMesh) },
    new Set(),
    options,
  )
}

/** The mesh as it is without some of its objects: of those that are left with one identity, the last by path lives. */
export function meshWithout(
  { name, virtualServices, gateways }: Pick<Mesh, 'name' | 'virtualServices' | 'gateways'>,
  leftOut: ReadonlySet<VirtualService | Gateway>,
  { settings, complete, knownGateways }: Omit<SnapshotOptions, 'meshOf'>,
): Mesh {
  const isThere = (resource: VirtualService | Gateway) => !leftOut.has(resource)
  const graph = buildDelegationGraph(lastApplied(virtualServices.filter(isThere)), settings, complete)
  const merged = mergeVirtualServices(graph, settings)
  const tables = effectiveRouteTables({
    mesh: name,
    merged,
    gateways: lastApplied(gateways.filter(isThere)),
    knownGateways: knownGateways(name),
    settings,
  })
  return { name, virtualServices, gateways, graph, merged, tables }
}

/** Without a namespace, or with a name that another tool fills in, two objects may well be meant for two places. */
function isNotKnown(resource: VirtualService | Gateway): boolean {
  return resource.namespace === undefined || isUnknown(identityOf(resource))
}

/** Of several objects with one identity a cluster keeps the last one applied; they are read in the order of their paths. */
function lastApplied<T extends VirtualService | Gateway>(resources: readonly T[]): readonly T[] {
  const last = new Map(resources.map((each) => [identityOf(each), each]))
  return resources.filter((each) => isNotKnown(each) || last.get(identityOf(each)) === each)
}
