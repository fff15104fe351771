import { isWildcard } from '../../manifest/names.ts'
import type { RouteTable } from '../route-table.ts'

/** The tables of one gateway, ready to be asked for many hosts. */
export interface HostIndex {
  /** Every listener port that some table names, ascending; empty where any port is possible. */
  readonly ports: readonly number[]
  /**
   * The tables whose host takes `name` on `port`, the most special first: the exact host, then wildcards from the
   * longest to `*` (Envoy's choice of a virtual host). Tables without routes are among them.
   */
  tablesFor(name: string, port: number | undefined): readonly RouteTable[]
}

/** Indexes by exact name and by wildcard suffix: a question costs the number of different suffix lengths. */
export function indexHosts(tables: readonly RouteTable[]): HostIndex {
  const byHost = Map.groupBy(tables, (table) => table.host)
  const wildcards = [...byHost.keys()].filter(isWildcard)
  const lengths = [...new Set(wildcards.map((host) => host.length - 1))].toSorted((a, b) => b - a)
  return {
    ports: [...new Set(tables.flatMap((table) => table.ports ?? []))].toSorted((a, b) => a - b),
    tablesFor(name, port) {
      const suffixes = lengths
        .filter((length) => length < name.length)
        .map((length) => `*${name.slice(name.length - length)}`)
      const hosts = isWildcard(name) ? suffixes : [name, ...suffixes]
      return hosts.flatMap((host) => (byHost.get(host) ?? []).filter((table) => isOn(table, port)))
    },
  }
}

function isOn(table: RouteTable, port: number | undefined): boolean {
  return table.ports === undefined || port === undefined || table.ports.includes(port)
}
