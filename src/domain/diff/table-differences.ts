import { BudgetExceeded, isEmpty } from '../language/string-set.ts'
import { identityOf } from '../manifest/names.ts'
import {
  type Box,
  intersectBoxes,
  keyOfBox,
  subtractBox,
  type Universe,
  withinUniverse,
} from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { type Placed, pathGroups } from '../match/path-groups.ts'
import type { RequestSet } from '../match/request-set.ts'
import {
  type Contribution,
  type EffectiveRoute,
  isCatchAll,
  type RouteTable,
} from '../routing/route-table.ts'
import { audienceOf, inOneList, levelOf, type Turn, turns } from '../routing/turns.ts'
import { type Candidate, differences } from './first-match.ts'
import { inEveryOrder, orders } from './order.ts'
import { asksOf, clientsBoxes } from './placed-route.ts'
import { decidingScope, type ScopeEntry } from './scope.ts'

/** One side of the comparison of a host: its table, if the host exists there, and what its primaries promise. */
export interface TableSide {
  readonly table: RouteTable | undefined
  readonly scope: readonly ScopeEntry[]
}

/** Requests of one host that both sides treat differently, all alike, and whose prefix it was. */
export interface TableDifference {
  readonly requests: RequestSet
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  readonly scope: readonly ScopeEntry[]
  /** False: only in some order of creation, or it could not be worked out. */
  readonly certain: boolean
}

export interface TableContext {
  readonly gateway: string
  readonly universe: Universe
  readonly options: ConditionOptions
  /** The servers take requests in on other terms: every request that has a route may end differently. */
  readonly newTerms: boolean
}

/** One thing that applies to a group of paths: a route of a side, or a promise of a side. */
type Item = RouteItem | PromiseItem

interface RouteItem {
  readonly kind: 'route'
  readonly side: 'base' | 'merged'
  readonly asks: Box
  readonly id: string
  readonly route: EffectiveRoute
  readonly from: Contribution
}

interface PromiseItem {
  readonly kind: 'promise'
  readonly side: 'base' | 'merged'
  readonly asks: Box
  readonly id: string
  readonly promise: ScopeEntry
}

/**
 * What differs between the tables of one host (Batfish's differential reachability in HTTP's terms). Complete and
 * exact over all dimensions of a match; what exceeds the budget is a difference that is not certain.
 */
export function tableDifferences(
  base: TableSide,
  merged: TableSide,
  context: TableContext,
): readonly TableDifference[] {
  const name = shortNames()
  const placed = [...place('base', base, context, name), ...place('merged', merged, context, name)]
  const sameTurns = !context.newTerms && turnsOf(base, context) === turnsOf(merged, context)
  // Groups whose routes are the same on both sides hold no difference.
  const nameOf = ([before = 0, after = 0, ...promises]: readonly number[]) =>
    before === after && sameTurns ? undefined : [before, after, ...promises].join()
  return pathGroups(placed, nameOf).flatMap((group) => {
    const paths = group.paths()
    if (isEmpty(paths)) return []
    const region: Box = new Map([['path', paths]])
    return groupDifferences(region, group.items(), { base, merged, context })
  })
}

/** The lists of items: what is the same on both sides has the same ids in both. */
const lists = { base: { route: 0, promise: 2 }, merged: { route: 1, promise: 3 } } as const

/** Long keys as short ones: equal keys get equal names. */
function shortNames(): (key: string) => string {
  const known = new Map<string, string>()
  return (key) => {
    const name = known.get(key) ?? String(known.size)
    known.set(key, name)
    return name
  }
}

function place(
  side: Item['side'],
  { table, scope }: TableSide,
  context: TableContext,
  name: (key: string) => string,
): readonly Placed<Item>[] {
  const contributions = table?.contributions ?? []
  const routes = contributions.flatMap((from) => {
    return from.routes.flatMap((route): readonly Placed<Item>[] => {
      const asks = asksOf(route, context.options)
      const rest = asks && withinUniverse(asks.rest, context.universe)
      if (asks === undefined || rest === undefined) return []
      // Two routes may ask for the same and yet take different turns: only what Istio calls a catch-all goes last.
      const turn = isCatchAll(route.match) ? 'last' : 'in turn'
      const owner = contributions.length > 1 ? `${identityOf(from.virtualService)} ${turn}` : ''
      const key = [keyOfBox(rest), route.outcome.key, owner, from.visibleTo?.join(' ') ?? '*']
      const item: Item = { kind: 'route', side, asks: rest, id: name(key.join('\n')), route, from }
      return [{ path: asks.path, item, list: lists[side].route, id: item.id }]
    })
  })
  const promises = scope.flatMap((promise): readonly Placed<Item>[] => {
    const asks = withinUniverse(promise.asks, context.universe)
    if (asks === undefined) return []
    const id = name(`promise ${promise.arrived ?? false} ${promise.key}`)
    const item: Item = { kind: 'promise', side, asks, id, promise }
    return [{ path: promise.path, item, list: lists[side].promise, id }]
  })
  return [...routes, ...promises]
}

/**
 * In the mesh a VirtualService that comes first serves alone, requests included for which it has no route; and a host
 * keeps those it exists for from a broader one.
 */
function turnsOf({ table }: TableSide, { gateway }: TableContext): string {
  const contributions = table?.contributions ?? []
  if (gateway !== 'mesh' && contributions.every((each) => levelOf(each) === 0)) return ''
  const turn = (each: Contribution) => [identityOf(each.virtualService), levelOf(each), audienceOf(each)]
  return JSON.stringify(contributions.map(turn))
}

interface Sides {
  readonly base: TableSide
  readonly merged: TableSide
  readonly context: TableContext
}

function groupDifferences(region: Box, items: readonly Item[], sides: Sides): readonly TableDifference[] {
  const { universe } = sides.context
  const routes = items.filter((item) => item.kind === 'route')
  try {
    const found = orders(contested(routes, sides)).map((order) =>
      differences(
        region,
        candidates(routes, 'base', order, sides),
        candidates(routes, 'merged', order, sides),
        { universe, newTerms: sides.context.newTerms },
      ),
    )
    return inEveryOrder(found, universe).flatMap((difference) => splitByScope(difference, items, universe))
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return [undecided(region, routes, items)]
  }
}

/** The VirtualServices whose order of creation can matter to these requests, by identity. */
function contested(routes: readonly RouteItem[], { base, merged, context }: Sides): readonly string[] {
  const there =
    context.gateway === 'mesh'
      ? [base, merged].flatMap(({ table }) => table?.contributions ?? [])
      : routes.map(({ from }) => from)
  return [...new Set(there.map(({ virtualService }) => identityOf(virtualService)))]
}

/** The candidates of one side, its VirtualServices taken in the given order. */
function candidates(
  routes: readonly RouteItem[],
  side: Item['side'],
  order: readonly string[],
  sides: Sides,
): readonly Candidate[] {
  const { gateway } = sides.context
  const own = Map.groupBy(
    routes.filter((item) => item.side === side),
    (item) => item.from,
  )
  const rank = ({ virtualService }: Contribution) => order.indexOf(identityOf(virtualService))
  const contributions = (sides[side].table?.contributions ?? []).toSorted((a, b) => rank(a) - rank(b))
  const candidatesOf = ({ contribution, clients }: Turn) => {
    const boxes = clientsBoxes(clients)
    return (own.get(contribution) ?? []).flatMap(({ asks, id, route }) =>
      boxes.flatMap((box): readonly Candidate[] => {
        const narrowed = intersectBoxes(asks, box)
        if (narrowed === undefined) return []
        return [{ asks: narrowed, id: clients ? keyOfBox(narrowed) + id : id, route }]
      }),
    )
  }
  return inOneList(gateway, turns(gateway, contributions), candidatesOf, ({ route }) => route)
}

/** Promises that ask for more than a path cover only some of the requests: those become differences of their own. */
function splitByScope(
  difference: Omit<TableDifference, 'scope'>,
  items: readonly Item[],
  universe: Universe,
): readonly TableDifference[] {
  const promises = items.filter((item) => item.kind === 'promise')
  let parts: readonly { readonly boxes: readonly Box[]; readonly covering: readonly PromiseItem[] }[] = [
    { boxes: difference.requests.boxes, covering: [] },
  ]
  for (const item of promises) {
    parts = parts.flatMap(({ boxes, covering }) => {
      const inside = boxes.flatMap((box) => intersectBoxes(box, item.asks) ?? [])
      const outside = boxes.flatMap((box) => subtractBox(box, item.asks, universe))
      return [
        { boxes: inside, covering: [...covering, item] },
        { boxes: outside, covering },
      ].filter((part) => part.boxes.length > 0)
    })
  }
  return parts.map(({ boxes, covering }) => ({
    ...difference,
    requests: { boxes },
    scope: scopeOf(covering),
  }))
}

function scopeOf(covering: readonly PromiseItem[]): readonly ScopeEntry[] {
  const of = (side: Item['side']) =>
    covering.filter((item) => item.side === side).map(({ promise }) => promise)
  return decidingScope(of('base'), of('merged'))
}

/** Over the budget: anybody who has a route here may gain or lose some of the requests. */
function undecided(region: Box, routes: readonly RouteItem[], items: readonly Item[]): TableDifference {
  const [base, merged] = (['base', 'merged'] as const).map((side) =>
    routes.filter((item) => item.side === side),
  )
  const gone = base?.find((item) => !merged?.some((other) => other.id === item.id)) ?? base?.[0]
  const added = merged?.find((item) => !base?.some((other) => other.id === item.id)) ?? merged?.[0]
  return {
    requests: { boxes: [region] },
    ...(gone && { before: gone.route }),
    ...(added && { after: added.route }),
    scope: scopeOf(items.filter((item) => item.kind === 'promise')),
    certain: false,
  }
}
