import { identityOf } from '../manifest/names.ts'
import type { Box } from '../match/box.ts'
import type { EffectiveRoute } from '../routing/route-table.ts'
import type { Item, RouteItem } from './placed-items.ts'
import type { TableDifference } from './table-difference.ts'

/** How a request may end before and after. */
interface Ends {
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
}

/**
 * Requests that could not be followed through both lists: one difference for each way in which some of them may end, so
 * that everybody who may gain or lose some is named, and all whose promise lies here.
 */
export function undecided(
  region: Box,
  items: readonly Item[],
  sameTurns: boolean,
): readonly TableDifference[] {
  const routes = items.filter((item) => item.kind === 'route')
  const scope = items.flatMap((item) => (item.kind === 'promise' ? [item.promise] : []))
  const rest = { requests: { boxes: [region] }, scope, certain: false, undecided: true } as const
  return endsOf(routes, sameTurns).map((ends) => ({ ...rest, ...ends }))
}

/** One VirtualService's routes on each side, from the first one that differs. */
interface Part {
  readonly isSame: boolean
  readonly before: readonly RouteItem[]
  readonly after: readonly RouteItem[]
}

function endsOf(routes: readonly RouteItem[], sameTurns: boolean): readonly Ends[] {
  const parts = [...Map.groupBy(routes, ({ from }) => identityOf(from.virtualService)).values()].map(partOf)
  const changed = parts.filter(({ isSame }) => !isSame)
  if (sameTurns && changed.length > 0 && changed.every(asksAlike)) return distinct(changed.flatMap(inPlace))
  return paired(
    parts.flatMap(({ before }) => before),
    parts.flatMap(({ after }) => after),
  )
}

function partOf(routes: readonly RouteItem[]): Part {
  const before = routes.filter(({ side }) => side === 'base')
  const after = routes.filter(({ side }) => side === 'merged')
  let start = 0
  while (start < before.length && before[start]?.id === after[start]?.id) start++
  const isSame = start === before.length && start === after.length
  return isSame
    ? { isSame, before, after }
    : { isSame, before: before.slice(start), after: after.slice(start) }
}

/** Only what is done with the requests differs: nobody else gains or loses any. */
function asksAlike({ before, after }: Part): boolean {
  return before.length === after.length && before.every((item, at) => item.asksId === after[at]?.asksId)
}

function inPlace({ before, after }: Part): readonly Ends[] {
  return before.flatMap((item, at) => {
    const other = after[at]
    return other === undefined || other.id === item.id ? [] : [{ before: item.route, after: other.route }]
  })
}

/** Each route of either side with one of the other side that does something else. */
function paired(before: readonly RouteItem[], after: readonly RouteItem[]): readonly Ends[] {
  const [left, right] = [before, after].map((items) => [
    ...new Map(items.map(({ route }) => [route.outcome.key, route])).values(),
  ])
  const other = (one: EffectiveRoute, among: readonly EffectiveRoute[] = []) =>
    among.find(({ outcome }) => outcome.key !== one.outcome.key) ?? among[0]
  const lost = (left ?? []).map((route) => endsWith(route, other(route, right)))
  const named = new Set(lost.map((ends) => ends.after?.outcome.key))
  const gained = (right ?? []).filter(({ outcome }) => !named.has(outcome.key))
  return [...lost, ...gained.map((route) => endsWith(other(route, left), route))]
}

function endsWith(before: EffectiveRoute | undefined, after: EffectiveRoute | undefined): Ends {
  return { ...(before && { before }), ...(after && { after }) }
}

function distinct(ends: readonly Ends[]): readonly Ends[] {
  const keyOf = ({ before, after }: Ends) => JSON.stringify([before?.outcome.key, after?.outcome.key])
  return [...new Map(ends.map((each) => [keyOf(each), each])).values()]
}
