import { workOf } from '../language/string-set.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import type { ConditionOptions, Reading } from '../match/conditions.ts'
import type { EffectiveRoute, RouteTable } from '../routing/route-table.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'
import { type Asked, everything } from './asked.ts'
import type { Candidate } from './candidates.ts'
import { type EntryReach, entryReaches, type WrittenRoute } from './entry-reach.ts'
import { fewestCover } from './fewest-cover.ts'
import { tableUniverse } from './table-universe.ts'

/** An entry, or one match of a live entry, that no request reaches in any table, and why. */
export interface Shadowed {
  readonly entry: EntryReach
  /** The match concerned; absent where the whole entry is dead. */
  readonly match?: HTTPMatchRequest
  /** The table that the reason is taken from, and how many others there are with the same result. */
  readonly table: RouteTable
  readonly otherTables: number
  /** The fewest earlier routes that take all its requests. Empty: no request whatever can match it. */
  readonly cover: readonly EffectiveRoute[]
  /** Those of them that do something else than the shadowed routes would. */
  readonly differing: readonly EffectiveRoute[]
}

/**
 * Everything of those asked about in a mesh that is proved unreachable; what exceeds the budget is left out. Worked out once for
 * each mesh.
 */
export function shadowedIn(
  mesh: Mesh,
  options: ConditionOptions,
  asked: Asked = everything,
): readonly Shadowed[] {
  return shadowedAmong(entryReaches(mesh, options, asked), mesh, options)
}

const shadowedAmong = memoized(
  (reaches: readonly EntryReach[], mesh: Mesh, options: ConditionOptions): readonly Shadowed[] => {
    const reading = { ...options, work: workOf('reasons') }
    return reaches.flatMap((entry) => shadowedOf(entry, mesh, reading))
  },
)

function shadowedOf(entry: EntryReach, mesh: Mesh, reading: Reading): readonly Shadowed[] {
  if (entry.routes.every(({ reachable }) => reachable === 'no'))
    return explained(entry, entry.routes, mesh, reading)
  const byMatch = Map.groupBy(
    entry.routes.filter(({ written }) => written !== undefined),
    ({ written }) => written,
  )
  return [...byMatch].flatMap(([match, routes]) => {
    if (match === undefined || routes.some(({ reachable }) => reachable !== 'no')) return []
    return explained(entry, routes, mesh, reading).map((shadowed) => ({ ...shadowed, match }))
  })
}

/** What it costs to look at one earlier route at all. */
const edgesOfOne = 4

/** The reason, taken from the first table: of a whole entry only others' routes can be the reason. */
function explained(
  entry: EntryReach,
  routes: readonly WrittenRoute[],
  mesh: Mesh,
  reading: Reading,
): readonly Shadowed[] {
  const byTable = Map.groupBy(routes, ({ table }) => table)
  const [first] = byTable
  if (first === undefined) return []
  const [table, dead] = first
  const whole = routes === entry.routes
  const covered = dead.flatMap(({ candidate }) => candidate ?? [])
  if (reading.work.left < 0) return []
  const by = new Set(dead.flatMap(({ before }) => before()))
  reading.work.left -= by.size * edgesOfOne
  const gone = Map.groupBy(dead, ({ route }) => route.from)
  const own = new Set(whole ? entry.routes.map(({ route }) => route.from) : [])
  const eligible = [...by]
    .filter(({ route }) => !gone.get(route.from)?.some((each) => each.route.match === route.match))
    .filter(({ route }) => !own.has(route.from))
    .sort((a, b) => a.rank - b.rank)
  const universe = tableUniverse(table, mesh.tables, reading)
  const cover = fewestCover({ covered, by: eligible, universe, work: reading.work })
  if (cover === undefined) return []
  const names = distinctRoutes(cover)
  return [
    {
      entry,
      table,
      otherTables: byTable.size - 1,
      cover: names,
      differing: names.filter((route) => dead.some((each) => !actsAlike(each.route, route))),
    },
  ]
}

function distinctRoutes(cover: readonly Candidate[]): readonly EffectiveRoute[] {
  return [
    ...new Map(
      cover.map(({ route }) => [
        JSON.stringify([route.outcome.supplier, route.from.entry, route.from.secondaryEntry, route.match]),
        route,
      ]),
    ).values(),
  ]
}

function actsAlike(a: EffectiveRoute, b: EffectiveRoute): boolean {
  return canonicalJson(a.outcome.action) === canonicalJson(b.outcome.action)
}
