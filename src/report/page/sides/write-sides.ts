import type { GatewayApi } from '../../../domain/gateway-api/gateway-api.ts'
import type { JsonObject } from '../../../domain/manifest/json.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import { type Mesh, notIstios, type Snapshot } from '../../../domain/routing/snapshot.ts'
import { compareTexts } from '../../../domain/source/compare-texts.ts'
import { type Located, origin } from '../../../domain/source/located.ts'
import { positionOf, type SourceRange } from '../../../domain/source/source-file.ts'
import type { TeamNames } from '../../sentences/requests/team-names.ts'
import { writeAccess } from './access-sides.ts'
import type {
  SharedObject,
  Sides,
  WrittenGatewayApi,
  WrittenMesh,
  WrittenObject,
  WrittenSides,
} from './written-sides.ts'

/** Numbers things in the order in which they are first met. */
interface Numbering<T> {
  readonly all: readonly T[]
  numberOf(thing: T): number
}

function numbering<T>(): Numbering<T> {
  const numbers = new Map<T, number>()
  const all: T[] = []
  const add = (thing: T): number => {
    numbers.set(thing, all.length)
    return all.push(thing) - 1
  }
  return { all, numberOf: (thing) => numbers.get(thing) ?? add(thing) }
}

/** Both sides as JSON. What both of them share is written once. */
export function writeSides(sides: Sides, teams: TeamNames): WrittenSides {
  const { base, merged, settings, complete } = sides
  const objects = numbering<SharedObject>()
  const gateways = gatewaysByMesh(sides)
  const knownIn = ({ name, gatewayApi }: Mesh) => [
    ...(gateways.get(name) ?? []),
    ...notIstios(gatewayApi, sides.isExternal),
  ]
  const written = (side: Snapshot) => side.meshes.map((mesh) => writeMesh(mesh, objects, knownIn(mesh)))
  const meshes = { ...(base && { base: written(base) }), merged: written(merged) }
  const files = numbering<string>()
  const several = namesOfSeveral(sides)
  return {
    ...meshes,
    objects: objects.all.map((each) => writeObject(each, { files, several, teams })),
    files: files.all,
    settings,
    complete,
    external: externalTargets(sides),
  }
}

function meshesOf({ base, merged }: Sides): readonly Mesh[] {
  return [...(base?.meshes ?? []), ...merged.meshes]
}

function gatewaysByMesh(sides: Sides): ReadonlyMap<string, readonly string[]> {
  const byName = Map.groupBy(meshesOf(sides), ({ name }) => name)
  const known = [...byName].map(([name, some]) => {
    const names = new Set(some.flatMap(({ gateways }) => gateways.map(identityOf)))
    return [name, [...names].toSorted(compareTexts)] as const
  })
  return new Map(known)
}

function externalTargets(sides: Sides): readonly string[] {
  const targets = new Set(meshesOf(sides).flatMap(({ graph }) => graph.edges.map(({ target }) => target)))
  return [...targets].filter((target) => sides.isExternal?.(target) === true).toSorted(compareTexts)
}

/** Of these it matters what is written besides what Istio reads. */
function namesOfSeveral(sides: Sides): ReadonlySet<string> {
  const several = meshesOf(sides).flatMap(({ virtualServices }) =>
    [...Map.groupBy(virtualServices, identityOf)].flatMap(([name, copies]) =>
      copies.length > 1 ? [name] : [],
    ),
  )
  return new Set(several)
}

function writeMesh(
  mesh: Mesh,
  { numberOf }: Numbering<SharedObject>,
  knownGateways: readonly string[],
): WrittenMesh {
  const { name, virtualServices, inForce, madeLater = [], services } = mesh
  const known = services?.()
  const made = writeGatewayApi(mesh, numberOf)
  const access = writeAccess(mesh.access)
  return {
    name,
    virtualServices: virtualServices.map(numberOf),
    gateways: mesh.gateways.map(numberOf),
    inForce: {
      virtualServices: inForce.virtualServices.map(numberOf),
      gateways: inForce.gateways.map(numberOf),
    },
    madeLater,
    ...(known && { services: { hosts: [...known.hosts], placeless: [...known.placeless] } }),
    ...(made && { gatewayApi: made }),
    ...(access && { access }),
    knownGateways,
  }
}

function writeGatewayApi(
  { gatewayApi, otherwise }: Mesh,
  numberOf: (thing: SharedObject) => number,
): WrittenMesh['gatewayApi'] {
  if (gatewayApi === undefined) return undefined
  const written = ({ gateways, lists, openAt }: GatewayApi): WrittenGatewayApi => ({
    gateways: gateways.map(numberOf),
    lists: lists.map(({ virtualService, entries, ownFirst, open }) => ({
      virtualService: numberOf(virtualService),
      suppliers: entries.map(({ secondary, secondaryEntry }) => [numberOf(secondary), secondaryEntry]),
      ...(ownFirst && { ownFirst }),
      ...(open.length > 0 && { isOpen: true }),
    })),
    openAt: [...openAt],
  })
  const last = otherwise?.().gatewayApi
  return { first: written(gatewayApi), ...(last && { last: written(last) }) }
}

interface Writing {
  readonly files: Numbering<string>
  readonly several: ReadonlySet<string>
  readonly teams: TeamNames
}

function writeObject(object: SharedObject, { files, several, teams }: Writing): WrittenObject {
  const { kind, apiVersion, name, namespace, labels, annotations, inCluster, madeOf, body, spec } = object
  const own = numbering<string>()
  own.numberOf(object.file.path)
  const ranges = [...rangesOf(object, []), ...rangesWithin(spec)]
  for (const range of ranges) if (range !== undefined) own.numberOf(range.file.path)
  const team = teams(object)
  return {
    kind,
    apiVersion,
    name,
    ...(namespace !== undefined && { namespace }),
    labels,
    annotations: withoutWhatWasApplied(annotations),
    ...(madeOf && { madeOf }),
    ...(object.kind === 'Gateway' && object.pods && { pods: object.pods }),
    ...(inCluster && { inCluster: inCluster.created === undefined ? {} : { created: inCluster.created } }),
    files: own.all.map(files.numberOf),
    lines: ranges.map((range) => lineIn(range, own)),
    // A decoded spec is Istio's JSON.
    spec: spec as JsonObject,
    ...(several.has(identityOf(object)) && { body }),
    ...(team !== undefined && { team }),
  }
}

const applied = 'kubectl.kubernetes.io/last-applied-configuration'

/** The whole object once more, of which nothing is read. */
function withoutWhatWasApplied({ [applied]: _, ...others }: Readonly<Record<string, string>>) {
  return others
}

function lineIn(range: SourceRange | undefined, files: Numbering<string>): number {
  if (range === undefined) return 0
  const { file, line } = positionOf(range)
  return line * files.all.length + files.numberOf(file)
}

/** Those of an object and of some of its fields. */
function rangesOf(node: Located, keys: readonly string[]): readonly (SourceRange | undefined)[] {
  const at = node[origin]
  if (at === undefined) return [undefined]
  return [at.range, ...keys.map((key) => at.fields.get(key))]
}

function rangesWithin(value: unknown): readonly (SourceRange | undefined)[] {
  if (typeof value !== 'object' || value === null) return []
  const there = Object.entries(value).filter(([, each]) => each !== undefined)
  const own = Array.isArray(value)
    ? []
    : rangesOf(
        value,
        there.map(([key]) => key),
      )
  return [...own, ...there.flatMap(([, each]) => rangesWithin(each))]
}
