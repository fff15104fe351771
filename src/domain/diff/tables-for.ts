import { uniteDoubts } from '../doubt.ts'
import { isWildcard } from '../manifest/names.ts'
import { chooseHost, covers } from '../routing/host-choice.ts'
import type { RouteTable } from '../routing/route-table.ts'
import { keepsEverybody, routesInOrder } from '../routing/turns.ts'

/** A listener's port; undefined where any is possible. */
export type Port = number | undefined

/** A host without routes does not exist at a gateway; in the mesh it keeps those who see it from broader hosts. */
export function serves(table: RouteTable): boolean {
  return table.gateway === 'mesh' || table.routes.length > 0
}

/** Whether requests to the port meet the table. */
export function isOn(table: RouteTable, port: Port): boolean {
  return table.ports === undefined || port === undefined || table.ports.includes(port)
}

/**
 * The tables that requests for a host meet on the port, one for each client: the most special first, and broader ones
 * as long as some client passes those before by. Prepared once for all hosts.
 */
export function tablesOn(tables: readonly RouteTable[], port: Port): (host: string) => readonly RouteTable[] {
  const there = new Map<string, RouteTable>()
  for (const table of tables) {
    if (serves(table) && isOn(table, port) && !there.has(table.host)) there.set(table.host, table)
  }
  const wildcards = [...there.keys()].filter(isWildcard)
  return (host) => {
    const chosen = there.get(there.has(host) ? host : (chooseHost(wildcards, host) ?? ''))
    if (chosen === undefined || keepsEverybody(chosen)) return chosen === undefined ? [] : [chosen]
    const broader = wildcards
      .filter((each) => each !== chosen.host && covers(each, chosen.host))
      .toSorted((a, b) => b.length - a.length)
      .flatMap((each) => there.get(each) ?? [])
    const last = broader.findIndex(keepsEverybody)
    return [chosen, ...(last === -1 ? broader : broader.slice(0, last + 1))]
  }
}

/** One table instead of several: whoever passes a level by falls to the next one. */
export function asOneTable([chosen, ...broader]: readonly RouteTable[]): RouteTable | undefined {
  if (chosen === undefined || broader.length === 0) return chosen
  const all = [chosen, ...broader]
  const contributions = all.flatMap((table, level) =>
    table.contributions.map((contribution) => ({ ...contribution, level })),
  )
  return {
    ...chosen,
    routes: routesInOrder(chosen.gateway, contributions),
    dropped: all.flatMap(({ dropped }) => dropped),
    contributions,
    bound: all.flatMap(({ bound }) => bound),
    doubts: uniteDoubts(all.flatMap(({ doubts }) => doubts)),
  }
}
