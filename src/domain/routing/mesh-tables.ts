import { isWildcard } from '../manifest/names.ts'
import type { MergedVirtualService } from './merge-virtual-services.ts'
import { surelyServed } from './mesh-services.ts'
import type { Contribution, RouteTable } from './route-table.ts'
import { boundGateways, type TableInput } from './table-input.ts'
import { routesInOrder } from './turns.ts'
import { routesOf } from './virtual-service-routes.ts'
import { exportsOf } from './visibility.ts'

/**
 * The tables of the sidecars, one for each host: the first VirtualService that serves a host serves it alone (Istio
 * `BuildSidecarOutboundVirtualHosts`). Where none has a route for a client the service answers by itself.
 */
export function meshTables(input: TableInput): readonly RouteTable[] {
  const bound = input.merged.filter((merged) => boundGateways(merged).includes('mesh'))
  const byHost = new Map<string, MergedVirtualService[]>()
  for (const merged of bound) {
    for (const host of new Set((merged.virtualService.spec.hosts ?? []).map((each) => each.toLowerCase()))) {
      byHost.set(host, [...(byHost.get(host) ?? []), merged])
    }
  }
  return [...byHost].map(([host, there]) => tableOf(host, there, input))
}

function tableOf(host: string, there: readonly MergedVirtualService[], input: TableInput): RouteTable {
  const parts = there.map((merged) => ({ merged, ...routesOf(merged, { gateway: 'mesh' }) }))
  const surely = surelyServed(host, input.services?.(), input.settings.clusterDomain)
  const ofNoService = surely !== undefined && 'own' in surely
  const contributions = parts.flatMap((part) => {
    const contribution: Contribution = {
      virtualService: part.merged.virtualService,
      routes: part.routes,
      ...visibleTo(part.merged, input),
      ...(isWildcard(host) && !ofNoService && { regardless: true as const }),
      ...(ofNoService && { ofNoService: true as const }),
    }
    return [...ownFirst(part.merged, contribution), contribution]
  })
  return {
    mesh: input.mesh,
    gateway: 'mesh',
    host,
    ...(surely && { surely }),
    routes: routesInOrder('mesh', contributions),
    dropped: parts.flatMap((part) => [...part.merged.dropped, ...part.dropped]),
    contributions,
    bound: parts.map((part) => part.merged.virtualService),
    terms: new Map(),
    doubts: [],
  }
}

/** A list of the Gateway API that everybody sees comes first for the clients of its own namespace, whatever its age. */
function ownFirst(merged: MergedVirtualService, contribution: Contribution): readonly Contribution[] {
  const { namespace } = merged.virtualService
  if (merged.ownFirst !== true || contribution.visibleTo !== undefined || namespace === undefined) return []
  return [{ ...contribution, visibleTo: [namespace], isOwn: true }]
}

/** Only the namespaces that a VirtualService is exported to see its routes. */
function visibleTo(merged: MergedVirtualService, input: TableInput): Pick<Contribution, 'visibleTo'> {
  const { virtualService } = merged
  const exportTo = exportsOf(virtualService, input.settings)
  // `.` of an unknown namespace may be any: it is taken to be everybody's.
  if (exportTo.includes('*') || virtualService.namespace === undefined) return {}
  const own = virtualService.namespace
  return { visibleTo: exportTo.flatMap((each) => (each === '.' ? (own ?? []) : [each])) }
}
