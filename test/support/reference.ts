import type { Request } from '../../src/domain/match/request.ts'
import { failedField } from '../../src/domain/match/request-matches.ts'
import type { Audience, EffectiveRoute, RouteTable } from '../../src/domain/routing/route-table.ts'
import { precedenceOf, routesInOrder } from '../../src/domain/routing/turns.ts'

/** The table a request meets, by looking at each: the exact host, else the longest wildcard. */
export function tableForRequest(
  tables: readonly RouteTable[],
  gateway: string,
  request: Request,
): RouteTable | undefined {
  const there = tables.filter(
    (table) =>
      table.gateway === gateway &&
      exists(table, request) &&
      (table.ports === undefined || request.port === undefined || table.ports.includes(request.port)),
  )
  const exact = there.find((table) => table.host === request.authority)
  if (exact !== undefined) return exact
  const wild = there.filter(
    ({ host }) =>
      host.startsWith('*') &&
      request.authority.endsWith(host.slice(1)) &&
      request.authority.length >= host.length,
  )
  return wild.toSorted((a, b) => b.host.length - a.host.length)[0]
}

/** At a gateway a host exists for whom some route is sent to; in the mesh for who sees a VirtualService of it. */
function exists({ gateway, routes, contributions }: RouteTable, request: Request): boolean {
  if (gateway !== 'mesh') {
    return routes.some(({ match }) => match === undefined || isAmong({ sources: [match] }, request))
  }
  return contributions.some(({ visibleTo }) => visibleTo?.includes(request.sourceNamespace ?? '') !== false)
}

/** The first route that a request matches, with the table's VirtualServices in the given order. */
export function routeInOrder(
  table: RouteTable | undefined,
  order: readonly string[],
  request: Request,
  missingSatisfiesWithout = true,
): EffectiveRoute | undefined {
  if (table === undefined) return undefined
  const rank = (name: string) => order.indexOf(name)
  const contributions = table.contributions.toSorted(
    (a, b) => rank(nameOf(a.virtualService)) - rank(nameOf(b.virtualService)),
  )
  return routesInOrder(table.gateway, contributions).find((route) =>
    takes(route, request, missingSatisfiesWithout),
  )
}

/**
 * Whether a VirtualService of the mesh has the host for this client, so that what it does not match is not the service's: the first
 * in turn that has a route for the client, and of a wildcard the first that the client sees.
 */
export function isKeptInMesh(
  table: RouteTable | undefined,
  order: readonly string[],
  request: Request,
): boolean {
  const inTurn = (table?.contributions ?? []).toSorted(
    (a, b) =>
      precedenceOf(a) - precedenceOf(b) ||
      order.indexOf(nameOf(a.virtualService)) - order.indexOf(nameOf(b.virtualService)),
  )
  for (const { visibleTo, routes, regardless } of inTurn) {
    if (visibleTo?.includes(request.sourceNamespace ?? '') === false) continue
    const sources = routes.map(({ match }) => match)
    const forAll = sources.includes(undefined)
    const isServed =
      routes.length > 0 && (forAll || isAmong({ sources: sources.flatMap((match) => match ?? []) }, request))
    if (isServed || regardless === true) return isServed
  }
  return false
}

function takes({ match, clients }: EffectiveRoute, request: Request, missingSatisfies: boolean): boolean {
  const from = request.sourceNamespace ?? ''
  if (clients?.among?.includes(from) === false) return false
  if (clients?.except.some((audience) => isAmong(audience, request))) return false
  return match === undefined || failedField(match, request, missingSatisfies) === undefined
}

export function nameOf({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return `${namespace}/${name}`
}

/** Whether a VirtualService has a route for the client at all: one of its matches asks for nothing that it lacks. */
function isAmong({ namespaces, sources }: Audience, request: Request): boolean {
  if (namespaces?.includes(request.sourceNamespace ?? '') === false) return false
  if (sources === undefined) return true
  return sources.some(({ port, gateways, sourceLabels, sourceNamespace }) => {
    const asked = {
      ...(port !== undefined && { port }),
      ...(gateways && { gateways }),
      ...(sourceLabels && { sourceLabels }),
      ...(sourceNamespace !== undefined && { sourceNamespace }),
    }
    return failedField(asked, request, true) === undefined
  })
}
