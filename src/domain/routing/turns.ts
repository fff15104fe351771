import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'
import {
  type Audience,
  type Clients,
  type Contribution,
  type EffectiveRoute,
  isCatchAll,
  type RouteTable,
} from './route-table.ts'

/** A VirtualService in its turn, and the clients for whom it is its turn. */
export interface Turn {
  readonly contribution: Contribution
  readonly clients?: Clients
  /** At a gateway: others have the host, too, and their routes may stand between its own. */
  readonly shared?: true
}

/**
 * The clients that meet one of its routes. Alone, a catch-all for some clients keeps them from the routes behind it; among
 * others it is read last, and yet what stood behind it is not sent to them.
 */
export function clientsOf({ clients, shared }: Turn, { behind }: EffectiveRoute): Clients | undefined {
  if (!shared || behind === undefined) return clients
  return { ...clients, except: [...(clients?.except ?? []), { sources: behind }] }
}

/**
 * Who is asked, one after the other, for VirtualServices in the given order of creation. On one server, and in the mesh, those
 * exported to some namespaces only come before public ones, whatever their age. A gateway asks all of one host; in the mesh the first one
 * that has a route for a client serves it alone (Istio leaves out a VirtualService without routes for a proxy).
 */
export function turns(gateway: string, contributions: readonly Contribution[]): readonly Turn[] {
  const ordered = inPrecedence(contributions)
  return gateway === 'mesh' ? turnsInMesh(ordered) : turnsAtGateway(ordered)
}

/**
 * The turns of some of the VirtualServices of a host, in the given order of creation, without those of the others. At a gateway a
 * turn hangs on who has a more special host, in whatever order; in the mesh it hangs on all who come before.
 */
export type TurnsOf = (some: readonly Contribution[]) => readonly Turn[]

/** Prepared once for all groups of paths of a gateway's host. */
export function turnsAmong(contributions: readonly Contribution[]): TurnsOf {
  const inTurn = turnsAtGateway(inPrecedence(contributions))
  const turnOf = new Map(inTurn.map((turn) => [turn.contribution, turn]))
  return (some) => inPrecedence(some).flatMap((each) => turnOf.get(each) ?? [])
}

/** Precedence counts within one server: a listener reads its servers one after the other, in the given order. */
export function inPrecedence<T extends Contribution>(contributions: readonly T[]): readonly T[] {
  const places = new Map<string, number>()
  const placed = contributions.map((each, at) => {
    const key = `${levelOf(each)} ${serverOf(each)}`
    const place = places.get(key) ?? at
    places.set(key, place)
    return { each, place }
  })
  return placed
    .toSorted(
      ({ each: a, place }, { each: b, place: other }) =>
        levelOf(a) - levelOf(b) || place - other || precedenceOf(a) - precedenceOf(b),
    )
    .map(({ each }) => each)
}

/** Where a gateway reads it; nothing where the Gateway is not here. */
export function serverOf({ reading }: Pick<Contribution, 'reading'>): string {
  return reading === undefined
    ? ''
    : `${reading.gateway.namespace ?? ''}/${reading.gateway.name} ${reading.server}`
}

function turnsInMesh(ordered: readonly Contribution[]): readonly Turn[] {
  const seen: Turn[] = []
  for (const [index, contribution] of ordered.entries()) {
    const except = ordered.slice(0, index).map((earlier) => keptInMesh(earlier, contribution))
    if (except.some(isEverybody)) break
    const { visibleTo } = contribution
    const clients: Clients = { ...(visibleTo && { among: visibleTo }), except }
    seen.push({ contribution, ...((visibleTo || except.length > 0) && { clients }) })
  }
  return seen
}

function turnsAtGateway(ordered: readonly Contribution[]): readonly Turn[] {
  const levels = [...Map.groupBy(ordered, levelOf).values()]
  return levels.flatMap((level, index) => {
    const except = levels.slice(0, index).flat().map(keptAtGateway)
    if (except.some(isEverybody)) return []
    const shared = level.length > 1 && { shared: true as const }
    return level.map((contribution) => ({
      contribution,
      ...(except.length > 0 && { clients: { except } }),
      ...shared,
    }))
  })
}

/** Whom an earlier VirtualService keeps: on the same host those it has a route for, a service from a broader one all who see it. */
function keptInMesh(earlier: Contribution, later: Contribution): Audience {
  if (earlier.ofNoService || levelOf(earlier) === levelOf(later)) return audienceOf(earlier)
  return { ...(earlier.visibleTo && { namespaces: earlier.visibleTo }) }
}

/** A host exists for whom it has a route. Whether the pods see the VirtualService at all is asked before (`exportTo`). */
function keptAtGateway(earlier: Contribution): Audience {
  const { sources } = audienceOf(earlier)
  return { ...(sources && { sources }) }
}

/** Whether nobody passes a host by, to fall to a broader one. */
export const keepsEverybody = memoized(({ gateway, contributions }: RouteTable): boolean =>
  gateway === 'mesh'
    ? contributions.some((each) =>
        each.ofNoService ? isEverybody(audienceOf(each)) : each.visibleTo === undefined,
      )
    : contributions.some((each) => isEverybody(keptAtGateway(each))),
)

/** Whether no client is left out. */
export function isEverybody({ namespaces, sources }: Audience): boolean {
  return namespaces === undefined && sources === undefined
}

/** How many more special hosts a client must pass by to come here. */
export function levelOf({ level }: Contribution): number {
  return level ?? 0
}

/** The clients for whom a VirtualService has a route. */
export function audienceOf({
  visibleTo,
  routes,
  regardless,
}: Pick<Contribution, 'visibleTo' | 'routes' | 'regardless'>): Audience {
  const sources = routes.map(({ match }) => match)
  const forAll =
    regardless === true || sources.some((match) => match === undefined || !asksForTheSource(match))
  return {
    ...(visibleTo && { namespaces: visibleTo }),
    ...(!forAll && { sources: sources.flatMap((match) => match ?? []) }),
  }
}

/** The clients to whom it sends some route: what it does not match is 404 to them, and to others whom it keeps the service's. */
export function servedBy({ visibleTo, routes }: Contribution): Audience | undefined {
  return routes.length === 0 ? undefined : audienceOf({ routes, ...(visibleTo && { visibleTo }) })
}

/** Beside `gateways` the client's labels and namespace are ignored (Istio `sourceMatchHTTP`). */
function asksForTheSource({ port, gateways, sourceLabels, sourceNamespace }: HTTPMatchRequest): boolean {
  if (port !== undefined) return true
  if ((gateways ?? []).length > 0) return false
  return sourceNamespace !== undefined || Object.keys(sourceLabels ?? {}).length > 0
}

/**
 * Istio looks through the private, then the exported, then the public VirtualServices of a namespace, of these first the lists of the
 * Gateway API that are of the namespace itself.
 */
export function precedenceOf({ visibleTo, virtualService, isOwn }: Contribution): number {
  if (isOwn) return 2
  if (visibleTo === undefined) return 3
  return visibleTo.every((namespace) => namespace === virtualService.namespace) ? 0 : 1
}

/** The routes of several VirtualServices in the given order of creation, as one list. */
export function routesInOrder(
  gateway: string,
  contributions: readonly Contribution[],
): readonly EffectiveRoute[] {
  const routesOf = (turn: Turn) =>
    turn.contribution.routes.map((route) => {
      const clients = clientsOf(turn, route)
      return clients === undefined ? route : { ...route, clients }
    })
  return inOneList(gateway, turns(gateway, contributions), routesOf, (route) => route)
}

/**
 * What stands for the routes of each turn, as one list. Where several VirtualServices share a host, a gateway reads
 * catch-alls last (Istio `SortVHostRoutes`).
 */
export function inOneList<T>(
  gateway: string,
  inTurn: readonly Turn[],
  itemsOf: (turn: Turn) => readonly T[],
  routeOf: (item: T) => EffectiveRoute,
): readonly T[] {
  if (gateway === 'mesh') return inTurn.flatMap(itemsOf)
  const levels = Map.groupBy(inTurn, ({ contribution }) => levelOf(contribution))
  return [...levels.values()].flatMap((level) => {
    const items = level.flatMap(itemsOf)
    if (!level.some(({ shared }) => shared)) return items
    const isLast = (item: T) => isCatchAll(routeOf(item).match)
    return [...items.filter((item) => !isLast(item)), ...items.filter(isLast)]
  })
}
