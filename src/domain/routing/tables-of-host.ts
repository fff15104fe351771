import { memoized } from '../source/memoized.ts'
import type { RouteTable } from './route-table.ts'
import type { Mesh } from './snapshot.ts'

const byHost = memoized(({ tables }: Mesh) => Map.groupBy(tables, keyOf))

/** The tables of a host at a gateway, found without looking at the others. */
export function tablesOfHost(
  mesh: Mesh,
  target: Pick<RouteTable, 'gateway' | 'host'>,
): readonly RouteTable[] {
  return byHost(mesh).get(keyOf(target)) ?? []
}

const byGateway = memoized(({ tables }: Mesh) => Map.groupBy(tables, ({ gateway }) => gateway))

/** All tables of a gateway. */
export function tablesAtGateway(mesh: Mesh, gateway: string): readonly RouteTable[] {
  return byGateway(mesh).get(gateway) ?? []
}

function keyOf({ gateway, host }: Pick<RouteTable, 'gateway' | 'host'>): string {
  return `${gateway} ${host}`
}
