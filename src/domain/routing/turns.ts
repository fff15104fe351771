import { type Clients, type Contribution, type EffectiveRoute, isCatchAll } from './route-table.ts'

/** A VirtualService in its turn, and the clients for whom it is its turn. */
export interface Turn {
  readonly contribution: Contribution
  readonly clients?: Clients
}

/**
 * Who is asked, one after the other, for VirtualServices in the given order of creation. Those exported to some
 * namespaces only come before public ones, whatever their age. A gateway asks them all; in the mesh the first one that
 * a client sees serves it alone.
 */
export function turns(gateway: string, contributions: readonly Contribution[]): readonly Turn[] {
  const ordered = contributions.toSorted((a, b) => precedenceOf(a) - precedenceOf(b))
  if (gateway !== 'mesh') return ordered.map((contribution) => ({ contribution }))
  const served = new Set<string>()
  const seen: Turn[] = []
  for (const contribution of ordered) {
    const clients = clientsOf(contribution.visibleTo, served)
    seen.push({ contribution, ...(clients && { clients }) })
    if (contribution.visibleTo === undefined) break
    for (const namespace of contribution.visibleTo) served.add(namespace)
  }
  return seen
}

/** Istio looks through the private, then the exported, then the public VirtualServices of a namespace. */
function precedenceOf({ visibleTo, virtualService }: Contribution): number {
  if (visibleTo === undefined) return 2
  return visibleTo.every((namespace) => namespace === virtualService.namespace) ? 0 : 1
}

function clientsOf(
  visibleTo: readonly string[] | undefined,
  served: ReadonlySet<string>,
): Clients | undefined {
  if (visibleTo !== undefined) return { among: visibleTo.filter((namespace) => !served.has(namespace)) }
  return served.size === 0 ? undefined : { except: [...served] }
}

/** The routes of several VirtualServices in the given order of creation, as one list. */
export function routesInOrder(
  gateway: string,
  contributions: readonly Contribution[],
): readonly EffectiveRoute[] {
  const routes = turns(gateway, contributions).flatMap(({ contribution, clients }) =>
    contribution.routes.map((route) => (clients === undefined ? route : { ...route, clients })),
  )
  return gateway === 'mesh' || contributions.length < 2 ? routes : catchAllsLast(routes, (route) => route)
}

/** Where several VirtualServices share a host, a gateway reads catch-alls last (Istio `SortVHostRoutes`). */
export function catchAllsLast<T>(items: readonly T[], routeOf: (item: T) => EffectiveRoute): readonly T[] {
  const isLast = (item: T) => isCatchAll(routeOf(item).match)
  return [...items.filter((item) => !isLast(item)), ...items.filter(isLast)]
}
