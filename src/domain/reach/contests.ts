import { budgets } from '../budgets.ts'
import { partition } from '../diff/tables/first-match.ts'
import { ordersAround } from '../diff/tables/order.ts'
import { clientsBoxes } from '../diff/tables/placed-route.ts'
import { anyOf, BudgetExceeded, isEmpty, subtract, unmetered, type Work } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { intersectValues, isImpossible, present } from '../language/values.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes, type Space, type Universe } from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { type NameOf, type PathGroup, type Placed, pathGroups } from '../match/path-groups.ts'
import { inKnownTurn } from '../routing/assumed-order.ts'
import {
  type Contribution,
  type EffectiveRoute,
  isCatchAll,
  type RouteTable,
} from '../routing/route-table.ts'
import { clientsOf, inOneList, type Turn, turns } from '../routing/turns.ts'
import { type CandidateReading, candidateOf, literalSet } from './candidates.ts'
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
  /** All requests that the table can meet. */
  readonly universe: Universe
  /** What can happen, by the VirtualService that was created first. */
  readonly outcomes: readonly Contested[]
}

export interface Contested {
  readonly oldest: VirtualService
  /** No route at all is one of the ends that are possible. */
  readonly routes: readonly (EffectiveRoute | undefined)[]
}

interface Asking {
  readonly route: EffectiveRoute
  readonly asks: Box
  readonly from: Contribution
}

/** The contests of one table, one for each set of VirtualServices and each way in which they can end. */
export function contestsIn(
  whole: RouteTable,
  all: readonly RouteTable[],
  options: ConditionOptions,
  work: Work,
): readonly Contest[] {
  const universe = tableUniverse(whole, all, options)
  const table = { ...whole, contributions: lastApplied(whole.contributions) }
  if (table.contributions.length < 2 || isInKnownOrder(table)) return []
  if (table.gateway === 'mesh' && table.contributions.length > budgets.orderedVirtualServices.size)
    return crowded(table, universe)
  const found = new Map<string, Contest & { readonly boxes: Box[] }>()
  const reading = { ...options, universe, work }
  for (const group of groupsOf(table, reading)) {
    for (const contest of contestsOf(group, table, reading)) collect(contest, found)
  }
  return [...found.values()]
}

function isInKnownOrder({ contributions }: RouteTable): boolean {
  const written = new Set(contributions.map(({ virtualService }) => virtualService))
  return inKnownTurn(contributions).length === written.size
}

/** Two objects of one name are one in the cluster; `duplicate-virtual-service` speaks of them. */
function lastApplied(contributions: readonly Contribution[]): readonly Contribution[] {
  const last = new Map(
    contributions.map(({ virtualService }) => [identityOf(virtualService), virtualService]),
  )
  return contributions.filter(({ virtualService }) => last.get(identityOf(virtualService)) === virtualService)
}

/** Many VirtualServices in the mesh on one host: contested if two of them are for the same clients and differ. */
function crowded(table: RouteTable, universe: Universe): readonly Contest[] {
  const { contributions } = table
  const clients = contributions.flatMap(({ visibleTo = ['everybody else'], level = 0 }) =>
    [...new Set(visibleTo)].map((namespace) => `${level} ${namespace}`),
  )
  const actions = new Set(
    contributions.flatMap(({ routes }) => routes.map(({ outcome }) => canonicalJson(outcome.action))),
  )
  if (new Set(clients).size === clients.length || actions.size < 2) return []
  const virtualServices = contributions.map(({ virtualService }) => virtualService)
  return [{ table, virtualServices, boxes: [], universe, outcomes: [] }]
}

/** Paths with the routes that can contest each other there. At a gateway catch-alls are read last, among themselves. */
function groupsOf(table: RouteTable, reading: CandidateReading): readonly PathGroup<Asking>[] {
  let ids = 0
  const placed = table.contributions.flatMap((from) =>
    from.routes.flatMap((route): readonly Placed<Asking>[] => {
      const candidate = candidateOf(route, 0, reading)
      if (candidate === undefined) return []
      const item = { route, asks: candidate.rest, from }
      return [{ path: candidate.path, item, list: 0, id: String(ids++) }]
    }),
  )
  const name: NameOf<Asking> = (lists, items) =>
    isDisputed(items(), table) ? String(lists[0]?.number) : undefined
  if (table.gateway === 'mesh') return pathGroups(placed, name).slice(0, budgets.contestGroups.size)
  const isLast = ({ item }: Placed<Asking>) => isCatchAll(item.route.match)
  const narrow = placed.filter((each) => !isLast(each))
  const broad = placed.filter(isLast)
  return [...pathGroups(narrow, name).slice(0, budgets.contestGroups.size), ...leftToCatchAlls(broad, narrow)]
}

/** The paths that narrower routes leave, and the catch-alls that take them. */
function leftToCatchAlls(
  broad: readonly Placed<Asking>[],
  narrow: readonly Placed<Asking>[],
): readonly PathGroup<Asking>[] {
  const items = broad.map(({ item }) => item)
  if (!isContest(items)) return []
  const taken = narrow
    .filter(({ item }) => item.asks.size === 0)
    .map(({ path }) => literalSet(path, unmetered))
  const left = subtract(paths, anyOf(taken, unmetered), unmetered)
  return isEmpty(left) ? [] : [{ items: () => items, paths: () => left }]
}

function isContest(items: readonly Asking[]): boolean {
  return new Set(items.map(({ from }) => identityOf(from.virtualService))).size > 1
}

/** Routes of one VirtualService alone contest nothing, but in the mesh, where the others' silence counts. */
function isDisputed(items: readonly Asking[], { gateway }: RouteTable): boolean {
  return items.length > 0 && (gateway === 'mesh' || isContest(items))
}

function contestsOf(group: PathGroup<Asking>, table: RouteTable, space: Space): readonly Contest[] {
  const items = group.items()
  const paths = intersectValues(present(group.paths()), space.universe('path'), unmetered)
  if (isImpossible(paths)) return []
  const here = table.gateway === 'mesh' ? table.contributions : items.map(({ from }) => from)
  const among = [...new Set(here)]
  const virtualServices = [...new Set(among.map(({ virtualService }) => virtualService))]
  try {
    const region: Region = { boxes: [new Map([['path', paths]])], ends: [] }
    const known = inKnownTurn(among).map(({ virtualService }) => virtualService)
    const inTurn = ordersAround(known, { changed: virtualServices, same: [] })
    const regions = inTurn.reduce<readonly Region[]>(
      (parts, order) => {
        const candidates = () => inOrder(items, { table, among, order, work: space.work })
        return parts.flatMap((part) => divide(part, candidates(), space))
      },
      [region],
    )
    const where = { table, virtualServices, universe: space.universe }
    return regions.flatMap((part) => contestOf(part, inTurn, where))
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return [{ table, virtualServices, boxes: [], universe: space.universe, outcomes: [] }]
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
  space: Space,
): readonly Region[] {
  return partition(boxes, candidates, space).map((part) => ({
    boxes: part.boxes,
    ends: [...ends, part.route],
  }))
}

function contestOf(
  { boxes, ends }: Region,
  inTurn: readonly (readonly VirtualService[])[],
  where: Pick<Contest, 'table' | 'virtualServices' | 'universe'>,
): readonly Contest[] {
  if (new Set(ends.map((end) => end && canonicalJson(end.outcome.action))).size < 2) return []
  const outcomes = where.virtualServices.map((oldest) => {
    const possible = ends.filter((_, index) => inTurn[index]?.[0] === oldest)
    return { oldest, routes: [...new Map(possible.map((end) => [end?.outcome.key, end])).values()] }
  })
  return [{ ...where, boxes, outcomes: outcomes.filter(({ routes }) => routes.length > 0) }]
}

interface Turns {
  readonly table: RouteTable
  /** Those who may answer; nobody else of the table has a turn. */
  readonly among: readonly Contribution[]
  readonly order: readonly VirtualService[]
  readonly work: Work
}

function inOrder(
  items: readonly Asking[],
  { table, among, order, work }: Turns,
): Parameters<typeof partition>[1] {
  const rank = ({ virtualService }: Contribution) => order.indexOf(virtualService)
  const contributions = among.filter((each) => rank(each) >= 0).toSorted((a, b) => rank(a) - rank(b))
  const candidatesOf = (turn: Turn) =>
    items
      .filter(({ from }) => from === turn.contribution)
      .flatMap(({ route, asks }) =>
        clientsBoxes(clientsOf(turn, route), work).flatMap((box) => {
          const narrowed = intersectBoxes(asks, box, work)
          return narrowed === undefined ? [] : [{ route, asks: narrowed, id: '' }]
        }),
      )
  return inOneList(table.gateway, turns(table.gateway, contributions), candidatesOf, ({ route }) => route)
}

function collect(contest: Contest, found: Map<string, Contest & { readonly boxes: Box[] }>): void {
  const ends = contest.outcomes.map(({ routes }) => routes.map((route) => route?.outcome.key ?? ''))
  const key = JSON.stringify([contest.virtualServices.map(identityOf), ends])
  const known = found.get(key)
  if (known === undefined) found.set(key, { ...contest, boxes: [...contest.boxes] })
  else known.boxes.push(...contest.boxes)
}
