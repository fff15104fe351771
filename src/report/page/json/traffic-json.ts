import type { Assessment } from '../../../domain/policy/judgement.ts'
import type { ToldTraffic } from '../../../domain/traffic/told-traffic.ts'
import type { TrafficCount } from '../../../domain/traffic/traffic-counter.ts'
import { sumsBy } from '../../sentences/traffic-words.ts'

/** The traffic there was, and what would become of it: `traffic` of the `check` object. */
export function trafficJson({ source, read, counted }: ToldTraffic, { comparison }: Assessment): object {
  const { requests, different, groups, folded } = counted
  return {
    source,
    read,
    requests,
    different,
    folded,
    byTeam: sumsBy(groups, ({ changes }) => labels(changes.flatMap(({ touched }) => touched))).map(
      named('team'),
    ),
    byHost: sumsBy(groups, ({ changes }) => [...new Set(changes.map(({ host }) => host))]).map(named('host')),
    groups: groups.map(({ changes, certain, perhaps, witnesses }) => ({
      changes: changes.map((change) => comparison.changes.indexOf(change)),
      certain,
      perhaps,
      witnesses,
    })),
  }
}

function labels(teams: readonly { readonly label: string }[]): readonly string[] {
  return [...new Set(teams.map(({ label }) => label))]
}

function named(what: 'team' | 'host') {
  return ([name, count]: readonly [string, TrafficCount]) => ({ [what]: name, ...count })
}
