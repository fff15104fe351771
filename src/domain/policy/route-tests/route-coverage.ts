import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { Explanation } from '../../routing/explain/explanation.ts'
import type { EffectiveRoute, RouteTable } from '../../routing/route-table.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import type { RouteTestResult } from './run-route-tests.ts'

/** A route in one table. */
export interface RouteOfTable {
  readonly table: RouteTable
  readonly route: EffectiveRoute
}

/** Which routes of the tables the requests of tests come to. */
export interface RouteCoverage {
  readonly routes: number
  /** Those to which no test comes, in the order of the tables. */
  readonly missed: readonly RouteOfTable[]
}

/** Compares the routes of all tables with what answers the tests; of an answer that is not certain each counts that is possible. */
export function coverageOf(meshes: readonly Mesh[], results: readonly RouteTestResult[]): RouteCoverage {
  const reached = new Set(results.flatMap(({ answers }) => answers.flatMap(routesIn)))
  const all = meshes.flatMap(routesOfMesh)
  return {
    routes: all.length,
    missed: all.filter((each) => !reached.has(keyOfRoute(each.table, each.route))),
  }
}

/** Every route of every table of a mesh. */
export function routesOfMesh({ tables }: Mesh): readonly RouteOfTable[] {
  return tables.flatMap((table) => table.routes.map((route) => ({ table, route })))
}

function routesIn(answer: Explanation): readonly string[] {
  const possible = answer.possible ?? (answer.route === undefined ? [] : [answer.route])
  return possible.flatMap((route) => (route === 'no-route' ? [] : [keyOfRoute(answer, route)]))
}

/** Tables of one server hold routes of their own: what they are made of tells them apart. */
export function keyOfRoute(
  { mesh, gateway, host = '' }: Pick<Explanation, 'mesh' | 'gateway' | 'host'>,
  { from, match = {} }: EffectiveRoute,
): string {
  const { primary, entry, secondary, secondaryEntry, external } = from
  const supplier = secondary === undefined ? external : `${secondary.file.path} ${identityOf(secondary)}`
  const entries = [primary.file.path, identityOf(primary), entry, supplier, secondaryEntry]
  return canonicalJson([mesh, gateway, host, ...entries.map((each) => each ?? null), match])
}
