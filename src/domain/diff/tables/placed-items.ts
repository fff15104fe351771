import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import { type Box, keyOfBox } from '../../match/box.ts'
import { askedWithin, type Doubts } from '../../match/doubtful-box.ts'
import type { ListName, Placed } from '../../match/path-groups.ts'
import { type Contribution, type EffectiveRoute, isCatchAll } from '../../routing/route-table.ts'
import { levelOf } from '../../routing/turns.ts'
import type { ScopeEntry } from '../scope.ts'
import { asksOf } from './placed-route.ts'
import type { TableContext, TableSide } from './table-difference.ts'

/** One thing that applies to a group of paths: a route of a side, or a promise of a side. */
export type PlacedItem = RouteItem | PromiseItem

export interface RouteItem {
  readonly kind: 'route'
  readonly side: 'base' | 'merged'
  readonly asks: Box
  /** Why, of each dimension of `asks` that is not looked into. */
  readonly doubts: Doubts
  readonly id: string
  /** Takes every request that comes to it. */
  readonly takesAll: boolean
  /** Read after all that is narrower, whoever wrote it. */
  readonly last: boolean
  /** Equal for routes that ask for the same in the same turn, whatever they do. */
  readonly asksId: string
  readonly route: EffectiveRoute
  readonly from: Contribution
}

export interface PromiseItem {
  readonly kind: 'promise'
  readonly side: 'base' | 'merged'
  readonly asks: Box
  /** Why, of each dimension of `asks` that is not looked into. */
  readonly doubts: Doubts
  readonly id: string
  readonly promise: ScopeEntry
}

/**
 * The lists of items; what is the same on both sides has the same ids in both. Where catch-alls are read last on both
 * sides they have lists of their own.
 */
const lists = {
  base: { route: 0, last: 2, promise: 4 },
  merged: { route: 1, last: 3, promise: 5 },
} as const

/** Everything that the two sides place among the paths of a host. */
export function placeItems(
  base: TableSide,
  merged: TableSide,
  context: TableContext,
): readonly Placed<PlacedItem>[] {
  const name = shortNames()
  const apart = readsLast(base, context) && readsLast(merged, context)
  return (['base', 'merged'] as const).flatMap((side) => {
    const table = { base, merged }[side]
    return [...placeRoutes(side, table, context, name, apart), ...placePromises(side, table, context, name)]
  })
}

/** A gateway reads catch-alls last where several VirtualServices share the host. */
function readsLast({ table }: TableSide, { gateway }: TableContext): boolean {
  const contributions = table?.contributions ?? []
  return gateway !== 'mesh' && contributions.length > 1 && contributions.every((each) => levelOf(each) === 0)
}

/** Long keys as short ones: equal keys get equal names. */
function shortNames(): (key: readonly string[]) => string {
  const known = new Map<string, string>()
  return (key) => {
    const text = key.join('\n')
    const name = known.get(text) ?? String(known.size)
    known.set(text, name)
    return name
  }
}

type Naming = ReturnType<typeof shortNames>

function placeRoutes(
  side: PlacedItem['side'],
  { table }: TableSide,
  context: TableContext,
  name: Naming,
  apart: boolean,
): readonly Placed<PlacedItem>[] {
  const contributions = table?.contributions ?? []
  const routesOf =
    (from: Contribution, owner: string) =>
    (route: EffectiveRoute): readonly Placed<PlacedItem>[] => {
      const asks = asksOf(route, { ...context.options, work: context.work })
      const asked = asks && askedWithin(route.match, asks, context)
      if (asks === undefined || asked === undefined) return []
      const { rest, doubts } = asked
      // Two routes may ask for the same and yet take different turns: only what Istio calls a catch-all goes last.
      const behind = owner === '' || route.behind === undefined ? '' : canonicalJson(route.behind)
      const turn = isCatchAll(route.match) ? 'last' : 'in turn'
      const key = [keyOfBox(rest), owner && `${owner} ${turn}`, from.visibleTo?.join(' ') ?? '*', behind]
      const id = name([...key, route.outcome.key])
      const last = apart && turn === 'last'
      const takesAll = rest.size === 0 && route.behind === undefined
      const item: PlacedItem = {
        kind: 'route',
        side,
        asks: rest,
        doubts,
        id,
        takesAll,
        last,
        asksId: name(key),
        route,
        from,
      }
      const list = lists[side][last ? 'last' : 'route']
      return [{ path: asks.path, item, list, id, ...(apart && takesAll && { closes: true }) }]
    }
  return contributions.flatMap((from) => {
    const owner = contributions.length > 1 ? identityOf(from.virtualService) : ''
    return from.routes.flatMap(routesOf(from, owner))
  })
}

function placePromises(
  side: PlacedItem['side'],
  { scope }: TableSide,
  context: TableContext,
  name: Naming,
): readonly Placed<PlacedItem>[] {
  return scope.flatMap((promise): readonly Placed<PlacedItem>[] => {
    const asked = askedWithin(promise.match, { rest: promise.asks, doubts: promise.doubts }, context)
    if (asked === undefined) return []
    const id = name([`promise ${promise.arrived ?? false}`, promise.key])
    const { rest: asks, doubts } = asked
    const item: PlacedItem = { kind: 'promise', side, asks, doubts, id, promise }
    return [{ path: promise.path, item, list: lists[side].promise, id }]
  })
}

/** What tells groups of paths apart: equal names, equal routes that are read, in equal order. */
export function namesOfLists(all: readonly ListName[]): {
  readonly before: string
  readonly after: string
  readonly promises: string
} {
  const at = (list: number): ListName => all[list] ?? { number: 0, isClosed: false }
  const routes = ({ route, last }: { readonly route: number; readonly last: number }) =>
    [at(route).number, at(route).isClosed ? '' : at(last).number].join('.')
  return {
    before: routes(lists.base),
    after: routes(lists.merged),
    promises: [at(lists.base.promise).number, at(lists.merged.promise).number].join('.'),
  }
}

/** Catch-alls that are read last are not read at all where something narrower takes every request. */
export function withoutUnread(items: readonly PlacedItem[]): readonly PlacedItem[] {
  const closed = new Set(
    items.flatMap((item) => (item.kind === 'route' && !item.last && item.takesAll ? [item.side] : [])),
  )
  return items.filter((item) => item.kind !== 'route' || !item.last || !closed.has(item.side))
}
