import { sortedTeams, type Team, unowned } from '../../ownership/team.ts'
import { administratorsOf } from '../administrators.ts'
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
 * The valves for mesh-wide edits: where more than `consent.many` teams are touched by `inherited` changes alone, or by nothing but
 * labels and annotations that decide nothing, a second administrator stands in for all of them. A spill is never let through,
 * and where only owners may change what is theirs, nobody stands in for them.
 */
export function standIn(asks: readonly Ask[], questioned: Questioned): StandIn {
  const [traffic, others] = [asks.filter(isTraffic), asks.filter((ask) => !isTraffic(ask))]
  const inherited = valve(traffic, isInheritedOnly, questioned)
  const all = [...others, ...inherited.asks]
  if (questioned.policy.ownership.consent === 'author') return { ...inherited, asks: all }
  const metadata = valve(all, ({ reason }) => reason.metadataOnly === true, questioned)
  return {
    asks: metadata.asks,
    teams: sortedTeams([...inherited.teams, ...metadata.teams]),
    administrators: inherited.administrators.union(metadata.administrators),
  }
}

function isTraffic({ reason }: Ask): boolean {
  return reason.kind === 'traffic'
}

/** Hands what is asked of many teams, and is all that is asked of them, to the administrators. */
function valve(asks: readonly Ask[], isMild: (ask: Ask) => boolean, questioned: Questioned): StandIn {
  const { policy, comparison } = questioned
  const byTeam = Map.groupBy(asks, ({ team }) => (team === 'administrators' ? unowned.key : team.key))
  const candidates = [...byTeam.entries()].filter(
    ([key, ofTeam]) => key !== unowned.key && ofTeam.every(isMild),
  )
  if (candidates.length <= policy.consent.many) return { asks, teams: [], administrators: new Set() }
  const primaries = candidates.flatMap(([, ofTeam]) => ofTeam.flatMap((ask) => ask.primaries))
  const administrators = administratorsOf(primaries, policy, comparison.ownership)
  const keys = new Set(administrators.map((team) => team.key))
  const replaced = new Set(candidates.map(([key]) => key))
  const left = asks.flatMap((ask) => {
    if (ask.team === 'administrators' || !replaced.has(ask.team.key)) return [ask]
    return administrators.map((team) => ({ ...ask, team }))
  })
  return { asks: left, teams: teamsOf(candidates, keys), administrators: keys }
}

function isInheritedOnly({ reason }: Ask): boolean {
  return reason.change?.kind === 'inherited' && !reason.change.spill
}

function teamsOf(
  candidates: readonly (readonly [string, readonly Ask[]])[],
  administrators: ReadonlySet<string>,
): readonly Team[] {
  const teams = candidates
    .filter(([key]) => !administrators.has(key))
    .flatMap(([, [first]]) => (first === undefined || first.team === 'administrators' ? [] : [first.team]))
  return sortedTeams(teams)
}
