import { identityOf } from '../manifest/names.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { gatewayTables } from './gateway-tables.ts'
import { meshTables } from './mesh-tables.ts'
import type { RouteTable } from './route-table.ts'
import { boundGateways, type TableInput } from './table-input.ts'

/**
 * The effective route tables of a mesh, one for each gateway and host (Istio 4.1-4.7 of `pilot/pkg/networking/core`).
 * Sorted by gateway, host and port.
 */
export function effectiveRouteTables(input: TableInput): readonly RouteTable[] {
  const names = new Set(input.merged.flatMap((each) => boundGateways(each)))
  names.delete('mesh')
  for (const gateway of input.gateways) names.add(identityOf(gateway))
  const tables = [...names].flatMap((name) => gatewayTables(name, input))
  return [...tables, ...meshTables(input)].toSorted(byHost)
}

function byHost(a: RouteTable, b: RouteTable): number {
  return (
    compareTexts(a.gateway, b.gateway) ||
    compareTexts(a.host, b.host) ||
    (a.ports?.[0] ?? 0) - (b.ports?.[0] ?? 0)
  )
}
