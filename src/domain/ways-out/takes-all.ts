import { withoutLabels } from '../match/fields/without-labels.ts'
import type { Judgement } from '../policy/judgement.ts'
import { type EffectiveRoute, type RouteTable, supplierOf } from '../routing/route-table.ts'
import type { Candidate } from './candidate.ts'

/**
 * Whether every request whose path starts with what is written goes to the VirtualService that it is written in: in all
 * tables that have this route, nobody else's route comes before it, and it asks for nothing but the path.
 */
export function takesAll({ step, edit }: Candidate, { comparison }: Judgement): boolean {
  if (step.kind !== 'write' || step.prefix === undefined) return false
  const { prefix } = step
  const isIt = (route: EffectiveRoute): boolean =>
    supplierOf(route).file.path === edit.file.path && route.match?.uri?.prefix === prefix
  const tables = comparison.merged.meshes
    .flatMap((mesh) => mesh.tables)
    .filter(({ routes }) => routes.some(isIt))
  return tables.length > 0 && tables.every((table) => comesFirst(table, isIt))
}

function comesFirst({ routes }: RouteTable, isIt: (route: EffectiveRoute) => boolean): boolean {
  const at = routes.findIndex(isIt)
  const route = routes[at]
  if (route === undefined) return false
  const conditions = Object.keys(withoutLabels(route.match ?? {})).filter((field) => field !== 'uri')
  const earlier = routes.slice(0, at)
  return (
    conditions.length === 0 &&
    route.clients === undefined &&
    earlier.every((each) => supplierOf(each) === supplierOf(route))
  )
}
