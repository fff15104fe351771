import type { Assessment } from '../../../domain/policy/judgement.ts'
import type { ToldTraffic } from '../../../domain/traffic/told-traffic.ts'
import { sumsBy } from '../../sentences/traffic-words.ts'
import type { CheckTraffic } from './contract.ts'

/** The traffic there was, and what would become of it: `traffic` of the `check` object. */
export function trafficJson(
  { source, read, counted }: ToldTraffic,
  { comparison }: Assessment,
): CheckTraffic {
  const { requests, different, groups, folded } = counted
  return {
    source,
    read,
    requests,
    different,
    folded,
    byTeam: sumsBy(groups, ({ changes }) => labels(changes.flatMap(({ touched }) => touched))).map(
      ([team, count]) => ({ team, ...count }),
    ),
    byHost: sumsBy(groups, ({ changes }) => [...new Set(changes.map(({ host }) => host))]).map(
      ([host, count]) => ({ host, ...count }),
    ),
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
