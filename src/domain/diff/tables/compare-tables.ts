import { doubt, uniteDoubts } from '../../doubt.ts'
import { BudgetExceeded, charge, isEmpty, unmetered } from '../../language/string-set.ts'
import { present } from '../../language/values.ts'
import { identityOf } from '../../manifest/names.ts'
import {
  type Box,
  everyRequest,
  intersectBoxes,
  keyOfBox,
  type Space,
  subtractBox,
  withinUniverse,
} from '../../match/box.ts'
import { arrivingUniverse } from '../../match/dimensions.ts'
import { type ListName, type PathGroup, pathGroups } from '../../match/path-groups.ts'
import type { Contribution } from '../../routing/route-table.ts'
import { audienceOf, clientsOf, inOneList, levelOf, servedBy, type Turn } from '../../routing/turns.ts'
import { decidingScope } from '../scope.ts'
import { ownedBoxes } from '../unanswered.ts'
import { withoutBystanders } from './bystanders.ts'
import { type DoubtsOf, doubtsOfBoxes } from './doubts-of-boxes.ts'
import { type Candidate, differences } from './first-match.ts'
import { type HostOrder, hostAges, hostOrder } from './host-order.ts'
import { mayShare } from './may-meet.ts'
import {
  contested,
  creationOrder,
  inEveryOrder,
  meeting,
  type OrderedDifference,
  type OrderedSides,
  ordersOf,
} from './order.ts'
import {
  namesOfLists,
  type PlacedItem,
  type PromiseItem,
  placeItems,
  type RouteItem,
  withoutUnread,
} from './placed-items.ts'
import { clientsBoxes } from './placed-route.ts'
import { withoutSameRewrites } from './same-rewrites.ts'
import type { TableContext, TableDifference, TableSide } from './table-difference.ts'
import { undecided } from './undecided.ts'

/**
 * What differs between the tables of one host (Batfish's differential reachability in HTTP's terms). Complete and
 * exact over all dimensions of a match; what exceeds the budget is a difference that is not certain. Requests whose path
 * no request arrives with are left out only where nothing else is left of a box: what a set is called by does not hang
 * on the paths that a mesh normalises.
 */
export function compareTables(
  one: TableSide,
  other: TableSide,
  context: TableContext,
): readonly TableDifference[] {
  const [base, merged] = context.gateway === 'mesh' ? withoutBystanders(one, other) : [one, other]
  const orders = { base: orderOn(base, context), merged: orderOn(merged, context) }
  const ages = hostAges(orders.base.contributions, orders.merged.contributions)
  const isTurned = context.gateway !== 'mesh' && ages.turned(namesOf(orders)) !== 'no'
  const sameTurns = !context.newTerms && !isTurned && turnsOf(base, context) === turnsOf(merged, context)
  const sides = { orders, ages, context, sameTurns }
  const nameOf = (lists: readonly ListName[]) => {
    const { before, after, promises } = namesOfLists(lists)
    return before === after && sameTurns ? undefined : [before, after, promises].join('|')
  }
  return pathGroups(placeItems(base, merged, context), nameOf)
    .flatMap((group) => groupDifferences(group, sides))
    .flatMap((difference) => arrivingOnly(difference, context))
}

function namesOf({ base, merged }: Sides['orders']): readonly string[] {
  const all = [...base.contributions, ...merged.contributions]
  return [...new Set<string>(all.map(({ virtualService }) => identityOf(virtualService)))]
}

function rewrittenOtherwise(difference: OrderedDifference, context: TableContext) {
  if (context.newTerms) return [difference]
  return ofBoxes(difference, withoutSameRewrites(difference.requests.boxes, difference, context))
}

function arrivingOnly(difference: TableDifference, { options }: TableContext): readonly TableDifference[] {
  const { present: arriving } = arrivingUniverse(options.pathNormalization)('path')
  const boxes = difference.requests.boxes.filter((box) => {
    const asked = box.get('path')
    return asked === undefined || mayShare(asked.present, arriving, unmetered)
  })
  return ofBoxes(difference, boxes)
}

/** Nothing where none of its requests is left. */
function ofBoxes<T>(difference: T, boxes: readonly Box[]) {
  return boxes.length === 0 ? [] : [{ ...difference, requests: { boxes } }]
}

function orderOn({ table }: TableSide, { gateway }: TableContext): HostOrder {
  return hostOrder(gateway, table?.contributions ?? [])
}

/**
 * In the mesh a VirtualService that comes first serves alone, requests included for which it has no route; and a host
 * keeps those it exists for from a broader one.
 */
function turnsOf({ table }: TableSide, { gateway }: TableContext): string {
  const contributions = table?.contributions ?? []
  if (gateway !== 'mesh' && contributions.every((each) => levelOf(each) === 0)) return ''
  const turn = (each: Contribution) => [
    identityOf(each.virtualService),
    levelOf(each),
    audienceOf(each),
    servedBy(each) ?? 'nobody',
  ]
  return JSON.stringify(contributions.map(turn))
}

interface Sides extends OrderedSides {
  /** The VirtualServices of the host are there for the same clients, on the same terms. */
  readonly sameTurns: boolean
}

/** Where even its paths are too much, anything that its items do on any path. */
function groupDifferences(group: PathGroup<PlacedItem>, sides: Sides): readonly TableDifference[] {
  const items = withoutUnread(group.items())
  let region = everyRequest
  try {
    const paths = group.paths()
    if (isEmpty(paths)) return []
    region = new Map([['path', present(paths)]])
    return decided(region, items, sides)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return undecided({ region, items, budget: error.budget }, sides)
  }
}

function decided(region: Box, items: readonly PlacedItem[], sides: Sides): readonly TableDifference[] {
  const { universe, work, newTerms } = sides.context
  const routes = items.filter((item) => item.kind === 'route')
  const among = contested(routes, sides)
  const found = ordersOf(among).map((order) =>
    differences(
      region,
      candidates(routes, 'base', order, sides),
      candidates(routes, 'merged', order, sides),
      { universe, work, newTerms },
    ),
  )
  const doubtsOf = doubtsOfBoxes(items)
  const orderOf = (boxes: readonly Box[]) => creationOrder(meeting(boxes, among, sides), sides)
  const terms = doubt({ code: 'other-terms', gateway: sides.context.gateway })
  const all = inEveryOrder(found, { universe, work, doubtsOf, orderOf, terms })
  return all
    .flatMap((difference) => rewrittenOtherwise(difference, sides.context))
    .flatMap((difference) => splitByScope(difference, items, { universe, work, doubtsOf }))
}

type RoutedCandidate = Required<Candidate>

/** The candidates of one side, its VirtualServices taken in the given order. */
function candidates(
  routes: readonly RouteItem[],
  side: PlacedItem['side'],
  order: readonly string[],
  sides: Sides,
): readonly Candidate[] {
  const { gateway, work } = sides.context
  const own = Map.groupBy(
    routes.filter((item) => item.side === side),
    (item) => item.from,
  )
  const concerned = sides.orders[side].concerned(own.keys())
  // Each is put in order, given its turn and put into one list.
  charge(work, 3 * concerned.length)
  const candidatesOf = (turn: Turn): readonly RoutedCandidate[] =>
    (own.get(turn.contribution) ?? []).flatMap(({ asks, id, route }) => {
      const clients = clientsOf(turn, route)
      return clientsBoxes(clients, work).flatMap((box): readonly RoutedCandidate[] => {
        const both = intersectBoxes(asks, box, work)
        const narrowed = both && clients ? withinUniverse(both, sides.context) : both
        if (narrowed === undefined) return []
        return [{ asks: narrowed, id: clients ? keyOfBox(narrowed) + id : id, route }]
      })
    })
  const inTurn = sides.orders[side].inTurn(concerned, order)
  const routed = inOneList(gateway, inTurn, candidatesOf, ({ route }) => route)
  return gateway === 'mesh'
    ? [...routed, ...inTurn.flatMap((turn) => keptFromTheService(turn, sides))]
    : routed
}

/** In the mesh a VirtualService with some route for a client has the host: what it does not match is 404, and not the service's. */
function keptFromTheService(turn: Turn, { context }: Sides): readonly Candidate[] {
  return ownedBoxes(turn, context.work).flatMap((owned) => {
    const asks = withinUniverse(owned, context)
    return asks === undefined ? [] : [{ asks, id: `no route ${keyOfBox(asks)}` }]
  })
}

/** Promises that ask for more than a path cover only some of the requests: those become differences of their own. */
function splitByScope(
  difference: Omit<TableDifference, 'scope' | 'formerly'>,
  items: readonly PlacedItem[],
  space: Space & { readonly doubtsOf: DoubtsOf },
): readonly TableDifference[] {
  const promises = items.filter((item) => item.kind === 'promise')
  let parts: readonly { readonly boxes: readonly Box[]; readonly covering: readonly PromiseItem[] }[] = [
    { boxes: difference.requests.boxes, covering: [] },
  ]
  for (const item of promises) {
    parts = parts.flatMap(({ boxes, covering }) => {
      const inside = boxes.flatMap((box) => intersectBoxes(box, item.asks, space.work) ?? [])
      const outside = boxes.flatMap((box) => subtractBox(box, item.asks, space))
      return [
        { boxes: inside, covering: [...covering, item] },
        { boxes: outside, covering },
      ].filter((part) => part.boxes.length > 0)
    })
  }
  return parts.map(({ boxes, covering }) => ({
    ...difference,
    requests: { boxes },
    ...scopeOf(covering, space),
    // Whose prefix it is may hang on what is not looked into.
    doubts: uniteDoubts([...difference.doubts, ...space.doubtsOf(boxes)]),
  }))
}

function scopeOf(
  covering: readonly PromiseItem[],
  space: Space,
): Pick<TableDifference, 'scope' | 'formerly'> {
  const of = (side: PlacedItem['side']) =>
    covering.filter((item) => item.side === side).map(({ promise }) => promise)
  return decidingScope(of('base'), of('merged'), space)
}
