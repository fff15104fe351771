import { budgets } from '../budgets.ts'
import { unmetered } from '../language/string-set.ts'
import { shownName } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Universe } from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { outcomeOf } from '../routing/action.ts'
import type { MergedVirtualService } from '../routing/merge-virtual-services.ts'
import type { Contribution } from '../routing/route-table.ts'
import { type EffectiveRoute, isCatchAll, type RouteTable, supplierOf } from '../routing/route-table.ts'
import { routesInOrder, turns } from '../routing/turns.ts'
import { type CandidateIndex, indexCandidates } from './candidate-index.ts'
import { type Candidate, candidateOf, literalsMeet } from './candidates.ts'
import { type Allowance, coversAlone, isReachable } from './reachable.ts'

/** One route in one table, and whether any request of the table's host reaches it, whatever the order of creation. */
export interface RouteReach {
  readonly table: RouteTable
  readonly route: EffectiveRoute
  readonly reachable: 'yes' | 'no' | 'unknown'
  /** The route with its conditions; absent where no request whatever can match it. */
  readonly candidate?: Candidate
  /** For one that nothing reaches: the routes that are surely before it and can meet it. */
  readonly before: () => readonly Candidate[]
}

export interface ReachContext {
  readonly table: RouteTable
  readonly universe: Universe
  readonly options: ConditionOptions
  /** The contributions that are exported to some namespaces only. */
  readonly restricted: readonly Contribution[]
  readonly allowance: Allowance
  /** Whose routes somebody asks about: those of others only stand before them. */
  readonly isAsked: (supplier: VirtualService) => boolean
}

/** The reach of every route of those asked about that a VirtualService has in a table, those included that its own catch-all cuts off. */
export function reachOfContribution(
  contribution: Contribution,
  merged: MergedVirtualService | undefined,
  context: ReachContext,
): readonly RouteReach[] {
  const own = ownRoutes(contribution, context)
  const firsts = surelyBefore(contribution, context)
  const prepared = prepare([...firsts, ...own], context)
  const index = indexCandidates([...prepared.values()])
  const isAsked = (route: EffectiveRoute) => context.isAsked(supplierOf(route))
  const live = own.filter(isAsked).map((route) => {
    const others = othersBefore(route, contribution, context, prepared.get(route))
    return reachOf(route, prepared.get(route), index, others, context)
  })
  return [...live, ...cutOff(contribution, merged, context, own.at(-1))]
}

/** In the mesh the routes know their clients; the VirtualService is taken to be the oldest, which favours it. */
function ownRoutes(
  contribution: Contribution,
  { table, restricted }: ReachContext,
): readonly EffectiveRoute[] {
  if (table.gateway !== 'mesh') return contribution.routes
  const others = restricted.filter((each) => each !== contribution)
  const own = new Set(contribution.routes.map(({ from }) => from))
  return routesInOrder(table.gateway, [contribution, ...others]).filter(({ from }) => own.has(from))
}

/** Routes of other VirtualServices that come first in whatever order of creation: at a gateway, those not public. */
function surelyBefore(
  contribution: Contribution,
  { table, restricted }: ReachContext,
): readonly EffectiveRoute[] {
  if (table.gateway === 'mesh' || table.doubts.length > 0) return []
  return restricted
    .filter((other) => other !== contribution && precedes(other, contribution, table))
    .flatMap(({ routes }) => routes.filter((route) => !isCatchAll(route.match)))
}

function precedes(other: Contribution, contribution: Contribution, table: RouteTable): boolean {
  return turns(table.gateway, [contribution, other])[0]?.contribution === other
}

/** A catch-all is read after all that is narrower, whoever wrote it. */
function othersBefore(
  route: EffectiveRoute,
  contribution: Contribution,
  context: ReachContext,
  candidate: Candidate | undefined,
): readonly Candidate[] {
  const { table } = context
  const others = table.contributions.length - 1
  const shared =
    table.gateway !== 'mesh' && others > 0 && others <= budgets.sharing.size && table.doubts.length === 0
  if (candidate === undefined || !shared || !isCatchAll(route.match)) return []
  const narrower = table.contributions
    .filter((other) => other !== contribution)
    .flatMap(({ routes }) => routes.filter((each) => !isCatchAll(each.match)))
  return [...prepare(narrower, context).values()]
    .filter(({ path }) => literalsMeet(path, candidate.path))
    .map((each) => ({ ...each, rank: -1 }))
}

function prepare(
  routes: readonly EffectiveRoute[],
  { universe, options, allowance }: ReachContext,
): ReadonlyMap<EffectiveRoute, Candidate> {
  const prepared = new Map<EffectiveRoute, Candidate>()
  for (const [rank, route] of routes.entries()) {
    const candidate = candidateOf(route, rank, { ...options, universe, work: allowance.work })
    if (candidate !== undefined) prepared.set(route, candidate)
  }
  return prepared
}

function reachOf(
  route: EffectiveRoute,
  candidate: Candidate | undefined,
  index: CandidateIndex,
  others: readonly Candidate[],
  { table, universe, allowance }: ReachContext,
): RouteReach {
  if (candidate === undefined) return { table, route, reachable: 'no', before: () => [] }
  const own = () => index.before(candidate.rank, candidate.path)
  const before = others.length === 0 ? own : () => [...others, ...own()]
  return { table, route, candidate, reachable: isReachable(candidate, before, universe, allowance), before }
}

/** What Istio does not send, because a catch-all of the same VirtualService ends the list before it. */
function cutOff(
  contribution: Contribution,
  merged: MergedVirtualService | undefined,
  context: ReachContext,
  last: EffectiveRoute | undefined,
): readonly RouteReach[] {
  const { table, universe, options, isAsked } = context
  if (merged === undefined || last === undefined || !isCatchAll(last.match)) return []
  const reading = { ...options, universe, work: unmetered }
  const end = candidateOf(last, -1, reading)
  if (end === undefined) return []
  const at = merged.entries.indexOf(last.from)
  const after = merged.entries
    .slice(Math.max(at, 0))
    .filter((from) => isAsked(from.secondary ?? from.primary))
  return after.flatMap((from) => {
    const matches = from.http.match ?? []
    const cut = from === last.from && last.match ? matches.slice(matches.indexOf(last.match) + 1) : matches
    const written = from !== last.from && matches.length === 0 ? [undefined] : cut
    return written.flatMap((match): readonly RouteReach[] => {
      const supplier = shownName(from.secondary ?? from.primary)
      const route: EffectiveRoute = {
        from,
        ...(match && { match }),
        outcome: outcomeOf(from.http, match, supplier),
        ...(last.clients && { clients: last.clients }),
      }
      const candidate = candidateOf(route, Number.MAX_SAFE_INTEGER, reading)
      if (!isBoundTo(contribution, route, table)) return []
      if (candidate === undefined) return [{ table, route, reachable: 'no', before: () => [] }]
      if (!coversAlone(end, candidate, reading)) return []
      return [{ table, route, candidate, reachable: 'no', before: () => [end] }]
    })
  })
}

/** A match for gateways or ports that this table does not stand for says nothing about this table. */
function isBoundTo(contribution: Contribution, { match }: EffectiveRoute, table: RouteTable): boolean {
  const gateways = match?.gateways ?? []
  const bound = contribution.virtualService.spec.gateways ?? ['mesh']
  const port = match?.port
  return (
    (gateways.length === 0 || gateways.some((gateway) => bound.includes(gateway))) &&
    (typeof port !== 'number' || table.ports === undefined || table.ports.includes(port))
  )
}
