import { canonicalJson } from '../../../manifest/json.ts'
import { quoted, say } from '../../../words/phrase.ts'
import type { Ask, Questioned } from '../ask.ts'
import { allPrimaries } from '../concerned-primaries.ts'

/** What would be asked if two clusters that are spelled in two ways were one. */
export interface IfOneCluster {
  readonly clusters: readonly [string, string]
  readonly asks: readonly Ask[]
}

/**
 * What goes to a cluster that may be another one by its other name asks whom it would reach there, besides those whom it reaches in any
 * case; where there are more such clusters than are looked into, the administrators of every primary.
 */
export function askAboutClusters(
  { comparison, perhapsOne }: Questioned,
  asked: readonly Ask[],
): readonly Ask[] {
  if (perhapsOne === undefined) return []
  const known = new Set(asked.map(keyOf))
  const further = perhapsOne.worlds.flatMap(({ clusters, asks }) =>
    asks.filter((ask) => !known.has(keyOf(ask))).map((ask) => conditional(ask, clusters)),
  )
  return perhapsOne.areMore ? [...further, tooMany(comparison)] : further
}

/** Equal for the same, in whichever mesh. */
function keyOf({ team, reason: { kind, code, values, path } }: Ask): string {
  const { mesh: _, ...said } = values
  return canonicalJson([team === 'administrators' ? team : team.key, kind, code, said, path ?? null])
}

function conditional({ team, reason, primaries }: Ask, [first, second]: IfOneCluster['clusters']): Ask {
  const { range, path, clause, rest, values, code } = reason
  return {
    team,
    primaries,
    reason: {
      kind: 'identity',
      code: 'perhaps-one-cluster',
      values: { ...values, clusters: [first, second], asked: code },
      clause: say`${quoted(first)} and ${quoted(second)} may be one cluster, and then ${clause}`,
      ...(rest && { rest }),
      ...(range && { range }),
      ...(path !== undefined && { path }),
    },
  }
}

function tooMany(comparison: Questioned['comparison']): Ask {
  return {
    team: 'administrators',
    primaries: allPrimaries(comparison),
    reason: {
      kind: 'judge',
      code: 'clusters-not-compared',
      values: {},
      clause: say`there are too many clusters that may be one another by another name`,
    },
  }
}
