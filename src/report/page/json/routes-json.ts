import { identityOf } from '../../../domain/manifest/names.ts'
import { isUnknown } from '../../../domain/manifest/placeholders/placeholders.ts'
import type { Resource } from '../../../domain/manifest/resource.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { ShownTable } from '../../../domain/routing/copies/shown-tables.ts'
import type { LeftOutOfTables } from '../../../domain/routing/left-out-of-tables.ts'
import type { DroppedEntry, EffectiveRoute, MergedEntry } from '../../../domain/routing/route-table.ts'
import { supplierOf, writtenEntryOf } from '../../../domain/routing/route-table.ts'
import { notAskedIn, standingIn, withoutEntriesIn } from '../../../domain/routing/standing.ts'
import { type Located, rangeOf } from '../../../domain/source/located.ts'
import { positionOf } from '../../../domain/source/source-file.ts'
import { distinct } from '../../../domain/words/few-of.ts'
import type { Routes, RoutesDropped, RoutesEntry, RoutesObject, RoutesTable } from './contract.ts'
import { schema } from './schema.ts'

type VirtualServiceAnswer = RoutesTable['virtualServices'][number]
type Answers = VirtualServiceAnswer['answers']

/** Each merged entry once, with the first of its effective routes, in the order in which they are tried. */
function entriesOf(routes: readonly EffectiveRoute[]): readonly EffectiveRoute[] {
  const seen = new Set<MergedEntry>()
  return routes.filter(({ from }) => {
    if (seen.has(from)) return false
    seen.add(from)
    return true
  })
}

function secondaryOf({ secondary, external }: MergedEntry): { secondary?: string } {
  if (secondary !== undefined) return { secondary: identityOf(secondary) }
  return external === undefined ? {} : { secondary: external }
}

function routeJson(route: EffectiveRoute): RoutesEntry {
  const range = rangeOf(writtenEntryOf(route))
  return {
    http: route.from.http,
    primary: identityOf(route.from.primary),
    ...secondaryOf(route.from),
    file: supplierOf(route).file.path,
    line: range === undefined ? null : positionOf(range).line,
  }
}

function droppedJson({
  primary,
  entry,
  secondary,
  secondaryEntry,
  reason,
  field,
}: DroppedEntry): RoutesDropped {
  return {
    primary: identityOf(primary),
    entry,
    ...(secondary !== undefined && { secondary: identityOf(secondary) }),
    ...(secondaryEntry !== undefined && { secondaryEntry }),
    reason,
    ...(field !== undefined && { field }),
  }
}

function virtualServiceJson(virtualService: VirtualService, answers: Answers): VirtualServiceAnswer {
  return { name: identityOf(virtualService), ...placeJson(virtualService), answers }
}

function placeJson(object: Resource & Located): Omit<RoutesObject, 'name'> {
  const range = rangeOf(object)
  return { file: object.file.path, line: range === undefined ? null : positionOf(range).line }
}

/** Every VirtualService with the host, those of which no request is answered included. */
function virtualServicesJson(tables: readonly ShownTable[]): readonly VirtualServiceAnswer[] {
  const notAsked = new Set(tables.flatMap(notAskedIn))
  const without = new Set(tables.flatMap(withoutEntriesIn))
  const answers = (each: VirtualService) =>
    without.has(each) ? 'no-routes' : notAsked.has(each) ? 'not-asked' : 'asked'
  return distinct(
    tables.flatMap(({ bound, alike = [], neither = [], ...table }) => [
      ...bound.map((each) => virtualServiceJson(each, answers(each))),
      ...[...standingIn({ ...table, bound })]
        .filter((each) => !bound.includes(each))
        .map((each) => virtualServiceJson(each, 'delegated')),
      ...neither.map((each) => virtualServiceJson(each, 'not-asked')),
      ...alike.map((each) => virtualServiceJson(each, 'copy')),
    ]),
  )
}

/** The tables of the ports of one host are one table here; a route of several ports is listed once. */
function tableJson(tables: readonly ShownTable[]): RoutesTable {
  const [first] = tables
  if (first === undefined) throw new Error('A group of tables cannot be empty')
  const ports = tables.flatMap((table) => table.ports ?? []).sort((a, b) => a - b)
  return {
    mesh: first.mesh,
    gateway: first.gateway,
    host: first.host,
    ...((isUnknown(first.host) || isUnknown(first.gateway)) && { placeholders: true }),
    ...(ports.length > 0 && { ports: [...new Set(ports)] }),
    ...(first.living && {
      copies: first.living.map((each) => ({ name: `${each.kind} ${identityOf(each)}`, ...placeJson(each) })),
    }),
    virtualServices: virtualServicesJson(tables),
    routes: entriesOf(tables.flatMap((table) => table.routes)).map(routeJson),
    dropped: distinct(tables.flatMap((table) => table.dropped).map(droppedJson)),
  }
}

/**
 * The effective route tables for programs: the `routes` object of the `firebreak/1` contract. One for each mesh, gateway and host, and one
 * more for each way in which other copies live there.
 */
export function routesJson(tables: readonly ShownTable[], leftOut: readonly LeftOutOfTables[] = []): Routes {
  const groups = Map.groupBy(tables, ({ mesh, gateway, host, living = [] }) =>
    JSON.stringify([mesh, gateway, host, living.map((each) => placeJson(each))]),
  )
  return {
    schema,
    tables: [...groups.values()].map(tableJson),
    ...(leftOut.length > 0 && { leftOut }),
  }
}
