import type { Comparison } from '../../diff/comparison.ts'
import type { RouteChange } from '../../diff/route-change.ts'
import { identityOf, mayBeIdentity, resolveGatewayName } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { ResourceChange } from './resource-change.ts'

/** The mesh of that name as the base branch has it. */
export function baseMesh(comparison: Comparison, name: string): Mesh | undefined {
  return comparison.base.meshes.find((mesh) => mesh.name === name)
}

/** Every primary as the base branch has it. */
export function allPrimaries({ base }: Pick<Comparison, 'base'>): readonly VirtualService[] {
  return base.meshes.flatMap(({ graph }) => graph.primaries)
}

function basePrimaries(comparison: Comparison, mesh: string, name: string): readonly VirtualService[] {
  const primaries = baseMesh(comparison, mesh)?.graph.primaries ?? []
  return primaries.filter((primary) => identityOf(primary) === name)
}

/** The primaries, on the base side, that hold the tables in which a change happens. */
export function primariesOfChange(comparison: Comparison, change: RouteChange): readonly VirtualService[] {
  const names = [change.before, change.after].flatMap((route) =>
    route === undefined ? [] : [identityOf(route.from.primary)],
  )
  return names.flatMap((name) => basePrimaries(comparison, change.mesh, name))
}

/**
 * The primaries, on the base side, that a resource concerns: itself, those that delegate to it, those that are bound
 * to it (a Gateway), and those whose tables change because of it.
 */
export function primariesOfResource(
  comparison: Comparison,
  mesh: string,
  resource: { readonly kind: string; readonly name: string },
): readonly VirtualService[] {
  const { kind, name } = resource
  const graph = baseMesh(comparison, mesh)?.graph
  const edges = graph?.edges.filter((edge) => mayBeIdentity(edge.target, name)) ?? []
  const bound =
    graph?.primaries.filter((primary) =>
      gatewaysOf(primary).some((gateway) => mayBeIdentity(gateway, name)),
    ) ?? []
  const concerned = comparison.changes.filter((change) => change.mesh === mesh && involves(change, resource))
  return [
    ...(kind === 'Gateway' ? bound : basePrimaries(comparison, mesh, name)),
    ...(kind === 'Gateway' ? [] : edges.map((edge) => edge.primary)),
    ...concerned.flatMap((change) => primariesOfChange(comparison, change)),
  ]
}

/** The primaries, on the base side, that a change concerns; where it is not known what it does, all of its mesh. */
export function primariesOfResourceChange(
  comparison: Comparison,
  change: ResourceChange,
): readonly VirtualService[] {
  return change.subject === 'modelled'
    ? primariesOfResource(comparison, change.mesh, change)
    : (baseMesh(comparison, change.mesh)?.graph.primaries ?? [])
}

function involves(
  change: RouteChange,
  { kind, name }: { readonly kind: string; readonly name: string },
): boolean {
  if (kind === 'Gateway') return change.gateway === name
  return [change.before, change.after].some((route) => route?.outcome.supplier === name)
}

/** The gateways that a VirtualService is bound to, spelled out; the sidecars' is `mesh`. */
export function gatewaysOf({ spec, namespace }: VirtualService): readonly string[] {
  const { gateways = [] } = spec
  return gateways.length === 0 ? ['mesh'] : gateways.map((gateway) => resolveGatewayName(gateway, namespace))
}
