import { anyOf, exactly, unmetered } from '../language/string-set.ts'
import { present } from '../language/values.ts'
import { isWildcard } from '../manifest/names.ts'
import type { Universe } from '../match/box.ts'
import type { ConditionOptions } from '../match/conditions.ts'
import { arrivingUniverse } from '../match/dimensions.ts'
import { authoritiesOf } from '../routing/host-choice.ts'
import type { RouteTable } from '../routing/route-table.ts'
import { keepsEverybody } from '../routing/turns.ts'
import { remembered } from '../source/remembered.ts'

/**
 * What each dimension of a request can be that meets this table: its ports, and the names that no more special host of
 * the same gateway takes on all of them. In the mesh a service goes by several names, so that none is ruled out.
 */
export function tableUniverse(
  table: RouteTable,
  all: readonly RouteTable[],
  { pathNormalization }: ConditionOptions,
): Universe {
  const arriving = arrivingUniverse(pathNormalization)
  if (table.gateway === 'mesh') return arriving
  const { ports } = table
  const authorities = remembered(() => present(authoritiesOf(table.host, hostsBeside(table, all))))
  const numbers = remembered(() =>
    ports === undefined
      ? arriving('port')
      : present(
          anyOf(
            ports.map((port) => exactly(String(port))),
            unmetered,
          ),
        ),
  )
  return (dimension) => {
    if (dimension === 'authority') return authorities()
    return dimension === 'port' ? numbers() : arriving(dimension)
  }
}

/** The hosts that surely take requests away from the wildcard of a table, wherever it is served. */
export function hostsBeside(table: RouteTable, all: readonly RouteTable[]): readonly string[] {
  if (!isWildcard(table.host)) return []
  return all
    .filter(
      (other) =>
        other.gateway === table.gateway &&
        other.host !== table.host &&
        keepsEverybody(other) &&
        other.doubts.length === 0 &&
        servesAll(other, table.ports),
    )
    .map(({ host }) => host)
}

function servesAll(other: RouteTable, ports: readonly number[] | undefined): boolean {
  if (other.ports === undefined) return true
  return ports?.every((port) => other.ports?.includes(port)) ?? false
}
