import { budgets } from '../../budgets.ts'
import { type Doubt, doubt } from '../../doubt.ts'
import type { List } from '../../gateway-api/lists.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { kindAndName } from '../../manifest/names.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { rangeOf } from '../../source/located.ts'
import type { Unsettled, UntriedOrders } from './mesh-choices.ts'

/** Who has an object. */
export type TeamOf = (resource: Resource) => string

/** Routes of the Gateway API of which only their age, which nobody knows here, says who comes first in a list that differs. */
export interface TiedRoutes {
  /** Those that are tried as the oldest, besides the orders by name, and who comes behind them. */
  readonly firsts: readonly (readonly string[])[]
  readonly unsettled: readonly Unsettled[]
  /** All of them, where there are too many to try each before one of each team. */
  readonly untried: UntriedOrders | undefined
}

const none: TiedRoutes = { firsts: [], unsettled: [], untried: undefined }

/**
 * The ties in lists that are not the same on both sides. A route that is not on both sides, or says something else, takes from whoever
 * came first, or leaves to whoever comes behind it: each is tried before one of each team.
 */
export function tiedRoutes(
  [base, merged]: readonly (Mesh | undefined)[],
  teamOf: TeamOf = kindAndName,
): TiedRoutes {
  const [before = [], after = []] = [base, merged].map((mesh) => mesh?.gatewayApi?.lists ?? [])
  if (![...before, ...after].some(({ open }) => open.length > 0)) return none
  const groups = [...differing(before, after), ...differing(after, before)].flatMap(({ open }) => open)
  const routes = new Map(groups.flat().map((each) => [kindAndName(each), each]))
  const names = [...routes.keys()].toSorted(compareTexts)
  if (names.length < 2) return none
  const changed = changedAmong(routesIn(before), routesIn(after))
  const firsts = distinct(groups.flatMap((group) => firstsIn(group, changed, teamOf)))
  const all = [...routes.values()]
  return {
    firsts: firsts.slice(0, budgets.orders.size),
    unsettled: [{ objects: [], doubt: doubtOf('creation-order', names, all) }],
    untried:
      firsts.length > budgets.orders.size
        ? { routes: all, doubt: doubtOf('untried-orders', names, all) }
        : undefined,
  }
}

function differing(lists: readonly List[], others: readonly List[]): readonly List[] {
  const known = new Set(others.map(contentOf))
  return lists.filter((each) => each.open.length > 0 && !known.has(contentOf(each)))
}

function contentOf({ virtualService: { spec }, entries }: List): string {
  return canonicalJson([
    spec.hosts ?? [],
    spec.gateways ?? [],
    entries.map(({ http, secondary }) => [http, secondary.kind, secondary.namespace ?? '', secondary.name]),
  ])
}

/** What each route says (`Kind ns/name`). */
function routesIn(lists: readonly List[]): ReadonlyMap<string, string> {
  const routes = new Set(lists.flatMap(({ entries }) => entries.map(({ secondary }) => secondary)))
  return new Map(
    [...routes].map((each) => {
      const kind = each.madeOf?.kind ?? each.kind
      return [kindAndName({ ...each, kind }), canonicalJson(each.body['spec'] ?? null)]
    }),
  )
}

/** Names of those that are not the same on both sides. */
function changedAmong(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const names = [...before.keys(), ...after.keys()]
  return new Set(names.filter((name) => before.get(name) !== after.get(name)))
}

/** Each that changed before one of each team, those that go first by themselves in front; and one that is the same. */
function firstsIn(
  group: readonly Resource[],
  changed: ReadonlySet<string>,
  teamOf: TeamOf,
): readonly (readonly string[])[] {
  const sorted = group.toSorted((a, b) => compareTexts(kindAndName(a), kindAndName(b)))
  const movers = sorted.map(kindAndName).filter((name) => changed.has(name))
  const same = sorted.map(kindAndName).find((name) => !changed.has(name))
  const ofTeams = [...Map.groupBy(sorted, teamOf).values()].map((own) => {
    const names = own.map(kindAndName)
    return names.find((name) => !changed.has(name)) ?? names[0] ?? ''
  })
  return [
    ...(same === undefined ? [] : [[same]]),
    ...ofTeams.flatMap((second) =>
      movers.filter((first) => first !== second).map((first) => [first, second]),
    ),
  ]
}

function distinct(orders: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(orders.map((each) => [each.join(), each])).values()]
}

function doubtOf(
  code: 'creation-order' | 'untried-orders',
  of: readonly string[],
  routes: readonly Resource[],
): Doubt {
  return doubt({ code, of }, ...routes.slice(0, budgets.doubtPlaces.size).map((each) => rangeOf(each)))
}
