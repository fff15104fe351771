import { partition } from '../../diff/first-match.ts'
import { orders } from '../../diff/order.ts'
import { clientsBoxes } from '../../diff/placed-route.ts'
import { BudgetExceeded } from '../../language/string-set.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { type Box, intersectBoxes, type Universe } from '../../match/box.ts'
import type { ConditionOptions } from '../../match/conditions.ts'
import { type PathGroup, pathGroups } from '../../match/path-groups.ts'
import {
  type Contribution,
  type EffectiveRoute,
  isCatchAll,
  type RouteTable,
} from '../../routing/route-table.ts'
import { catchAllsLast, turns } from '../../routing/turns.ts'
import { candidateOf } from './candidates.ts'
import { tableUniverse } from './table-universe.ts'

/**
 * Requests of one host that are treated differently, depending on which of some VirtualServices was created first. Who
 * does the same does not matter.
 */
export interface Contest {
  readonly table: RouteTable
  readonly virtualServices: readonly VirtualService[]
  /** Empty where the budget did not suffice to say which. */
  readonly boxes: readonly Box[]
  /** What can happen, by the VirtualService that was created first. */
  readonly outcomes: readonly Contested[]
}

export interface Contested {
  readonly oldest: VirtualService
  /** No route at all is one of the ends that are possible. */
  readonly routes: readonly (EffectiveRoute | undefined)[]
}

interface Item {
  readonly route: EffectiveRoute
  readonly asks: Box
  readonly from: Contribution
}

/** Of more path groups than this in one table the rest is not looked at: what is found is enough to act upon. */
const maxGroups = 64

/** The contests of one table, one for each set of VirtualServices and each way in which they can end. */
export function contestsIn(
  table: RouteTable,
  all: readonly RouteTable[],
  options: ConditionOptions,
): readonly Contest[] {
  const contributions = table.contributions.filter(isLastApplied)
  if (contributions.length < 2) return []
  const universe = tableUniverse(table, all)
  const placed = contributions.flatMap((from) =>
    from.routes.flatMap((route) => {
      const candidate = candidateOf(route, 0, universe, options)
      return candidate === undefined
        ? []
        : [{ path: candidate.path, item: { route, asks: candidate.rest, from } }]
    }),
  )
  const names = namesOf(contributions)
  const groups = pathGroups<Item>(placed, (items) => keyOf(items, table, names))
  const found = new Map<string, Contest & { readonly boxes: Box[] }>()
  for (const group of groups.slice(0, maxGroups)) {
    for (const contest of contestsOf(group, { ...table, contributions }, universe)) collect(contest, found)
  }
  return [...found.values()]
}

/** Two objects of one name are one in the cluster; `duplicate-virtual-service` speaks of them. */
function isLastApplied(
  { virtualService }: Contribution,
  index: number,
  all: readonly Contribution[],
): boolean {
  const name = identityOf(virtualService)
  return !all.some((other, place) => {
    return (
      place > index && other.virtualService !== virtualService && identityOf(other.virtualService) === name
    )
  })
}

function namesOf(contributions: readonly Contribution[]): ReadonlyMap<Contribution, number> {
  return new Map(contributions.map((each, index) => [each, index]))
}

/** At a gateway only narrower routes of two VirtualServices, or two catch-alls, can contest each other. */
function keyOf(
  items: readonly Item[],
  table: RouteTable,
  names: ReadonlyMap<Contribution, number>,
): string | undefined {
  if (items.length === 0) return undefined
  const isContest = (some: readonly Item[]) =>
    new Set(some.map(({ from }) => identityOf(from.virtualService))).size > 1
  const narrow = items.filter(({ route }) => !isCatchAll(route.match))
  const broad = items.filter(({ route }) => isCatchAll(route.match))
  if (table.gateway !== 'mesh' && !isContest(narrow) && !isContest(broad)) return undefined
  return items.map(({ from, route }) => `${names.get(from)}.${from.routes.indexOf(route)}`).join(' ')
}

function contestsOf(group: PathGroup<Item>, table: RouteTable, universe: Universe): readonly Contest[] {
  const here = table.gateway === 'mesh' ? table.contributions : group.items.map(({ from }) => from)
  const virtualServices = [...new Set(here.map(({ virtualService }) => virtualService))]
  try {
    const region: Region = { boxes: [new Map([['path', group.paths()]])], ends: [] }
    const inTurn = orders(virtualServices)
    const regions = inTurn.reduce<readonly Region[]>(
      (parts, order) => parts.flatMap((part) => divide(part, inOrder(group.items, table, order), universe)),
      [region],
    )
    return regions.flatMap((part) => contestOf(part, inTurn, table, virtualServices))
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return [{ table, virtualServices, boxes: [], outcomes: [] }]
  }
}

/** Requests that end alike in each order, and how they end, order by order. */
interface Region {
  readonly boxes: readonly Box[]
  readonly ends: readonly (EffectiveRoute | undefined)[]
}

function divide(
  { boxes, ends }: Region,
  candidates: Parameters<typeof partition>[1],
  universe: Universe,
): readonly Region[] {
  return partition(boxes, candidates, universe).map((part) => ({
    boxes: part.boxes,
    ends: [...ends, part.route],
  }))
}

function contestOf(
  { boxes, ends }: Region,
  inTurn: readonly (readonly VirtualService[])[],
  table: RouteTable,
  virtualServices: readonly VirtualService[],
): readonly Contest[] {
  if (new Set(ends.map((end) => end && canonicalJson(end.outcome.action))).size < 2) return []
  const outcomes = virtualServices.map((oldest) => {
    const possible = ends.filter((_, index) => inTurn[index]?.[0] === oldest)
    return { oldest, routes: [...new Map(possible.map((end) => [end?.outcome.key, end])).values()] }
  })
  return [{ table, virtualServices, boxes, outcomes }]
}

function inOrder(
  items: readonly Item[],
  table: RouteTable,
  order: readonly VirtualService[],
): Parameters<typeof partition>[1] {
  const rank = ({ virtualService }: Contribution) => order.indexOf(virtualService)
  const contributions = table.contributions
    .filter((each) => rank(each) >= 0)
    .toSorted((a, b) => rank(a) - rank(b))
  const list = turns(table.gateway, contributions).flatMap(({ contribution, clients }) => {
    const boxes = clientsBoxes(clients)
    return items
      .filter(({ from }) => from === contribution)
      .flatMap(({ route, asks }) =>
        boxes.flatMap((box) => {
          const narrowed = intersectBoxes(asks, box)
          return narrowed === undefined ? [] : [{ route, asks: narrowed, id: '' }]
        }),
      )
  })
  return table.gateway === 'mesh' ? list : catchAllsLast(list, ({ route }) => route)
}

function collect(contest: Contest, found: Map<string, Contest & { readonly boxes: Box[] }>): void {
  const ends = contest.outcomes.map(({ routes }) => routes.map((route) => route?.outcome.key ?? ''))
  const key = JSON.stringify([contest.virtualServices.map(identityOf), ends])
  const known = found.get(key)
  if (known === undefined) found.set(key, { ...contest, boxes: [...contest.boxes] })
  else known.boxes.push(...contest.boxes)
}
