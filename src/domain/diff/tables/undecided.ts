import { type BudgetName, budgets } from '../../budgets.ts'
import { doubt, effectOfDoubt } from '../../doubt.ts'
import type { Work } from '../../language/string-set.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Box } from '../../match/box.ts'
import { type EffectiveRoute, writtenEntryOf } from '../../routing/route-table.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { mayMeet } from './may-meet.ts'
import type { PlacedItem, RouteItem } from './placed-items.ts'
import type { TableDifference } from './table-difference.ts'

/** How a request may end before and after. */
interface Ends {
  readonly before?: EffectiveRoute
  readonly after?: EffectiveRoute
}

/** Requests that could not be followed through both lists, and the budget that did not suffice. */
interface Undecided {
  readonly region: Box
  readonly items: readonly PlacedItem[]
  readonly budget: BudgetName
}

interface UndecidedContext {
  readonly sameTurns: boolean
  readonly context: { readonly narrowing: Work }
}

/**
 * One difference for each way in which some of the requests may end, so that everybody who may gain or lose some is named, and
 * all whose promise lies here. Only requests that a route asks for that differs can end differently: whoever asks for
 * none of those is left out, as far as the budget for that suffices.
 */
export function undecided(
  { region, items, budget }: Undecided,
  { sameTurns, context }: UndecidedContext,
): readonly TableDifference[] {
  const routes = items.filter((item) => item.kind === 'route')
  const parts = partsOf(routes)
  const differing = parts.flatMap(({ differs }) => differs)
  const isNarrow = sameTurns && effectOfDoubt['too-much-to-compare'] === 'tell'
  const meets = meetingAny(isNarrow ? differing : [], context.narrowing)
  const scope = items.flatMap((item) => (item.kind === 'promise' && meets(item) ? [item.promise] : []))
  const why = doubt({ code: 'too-much-to-compare', budget }, ...placesOf(differing))
  const rest = { requests: { boxes: [region] }, scope, formerly: [], doubts: [why], undecided: true } as const
  return endsOf(parts, sameTurns, meets).map((ends) => ({ ...rest, ...ends }))
}

/** Where the routes are written that make the difference; some are enough. */
function placesOf(differing: readonly RouteItem[]): readonly (SourceRange | undefined)[] {
  return differing.slice(0, budgets.doubtPlaces.size).map(({ route }) => rangeOf(writtenEntryOf(route)))
}

/** Whether an item may ask for a request that one of some routes asks for; everything may, where there are none. */
function meetingAny(differing: readonly RouteItem[], narrowing: Work): (item: PlacedItem) => boolean {
  const asked = [...new Map(differing.map(({ asks, asksId }) => [asksId, asks])).values()]
  return ({ asks }) => asked.length === 0 || asked.some((each) => mayMeet(asks, each, narrowing))
}

/** One VirtualService's routes on each side, from the first one that differs. */
interface Part {
  readonly isSame: boolean
  readonly all: readonly RouteItem[]
  readonly before: readonly RouteItem[]
  readonly after: readonly RouteItem[]
  /** Between what both sides begin and what both sides end with. */
  readonly differs: readonly RouteItem[]
}

function partsOf(routes: readonly RouteItem[]): readonly Part[] {
  return [...Map.groupBy(routes, ({ from }) => identityOf(from.virtualService)).values()].map(partOf)
}

type Meets = (item: PlacedItem) => boolean

function endsOf(parts: readonly Part[], sameTurns: boolean, meets: Meets): readonly Ends[] {
  const changed = parts.filter(({ isSame }) => !isSame)
  if (sameTurns && changed.length > 0 && changed.every(asksAlike)) return distinct(changed.flatMap(inPlace))
  const [before, after] = (['before', 'after'] as const).map((side) =>
    parts.flatMap((part) => concerned(part, side, changed.length > 1)).filter(meets),
  )
  return paired(before ?? [], after ?? [])
}

/** What one VirtualService answers first it answers on both sides, unless another one that changes too comes in between. */
function concerned(part: Part, side: 'before' | 'after', hasOthers: boolean): readonly RouteItem[] {
  const written = side === 'before' ? 'base' : 'merged'
  return hasOthers ? part.all.filter((item) => item.side === written) : part[side]
}

function partOf(all: readonly RouteItem[]): Part {
  const before = all.filter(({ side }) => side === 'base')
  const after = all.filter(({ side }) => side === 'merged')
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start]?.id === after[start]?.id) start++
  if (start === before.length && start === after.length)
    return { isSame: true, all, before, after, differs: [] }
  let end = 0
  while (end < shorter - start && before.at(-1 - end)?.id === after.at(-1 - end)?.id) end++
  const differs = [...before.slice(start, before.length - end), ...after.slice(start, after.length - end)]
  return { isSame: false, all, before: before.slice(start), after: after.slice(start), differs }
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
