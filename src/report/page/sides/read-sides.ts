import type { GatewayApi, GatewayApiOf } from '../../../domain/gateway-api/gateway-api.ts'
import type { List } from '../../../domain/gateway-api/lists.ts'
import type { Gateway } from '../../../domain/manifest/gateway.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import { type Mesh, meshWithout } from '../../../domain/routing/snapshot.ts'
import { origin } from '../../../domain/source/located.ts'
import { remembered } from '../../../domain/source/remembered.ts'
import type { SourceFile, SourceRange } from '../../../domain/source/source-file.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { readAccess } from './access-sides.ts'
import type {
  SharedObject,
  WrittenGatewayApi,
  WrittenList,
  WrittenMesh,
  WrittenObject,
  WrittenSides,
} from './written-sides.ts'

/** What a request is asked of: the meshes of each side, made anew by the engine. */
export interface ReadSides {
  readonly base?: readonly Mesh[]
  readonly merged: readonly Mesh[]
  readonly teams: TeamNames
}

/** Both sides as they were before they were written. Of files nothing is left but paths and the number of each line. */
export function readSides(written: WrittenSides): ReadSides {
  const files = filesOf(written)
  const objects = written.objects.map((each) => readObject(each, files))
  const names = new Map<unknown, string | undefined>(
    objects.map((each, at) => [each, written.objects[at]?.team]),
  )
  const read = (meshes: readonly WrittenMesh[]) => meshes.map((each) => readMesh(each, objects, written))
  return {
    ...(written.base && { base: read(written.base) }),
    merged: read(written.merged),
    teams: (resource) => names.get(resource),
  }
}

/** Files of empty lines, as many as are spoken of: the offset of each is its number less one. */
function filesOf({ files, objects }: WrittenSides): readonly SourceFile[] {
  const lengths = files.map(() => 0)
  for (const { files: own, lines } of objects) {
    for (const code of lines) {
      const file = own[code % own.length] ?? 0
      lengths[file] = Math.max(lengths[file] ?? 0, Math.floor(code / own.length))
    }
  }
  return files.map((path, at) => ({ path, text: '\n'.repeat(lengths[at] ?? 0) }))
}

function readMesh(
  { name, virtualServices, gateways, inForce, madeLater, knownGateways, ...more }: WrittenMesh,
  objects: readonly SharedObject[],
  { settings, complete, external }: WrittenSides,
): Mesh {
  const some = <T extends SharedObject>(numbers: readonly number[], kind: T['kind']): readonly T[] =>
    numbers.flatMap((number) => {
      const found = objects[number]
      return found?.kind === kind ? [found as T] : []
    })
  const { services, gatewayApi, access } = more
  const known = services && {
    hosts: new Set(services.hosts),
    placeless: new Set(services.placeless),
  }
  return meshWithout(
    {
      name,
      virtualServices: some<VirtualService>(virtualServices, 'VirtualService'),
      gateways: some<Gateway>(gateways, 'Gateway'),
      inForce: {
        virtualServices: some<VirtualService>(inForce.virtualServices, 'VirtualService'),
        gateways: some<Gateway>(inForce.gateways, 'Gateway'),
      },
      madeLater,
      ...(known && { services: () => known }),
      ...(gatewayApi && { gatewayApiOf: readGatewayApi(gatewayApi, objects) }),
      ...(access && { access: readAccess(access) }),
    },
    new Set(),
    {
      settings,
      complete,
      isExternal: (target) => external.includes(target),
      knownGateways: () => new Set(knownGateways),
    },
  )
}

function readGatewayApi(
  { first, last = first }: NonNullable<WrittenMesh['gatewayApi']>,
  objects: readonly SharedObject[],
): GatewayApiOf {
  const read = (written: WrittenGatewayApi): GatewayApi => ({
    gateways: written.gateways.map((number) => objectAt(objects, number, 'Gateway')),
    lists: written.lists.map((list) => readList(list, objects)),
    openAt: new Map(written.openAt),
    all: [],
    missingOf: () => [],
    takingCalls: [],
    listeners: [],
    attachments: [],
    dropped: [],
    unreached: [],
    unattached: [],
  })
  const [one, other] = [remembered(() => read(first)), remembered(() => read(last))]
  return ({ oldest }) => (oldest === 'last' ? other() : one())
}

function readList(
  { virtualService: number, suppliers, ownFirst, isOpen }: WrittenList,
  objects: readonly SharedObject[],
): List {
  const virtualService = objectAt(objects, number, 'VirtualService')
  const entries = (virtualService.spec.http ?? []).flatMap((http, entry): List['entries'] => {
    const [supplier, secondaryEntry] = suppliers[entry] ?? []
    if (supplier === undefined || secondaryEntry === undefined) return []
    const secondary = objectAt(objects, supplier, 'VirtualService')
    return [{ http, primary: virtualService, entry, secondary, secondaryEntry }]
  })
  return {
    virtualService,
    entries,
    dropped: [],
    open: isOpen ? [[virtualService]] : [],
    ...(ownFirst && { ownFirst }),
  }
}

function objectAt<Kind extends SharedObject['kind']>(
  objects: readonly SharedObject[],
  number: number,
  kind: Kind,
): Extract<SharedObject, { readonly kind: Kind }> {
  const found = objects[number]
  if (found?.kind !== kind) throw new Error(`Object ${number} is no ${kind}`)
  return found as Extract<SharedObject, { readonly kind: Kind }>
}

function readObject(written: WrittenObject, all: readonly SourceFile[]): SharedObject {
  const { files, lines, inCluster, body = {}, team: _, spec, ...named } = written
  const own = files.flatMap((number) => all[number] ?? [])
  const [file] = own
  if (file === undefined) throw new Error('An object is written in no file')
  const reading = readingOf(lines, own)
  const range = reading.next()
  locateWithin(spec, reading)
  const object = {
    ...named,
    spec,
    body,
    file,
    ...(inCluster && { inCluster: { snapshot: '', ...inCluster } }),
    ...(range && { [origin]: { range, fields: new Map<string, SourceRange>() } }),
  }
  return object as SharedObject
}

interface Reading {
  next(): SourceRange | undefined
}

function readingOf(lines: readonly number[], files: readonly SourceFile[]): Reading {
  let at = 0
  return {
    next() {
      const code = lines[at++] ?? 0
      const file = files[code % files.length]
      const start = Math.floor(code / files.length) - 1
      return code === 0 || file === undefined ? undefined : { file, start, end: start }
    },
  }
}

/** Gives each object the place that it had. */
function locateWithin(value: unknown, reading: Reading): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) locate(value, reading)
  for (const each of Object.values(value)) locateWithin(each, reading)
}

function locate(value: object, reading: Reading): void {
  const range = reading.next()
  if (range === undefined) return
  const fields = Object.keys(value).flatMap((key) => {
    const of = reading.next()
    return of === undefined ? [] : [[key, of] as const]
  })
  Object.assign(value, { [origin]: { range, fields: new Map(fields) } })
}
