import type { VirtualService } from '../manifest/virtual-service.ts'
import { type Clients, type EffectiveRoute, isCatchAll } from './route-table.ts'

/** What one VirtualService adds to a table. */
export interface Contribution {
  readonly virtualService: VirtualService
  readonly routes: readonly EffectiveRoute[]
  /** The namespaces that it is exported to; absent where that is all of them. */
  readonly visibleTo?: readonly string[]
}

/**
 * The routes of several VirtualServices in the given order of creation. Those exported to some namespaces only come
 * before public ones, whatever their age. A gateway then reads them one after the other, catch-alls last (Istio
 * `SortVHostRoutes`); in the mesh the first one that a client sees serves it alone.
 */
export function routesInOrder(
  gateway: string,
  contributions: readonly Contribution[],
): readonly EffectiveRoute[] {
  const ordered = contributions.toSorted((a, b) => precedenceOf(a) - precedenceOf(b))
  if (gateway === 'mesh') return firstSeen(ordered)
  const all = ordered.flatMap((each) => each.routes)
  if (ordered.length < 2) return all
  return [
    ...all.filter((route) => !isCatchAll(route.match)),
    ...all.filter((route) => isCatchAll(route.match)),
  ]
}

/** Istio looks through the private, then the exported, then the public VirtualServices of a namespace. */
function precedenceOf({ visibleTo, virtualService }: Contribution): number {
  if (visibleTo === undefined) return 2
  return visibleTo.every((namespace) => namespace === virtualService.namespace) ? 0 : 1
}

function firstSeen(contributions: readonly Contribution[]): readonly EffectiveRoute[] {
  const served = new Set<string>()
  const routes: EffectiveRoute[] = []
  for (const { visibleTo, routes: own } of contributions) {
    const clients = clientsOf(visibleTo, served)
    routes.push(...own.map((route) => (clients === undefined ? route : { ...route, clients })))
    if (visibleTo === undefined) break
    for (const namespace of visibleTo) served.add(namespace)
  }
  return routes
}

function clientsOf(
  visibleTo: readonly string[] | undefined,
  served: ReadonlySet<string>,
): Clients | undefined {
  if (visibleTo !== undefined) return { among: visibleTo.filter((namespace) => !served.has(namespace)) }
  return served.size === 0 ? undefined : { except: [...served] }
}
