import { looksCompared } from '../manifest/files/only-compared.ts'
import type { JsonValue } from '../manifest/json.ts'
import { groupOf } from '../manifest/kinds/deciding-groups.ts'
import { meshGroup } from '../manifest/kinds/mesh-objects.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { identityOf } from '../manifest/names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { origin } from '../source/located.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { ShownTable } from './copies/shown-tables.ts'
import { isSecondary } from './delegation-graph.ts'
import type { Mesh, Snapshot } from './snapshot.ts'
import { standingIn } from './standing.ts'

/** Why something that may route is in no table, or not as it will be. */
export type LeftOutReason =
  /** Another tool renders it. */
  | 'template'
  /** It is no text that can be read, or no object that can be decoded. */
  | 'unreadable'
  /** The configuration excludes it. */
  | 'excluded'
  /** A kustomization lays it over something else, and nothing delivers it by itself. */
  | 'part'
  /** A test compares the cluster with it. */
  | 'assertion'
  /** Another tool fills in its name, a host or a gateway. */
  | 'placeholder'
  /** It has no hosts, and nobody here delegates to it. */
  | 'undelegated'
  /** Another one of its name, in its mesh, is the one that the tables show. */
  | 'copy'
  /** It has routes of TCP or TLS alone, and none of requests. */
  | 'no-requests'
  /** No gateway and no sidecar reads it here. */
  | 'unserved'
  /** It may decide about requests, and is in no table of routes. */
  | 'other-kind'

/** How many of one reason, and where one of them is. */
export interface LeftOutOfTables {
  readonly reason: LeftOutReason
  readonly count: number
  /** The first of their paths. */
  readonly example: string
  /** All their paths, sorted. */
  readonly files: readonly string[]
}

interface Looked {
  readonly snapshot: Snapshot
  readonly tables: readonly ShownTable[]
  /** All that was read. */
  readonly files: readonly SourceFile[]
  /** Paths at which there is something that could not be read. */
  readonly unread: readonly string[]
  readonly excluded: readonly string[]
}

/** What of one side is in no table, counted by its reason: nothing is left out in silence. */
export function leftOutOfTables(looked: Looked): readonly LeftOutOfTables[] {
  const { snapshot, unread, excluded } = looked
  const { unreadable, unmodelled } = snapshot.manifests
  const of = (reason: LeftOutReason, paths: readonly string[]): readonly LeftOutOfTables[] => {
    const files = [...new Set(paths)].toSorted()
    const [example] = files
    return example === undefined ? [] : [{ reason, count: paths.length, example, files }]
  }
  const templates = unreadable.filter(({ template }) => template === true).map(({ path }) => path)
  const others = unreadable.filter(({ template }) => template !== true).map(({ path }) => path)
  const hidden = withoutObjects(looked)
  const isInTables = (each: UnmodelledResource) =>
    snapshot.meshes.some(
      ({ gatewayApi }) => gatewayApi?.all.includes(each) === true && gatewayApi.missingOf(each).length === 0,
    )
  const missing = outOfTables(looked)
  return [
    ...of('template', templates),
    ...of('unreadable', [...unread, ...others]),
    ...of('excluded', excluded),
    ...of(
      'part',
      hidden.filter((path) => !looksCompared(path)),
    ),
    ...of('assertion', hidden.filter(looksCompared)),
    ...(['placeholder', 'copy', 'undelegated', 'no-requests', 'unserved'] as const).flatMap((reason) =>
      of(reason, missing.get(reason) ?? []),
    ),
    ...of(
      'other-kind',
      unmodelled.filter((each) => each.says === undefined && !isInTables(each)).map(({ file }) => file.path),
    ),
  ]
}

/** Files with objects of which none was taken as one. */
function withoutObjects({ files, snapshot }: Looked): readonly string[] {
  const { virtualServices, gateways, unmodelled, unreadable } = snapshot.manifests
  const known = new Set([
    ...[...virtualServices, ...gateways, ...unmodelled].map(({ file }) => file.path),
    ...unreadable.map(({ path }) => path),
  ])
  return files.filter((file) => !known.has(file.path) && holdsModelled(file)).map(({ path }) => path)
}

function holdsModelled(file: SourceFile): boolean {
  return file.text.includes(meshGroup) && (documentsIn(file) ?? []).some(isModelled)
}

function isModelled(document: JsonValue): boolean {
  const { apiVersion, kind, items } = fieldsOf(document)
  if (textIn(kind)?.endsWith('List') === true) return listIn(items).some(isModelled)
  return groupOf(textIn(apiVersion) ?? '') === meshGroup && (kind === 'VirtualService' || kind === 'Gateway')
}

/** Those that are not read since a cluster holds one object of a name, and the tables show another one as that. */
function copiesOfRead(
  { virtualServices }: Mesh,
  isRead: (each: VirtualService) => boolean,
): readonly VirtualService[] {
  const shown = new Set(virtualServices.filter(isRead).map(identityOf))
  return virtualServices.filter(
    (each) => each.namespace !== undefined && !isRead(each) && shown.has(identityOf(each)),
  )
}

function hasOtherRoutes({ spec: { tcp = [], tls = [] } }: VirtualService): boolean {
  return tcp.length + tls.length > 0
}

/** VirtualServices that no table of theirs reads. */
function outOfTables({ snapshot, tables }: Looked): ReadonlyMap<LeftOutReason, readonly string[]> {
  const { manifests, meshes } = snapshot
  const bound = tables.flatMap((table) => [
    ...standingIn(table),
    ...table.bound,
    ...(table.alike ?? []),
    ...(table.neither ?? []),
  ])
  const delegated = meshes.flatMap(({ graph }) => graph.edges.flatMap(({ secondary }) => secondary ?? []))
  // Names are resolved in copies, which keep their origin.
  const read = new Set([...bound, ...delegated].map((each) => each[origin]))
  const isRead = (each: VirtualService) => read.has(each[origin])
  const copies = new Set(meshes.flatMap((mesh) => copiesOfRead(mesh, isRead)).map((each) => each[origin]))
  const reasonOf = (each: VirtualService): LeftOutReason | 'in-a-table' => {
    if (isRead(each)) return 'in-a-table'
    const { hosts = [], gateways = [], http = [] } = each.spec
    if ([identityOf(each), ...hosts, ...gateways].some(isUnknown)) return 'placeholder'
    if (copies.has(each[origin])) return 'copy'
    if (isSecondary(each)) return 'undelegated'
    return http.length === 0 && hasOtherRoutes(each) ? 'no-requests' : 'unserved'
  }
  const grouped = Map.groupBy(manifests.virtualServices, reasonOf)
  return new Map(
    [...grouped].flatMap(([reason, some]) =>
      reason === 'in-a-table' ? [] : [[reason, some.map(({ file }) => file.path)] as const],
    ),
  )
}
