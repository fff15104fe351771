import { anyOf, exactly, unmetered } from '../language/string-set.ts'
import { present } from '../language/values.ts'
import { isWildcard } from '../manifest/names.ts'
import type { Universe } from '../match/box.ts'
import { universeOf } from '../match/dimensions.ts'
import { authoritiesOf } from '../routing/host-choice.ts'
import type { RouteTable } from '../routing/route-table.ts'
import { keepsEverybody } from '../routing/turns.ts'

/**
 * What each dimension of a request can be that meets this table: its ports, and the names that no more special host of
 * the same gateway takes on all of them. In the mesh a service goes by several names, so that none is ruled out.
 */
export function tableUniverse(table: RouteTable, all: readonly RouteTable[]): Universe {
  if (table.gateway === 'mesh') return universeOf
  const { ports } = table
  const others = (isWildcard(table.host) ? all : []).filter(
    (other) =>
      other.gateway === table.gateway &&
      other.host !== table.host &&
      keepsEverybody(other) &&
      other.doubts.length === 0 &&
      servesAll(other, ports),
  )
  const names = authoritiesOf(
    table.host,
    others.map((other) => other.host),
  )
  const authorities = present(names)
  const numbers =
    ports === undefined
      ? universeOf('port')
      : present(
          anyOf(
            ports.map((port) => exactly(String(port))),
            unmetered,
          ),
        )
  return (dimension) => {
    if (dimension === 'authority') return authorities
    return dimension === 'port' ? numbers : universeOf(dimension)
  }
}

function servesAll(other: RouteTable, ports: readonly number[] | undefined): boolean {
  if (other.ports === undefined) return true
  return ports?.every((port) => other.ports?.includes(port)) ?? false
}
