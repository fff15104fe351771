import { type Team, unowned } from '../ownership/team.ts'
import { administratorsOf } from './administrators.ts'
import type { Ask, Questioned } from './ask.ts'

/** What remains to be asked after the valve, and who speaks for whom. */
export interface StandIn {
  readonly asks: readonly Ask[]
  /** The teams that are told instead of asked, by key. */
  readonly teams: readonly Team[]
  /** The keys of the administrators who speak for them, with two voices. */
  readonly administrators: ReadonlySet<string>
}

/**
 * The valve for mesh-wide edits: where more than `consent.many` teams are touched by `inherited` changes alone, a
 * second administrator stands in for all of them. A spill is never let through.
 */
export function standIn(traffic: readonly Ask[], questioned: Questioned): StandIn {
  const { policy, comparison } = questioned
  const byTeam = Map.groupBy(traffic, ({ team }) => (team === 'administrators' ? unowned.key : team.key))
  const candidates = [...byTeam.entries()].filter(
    ([key, asks]) => key !== unowned.key && asks.every(isInheritedOnly),
  )
  const none: StandIn = { asks: traffic, teams: [], administrators: new Set() }
  if (candidates.length <= policy.consent.many) return none
  const primaries = candidates.flatMap(([, asks]) => asks.flatMap((ask) => ask.primaries))
  const administrators = administratorsOf(primaries, policy, comparison.ownership)
  const keys = new Set(administrators.map((team) => team.key))
  const replaced = new Set(candidates.map(([key]) => key))
  const asks = traffic.flatMap((ask) => {
    if (ask.team === 'administrators' || !replaced.has(ask.team.key)) return [ask]
    return administrators.map((team) => ({ ...ask, team }))
  })
  return { asks, teams: teamsOf(candidates, keys), administrators: keys }
}

function isInheritedOnly({ reason }: Ask): boolean {
  return reason.change?.kind === 'inherited' && !reason.change.spill
}

function teamsOf(
  candidates: readonly (readonly [string, readonly Ask[]])[],
  administrators: ReadonlySet<string>,
): readonly Team[] {
  return candidates
    .filter(([key]) => !administrators.has(key))
    .flatMap(([, [first]]) => (first === undefined || first.team === 'administrators' ? [] : [first.team]))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}
