import type { ConditionOptions } from '../../match/conditions.ts'
import type { Request } from '../../match/request.ts'
import { isKnownToBeReadBefore } from '../assumed-order.ts'
import type { EffectiveRoute, RouteTable } from '../route-table.ts'
import { serverOf } from '../turns.ts'
import { type CompiledDrop, compileDrops } from './compiled-drops.ts'
import {
  type CompiledContribution,
  type CompiledRoute,
  compileContributions,
  type ReadRequest,
} from './compiled-routes.ts'
import type { Explanation, Skipped } from './explanation.ts'
import { describeMismatch } from './mismatch.ts'

/** Answers for a request among the tables that take its host, the most special first. */
export type ExplainedHost = (
  gateway: string,
  tables: readonly RouteTable[],
  asked: ReadRequest,
) => Omit<Explanation, 'mesh' | 'gateway'>

interface CompiledTable {
  readonly host: string
  readonly contributions: readonly CompiledContribution[]
  readonly drops: readonly CompiledDrop[]
}

/** An evaluator that keeps what it has prepared of each table. */
export function explainHost({ missingSatisfiesWithout }: ConditionOptions): ExplainedHost {
  const known = new WeakMap<RouteTable, CompiledTable>()
  const compiled = (table: RouteTable): CompiledTable => {
    const found = known.get(table) ?? {
      host: table.host,
      contributions: compileContributions(table.contributions, missingSatisfiesWithout),
      drops: compileDrops(table.dropped, missingSatisfiesWithout),
    }
    known.set(table, found)
    return found
  }
  return (gateway, tables, asked) => {
    const all = tables.map(compiled)
    const exists = gateway === 'mesh' ? existsInMesh : isThere
    const table = all.find(({ contributions }) => contributions.some((each) => exists(each, asked.request)))
    if (table === undefined) return unserved(gateway, all, asked)
    return gateway === 'mesh' ? inMesh(table, asked) : atGateway(table, asked)
  }
}

/** A VirtualService none of whose routes is sent to this client on this port does not exist for it. */
function isThere({ routes }: CompiledContribution, request: Request): boolean {
  return routes.some((route) => route.isSentTo(request))
}

/** Who sees a service has it from a more special host, with a route or without; any other host is made of routes. */
function existsInMesh(each: CompiledContribution, request: Request): boolean {
  return isSeen(each, request) && (!each.ofNoService || isThere(each, request))
}

/** No virtual host at a gateway; in the mesh the service is there without us, and answers by its default route. */
function unserved(
  gateway: string,
  tables: readonly CompiledTable[],
  asked: ReadRequest,
): ReturnType<ExplainedHost> {
  const skipped = tables.flatMap((table) => [
    ...table.contributions.flatMap(({ routes }) => passedOver(routes, asked)),
    ...drops(table, asked, undefined),
  ])
  const [first] = tables
  if (first === undefined) return { outcome: 'no-host', skipped }
  return {
    outcome: gateway === 'mesh' ? 'service' : 'no-host',
    ...(gateway === 'mesh' && { host: first.host }),
    skipped,
  }
}

interface Taken {
  readonly by: CompiledContribution
  readonly route: CompiledRoute
}

/**
 * All VirtualServices of the host are one list. Where there are several, catch-alls come last; who of equal precedence
 * comes first is not known, so whoever has a route of the decisive kind may be the first.
 */
function atGateway(table: CompiledTable, asked: ReadRequest): ReturnType<ExplainedHost> {
  const { host, contributions } = table
  const separate = contributions.length > 1
  const passes = separate ? [isOrdinary, isLast] : [anyRoute]
  const skipped: Skipped[] = []
  for (const kind of passes) {
    const taken: Taken[] = []
    for (const by of contributions) {
      if (taken.some((other) => comesBefore(other.by, by))) continue
      const candidates = separate ? sentTo(by.routes, asked.request).filter(kind) : by.routes
      const route = candidates.find((each) => each.failed(asked) === undefined)
      if (taken.length === 0) skipped.push(...passedOver(candidates, asked, route))
      if (route !== undefined && !taken.some((other) => other.by.virtualService === by.virtualService)) {
        taken.push({ by, route })
      }
    }
    if (taken.length > 0) return answer(host, taken, [...skipped, ...drops(table, asked, taken[0])])
  }
  return { host, outcome: 'no-route', skipped: [...skipped, ...drops(table, asked, undefined)] }
}

/** Whether one of two is known to be asked first: of one server by precedence, else by age. */
function comesBefore(one: CompiledContribution, other: CompiledContribution): boolean {
  if (serverOf(one) === serverOf(other) && one.precedence !== other.precedence)
    return one.precedence < other.precedence
  return isKnownToBeReadBefore(one, other)
}

/** Nothing is sent behind a catch-all, not even where others' routes come before that. */
function sentTo(routes: readonly CompiledRoute[], request: Request): readonly CompiledRoute[] {
  const end = routes.findIndex((route) => route.catchAll && route.isSentTo(request))
  return end === -1 ? routes : routes.slice(0, end + 1)
}

function isOrdinary({ catchAll }: CompiledRoute): boolean {
  return !catchAll
}

function isLast({ catchAll }: CompiledRoute): boolean {
  return catchAll
}

function anyRoute(): boolean {
  return true
}

/** The first VirtualService that the client sees serves it alone; who of equal precedence is first is not known. */
function inMesh(table: CompiledTable, asked: ReadRequest): ReturnType<ExplainedHost> {
  const { host, contributions } = table
  const seen = contributions.filter(
    (each) => isSeen(each, asked.request) && (each.regardless || isThere(each, asked.request)),
  )
  const servers = seen.filter((each) => !seen.some((other) => comesBefore(other, each)))
  const [first] = servers
  const before = contributions.slice(0, first && contributions.indexOf(first))
  const hidden = before.flatMap((each) => hiddenRoutes(each, asked))
  if (first === undefined) return { host, outcome: 'service', skipped: hidden }
  const taken = takenBy(servers, asked)
  const winner = taken.find(({ by }) => by === first)?.route
  const skipped = [...hidden, ...passedOver(first.routes, asked, winner)]
  if (taken.length > 0) {
    const none: readonly 'no-route'[] = taken.length < servers.length ? ['no-route'] : []
    return answer(host, taken, [...skipped, ...drops(table, asked, taken[0])], none)
  }
  const later = contributions.slice(before.length).filter((each) => !servers.includes(each))
  const unasked = takenBy(later, asked).map(({ route }) =>
    skip(route, `${first.name} serves this host alone`),
  )
  const all = [...skipped, ...unasked, ...drops(table, asked, undefined)]
  const having = servers.filter((each) => isThere(each, asked.request)).length
  // Whoever comes first and has no route for the client leaves it the service, and any other one 404.
  if (having > 0 && having < servers.length)
    return { host, outcome: 'contested', contestedBy: 'creation-order', possible: ['no-route'], skipped: all }
  return { host, outcome: having > 0 ? 'no-route' : 'service', skipped: all }
}

function isSeen({ visibleTo }: CompiledContribution, { sourceNamespace }: Request): boolean {
  if (visibleTo === undefined) return true
  return sourceNamespace !== undefined && visibleTo.includes(sourceNamespace)
}

/** Why a VirtualService in front does not serve the client: not exported to it, or with no route for it. */
function hiddenRoutes(each: CompiledContribution, asked: ReadRequest): readonly Skipped[] {
  if (isSeen(each, asked.request)) return passedOver(each.routes, asked)
  const from = asked.request.sourceNamespace ?? 'everywhere'
  return takenBy([each], asked).map(({ route }) =>
    skip(route, `exportTo: ${each.name} is not visible from ${from}`),
  )
}

/** The first route of each VirtualService that takes the request. */
function takenBy(contributions: readonly CompiledContribution[], asked: ReadRequest): readonly Taken[] {
  return contributions.flatMap((by) => {
    const route = by.routes.find((each) => each.failed(asked) === undefined)
    return route === undefined ? [] : [{ by, route }]
  })
}

function answer(
  host: string,
  taken: readonly Taken[],
  skipped: readonly Skipped[],
  others: readonly 'no-route'[] = [],
): ReturnType<ExplainedHost> {
  const byOutcome = new Map<string, EffectiveRoute>()
  for (const { route } of taken) {
    const { key } = route.route.outcome
    if (!byOutcome.has(key)) byOutcome.set(key, route.route)
  }
  const possible = [...byOutcome.values(), ...others]
  const [route] = byOutcome.values()
  if (possible.length > 1 || route === undefined)
    return { host, outcome: 'contested', contestedBy: 'creation-order', possible, skipped }
  return { host, outcome: 'route', route, skipped }
}

/** The routes in front of the one that serves the request; all of them if none does. */
function passedOver(
  routes: readonly CompiledRoute[],
  asked: ReadRequest,
  until?: CompiledRoute,
): readonly Skipped[] {
  const skipped: Skipped[] = []
  for (const route of routes) {
    if (route === until) break
    const field = route.failed(asked)
    if (field === undefined) continue
    const because = describeMismatch(route.route.match ?? {}, field, asked.request)
    const perhaps = route.isSentTo(asked.request) && route.mayTake(asked)
    skipped.push(
      perhaps
        ? {
            ...skip(route, `${because}, unless another tool fills it in so`, field),
            perhaps: route.route,
          }
        : skip(route, because, field),
    )
  }
  return skipped
}

function skip(route: CompiledRoute, because: string, field?: string): Skipped {
  const range = route.placeOf(field)
  return { ...(range && { range }), because }
}

/** The entries that would have taken the request before whoever does, had Istio not dropped them. */
function drops(table: CompiledTable, asked: ReadRequest, winner: Taken | undefined): readonly Skipped[] {
  const from = winner?.route.route.from
  return table.drops
    .filter((drop) => from === undefined || drop.isBefore(from))
    .filter((drop) => drop.wouldTake(asked.request))
    .map(({ range, because }) => ({ ...(range && { range }), because }))
}
