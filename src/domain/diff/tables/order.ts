import { budgets } from '../../budgets.ts'
import { type Doubt, doubt } from '../../doubt.ts'
import { exceeded } from '../../language/string-set.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf, shownName } from '../../manifest/names.ts'
import type { Box, Space } from '../../match/box.ts'
import { isOpaque } from '../../match/dimensions.ts'
import {
  intersectRequests,
  type RequestSet,
  subtractRequests,
  uniteRequests,
} from '../../match/request-set.ts'
import type { Contribution, EffectiveRoute } from '../../routing/route-table.ts'
import { audienceOf, servedBy } from '../../routing/turns.ts'
import { rangeOf } from '../../source/located.ts'
import type { DoubtsOf } from './doubts-of-boxes.ts'
import type { Difference, Taken } from './first-match.ts'
import type { HostAges, HostOrder } from './host-order.ts'
import { mayMeet } from './may-meet.ts'
import type { PlacedItem, RouteItem } from './placed-items.ts'
import type { TableContext } from './table-difference.ts'

/**
 * Orders enough to see whatever some order leads to. Those that are the same on both sides need not be told apart: only
 * the first of them that takes a request decides, so that each is tried among the changed ones, the others behind.
 * Throws BudgetExceeded for more than a few.
 */
export function decisiveOrders<T>(changed: readonly T[], same: readonly T[]): readonly (readonly T[])[] {
  if (same.length === 0 || changed.length + same.length <= 2) return orders([...changed, ...same])
  if (same.length * factorial(changed.length + 1) > budgets.orders.size) throw exceeded('orders')
  return same.flatMap((first) => {
    const rest = same.filter((each) => each !== first)
    return orders([...changed, first]).map((order) => [...order, ...rest])
  })
}

/**
 * The same where the order of some is known, the oldest first: the others may stand anywhere among them. Throws BudgetExceeded for
 * more than a few.
 */
export function ordersAround<T>(
  known: readonly T[],
  { changed, same }: { readonly changed: readonly T[]; readonly same: readonly T[] },
): readonly (readonly T[])[] {
  if (known.length < 2) return decisiveOrders(changed, same)
  const [free, others] = [changed, same].map((some) => some.filter((each) => !known.includes(each)))
  const firsts = (others ?? []).length === 0 ? [[]] : (others ?? []).map((each) => [each])
  return firsts.flatMap((first) => {
    const rest = (others ?? []).filter((each) => !first.includes(each))
    return placedAmong(known, [...(free ?? []), ...first], firsts.length).map((order) => [...order, ...rest])
  })
}

/** Every order that keeps the one of those that are known. */
function placedAmong<T>(known: readonly T[], free: readonly T[], times: number): readonly (readonly T[])[] {
  return free.reduce<readonly (readonly T[])[]>(
    (all, each) => {
      const [first = []] = all
      if (all.length * (first.length + 1) * times > budgets.orders.size) throw exceeded('orders')
      return all.flatMap((order) =>
        Array.from({ length: order.length + 1 }, (_, at) => order.toSpliced(at, 0, each)),
      )
    },
    [known],
  )
}

function factorial(count: number): number {
  return count < 2 ? 1 : count * factorial(count - 1)
}

/** Every order of a few values, the given one first. Throws BudgetExceeded for more than a few. */
export function orders<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length > budgets.orderedVirtualServices.size) throw exceeded('orderedVirtualServices')
  if (values.length < 2) return [values]
  return values.flatMap((value, index) => orders(values.toSpliced(index, 1)).map((rest) => [value, ...rest]))
}

/** Requests with one outcome before and one after, in every order or in some: then the order is among the doubts. */
export interface OrderedDifference {
  readonly requests: RequestSet
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
  readonly taken: Taken
  readonly doubts: readonly Doubt[]
}

/** One doubt about the requests of some boxes. */
type DoubtOf = (boxes: readonly Box[]) => Doubt

/** What the comparison of one group of paths knows. */
export interface OrderContext extends Space {
  readonly doubtsOf: DoubtsOf
  /** Why a difference of these requests is not certain that some orders lead to only. */
  readonly orderOf: DoubtOf
  /** Why one is not certain whose requests end alike. */
  readonly terms: Doubt
}

/** The differences found in each order, told apart into what holds in every order and what in some only. */
export function inEveryOrder(
  found: readonly (readonly Difference[])[],
  context: OrderContext,
): readonly OrderedDifference[] {
  const { work, doubtsOf, orderOf, terms } = context
  const perOrder = found.map((differences) => Map.groupBy(differences, keyOf))
  const keys = new Set(perOrder.flatMap((order) => [...order.keys()]))
  return [...keys].flatMap((key) => {
    const alike = perOrder.map((order) => order.get(key) ?? [])
    const sets = alike.map(requestsOf)
    const always = sets.reduce((a, b) => intersectRequests(a, b, work))
    const everything = sets.reduce((all, set) => uniteRequests(all, set, context))
    const sometimes = sets.length === 1 ? { boxes: [] } : subtractRequests(everything, always, context)
    const [sure, opaque] = byOpacity(always)
    return byMatch(alike, context).flatMap(({ requests, before, after, taken }) => {
      const outcome = { ...(before && { before }), ...(after && { after }), taken }
      const answered = (set: RequestSet) =>
        requests === undefined ? set : intersectRequests(set, requests, work)
      const alike = before !== undefined && before.outcome.key === after?.outcome.key ? [terms] : []
      const [{ boxes: inSome }, { boxes: unknown }] = [answered(sometimes), answered(opaque)]
      const rest = [...inSome, ...unknown]
      const order = inSome.length > 0 ? [orderOf(inSome)] : []
      return [
        { ...outcome, requests: answered(sure), doubts: alike },
        { ...outcome, requests: { boxes: rest }, doubts: [...alike, ...order, ...doubtsOf(rest)] },
      ].filter(({ requests: own }) => own.boxes.length > 0)
    })
  })
}

function requestsOf(differences: readonly Difference[]): RequestSet {
  return { boxes: differences.map(({ box }) => box) }
}

function keyOf({ ends }: Difference): string {
  return ends
}

interface Answered extends Omit<Difference, 'box' | 'ends'> {
  /** All of them where one match answered. */
  readonly requests?: RequestSet
}

/**
 * Requests that end alike, by the match that answered before: a team that loses a narrow one is asked, for a broad one
 * told. Where the order decides which match it was, they are in both.
 */
function byMatch(alike: readonly (readonly Difference[])[], space: Space): readonly Answered[] {
  const matchOf = ({ before }: Difference) => canonicalJson(before?.match ?? {})
  const groups = Map.groupBy(alike.flat(), matchOf)
  const perOrder = alike.map((differences) => Map.groupBy(differences, matchOf))
  return [...groups].flatMap(([match, [first]]): readonly Answered[] => {
    if (first === undefined) return []
    const { box: _, ends: __, ...ends } = first
    if (groups.size === 1) return [ends]
    const sets = perOrder.map((order) => requestsOf(order.get(match) ?? []))
    return [{ ...ends, requests: sets.reduce((all, set) => uniteRequests(all, set, space)) }]
  })
}

/** What hangs on a condition that is not looked into is not certain. */
function byOpacity({ boxes }: RequestSet): readonly [sure: RequestSet, opaque: RequestSet] {
  const isSure = (dimensions: Iterable<string>) => ![...dimensions].some(isOpaque)
  const { sure = [], opaque = [] } = Object.groupBy(boxes, (box) => (isSure(box.keys()) ? 'sure' : 'opaque'))
  return [{ boxes: sure }, { boxes: opaque }]
}

/** The VirtualServices of a host on both sides, and in which orders they may have been created. */
export interface OrderedSides {
  readonly orders: Readonly<Record<PlacedItem['side'], HostOrder>>
  readonly ages: HostAges
  readonly context: TableContext
}

/** Of those whose order can matter, those who have a route for some of the requests; in the mesh each may keep all to itself. */
export function meeting(
  boxes: readonly Box[],
  { all, routes }: Contested,
  { context }: OrderedSides,
): readonly string[] {
  if (context.gateway === 'mesh') return all
  const own = routes.filter(({ asks }) => boxes.some((box) => mayMeet(asks, box, context.narrowing)))
  const names = new Set<string>(own.map(({ from }) => identityOf(from.virtualService)))
  return names.size < 2 ? all : all.filter((name) => names.has(name))
}

export function creationOrder(names: readonly string[], { orders: { base, merged } }: OrderedSides): Doubt {
  const found = names.map((name) => ({
    name,
    written: [...merged.named(name), ...base.named(name)][0]?.virtualService,
  }))
  const of = found.map(({ name, written }) => (written === undefined ? name : shownName(written)))
  const places = found.map(({ written }) => written && rangeOf(written))
  return doubt({ code: 'creation-order', of: [...new Set(of)].toSorted() }, ...places)
}

/** The VirtualServices whose order of creation can matter to these requests, by identity. */
export interface Contested {
  readonly all: readonly string[]
  readonly routes: readonly RouteItem[]
  /** Those that do not treat all these requests alike on both sides. */
  readonly changed: ReadonlySet<string>
  /** Those whose age is known, the oldest first. */
  readonly known: readonly string[]
  /** Whether the sides read them in orders of their own. */
  readonly turned: ReturnType<HostAges['turned']>
}

export function contested(routes: readonly RouteItem[], { orders, ages, context }: OrderedSides): Contested {
  const inMesh = context.gateway === 'mesh'
  const there = [orders.base.contributions, orders.merged.contributions]
  const relevant = inMesh ? there.flat() : routes.map(({ from }) => from)
  const all = [...new Set(relevant.map(({ virtualService }) => identityOf(virtualService)))]
  const known = ages.known(all)
  const turned = inMesh ? 'no' : ages.turned(all)
  if (!ages.isFlat || context.newTerms) return { all, routes, changed: new Set(all), known, turned }
  const [before, after] = (['base', 'merged'] as const).map((side, index) => {
    const own = routes.filter((item) => item.side === side)
    const nameOf = ({ virtualService }: Contribution): string => identityOf(virtualService)
    const ids = Map.groupBy(own, ({ from }) => nameOf(from))
    const turns = Map.groupBy(inMesh ? (there[index] ?? []) : [], nameOf)
    return (name: string) =>
      JSON.stringify([
        ids.get(name)?.map(({ id }) => id),
        turns.get(name)?.map((each) => [audienceOf(each), servedBy(each) ?? 'nobody']),
      ])
  })
  const changed = new Set(all.filter((name) => before?.(name) !== after?.(name)))
  return { all, routes, changed, known, turned }
}

/**
 * Who treats the requests alike on both sides matters only if it comes before the others that do. Without an order given each side
 * has its own, which is all there is where that is known.
 */
export function ordersOf({ all, changed, known, turned }: Contested): readonly (readonly string[])[] {
  if (turned === 'wholly') return [[]]
  const tried = ordersTried({ all, changed, known })
  return turned === 'partly' ? [...tried, []] : tried
}

function ordersTried({
  all,
  changed,
  known,
}: Pick<Contested, 'all' | 'changed' | 'known'>): readonly (readonly string[])[] {
  const same = all.filter((name) => !changed.has(name))
  return ordersAround(known, { changed: [...changed], same })
}
