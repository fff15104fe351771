import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { type Kustomization, pathsIn } from '../kustomization.ts'
import type { SideFiles } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** An object that a replacement or a variable reads a value from. */
export interface Source {
  readonly kind: string
  readonly name: string
  /** Absent where the whole object may be read. */
  readonly fieldPath?: string | undefined
}

/** The object that is named under `source` or `objref`. */
export function sourceOf(written: JsonValue | undefined, fieldPath?: JsonValue): Source | undefined {
  const { kind, name, fieldPath: own } = fieldsOf(written)
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined
  return { kind, name, fieldPath: textIn(own) ?? textIn(fieldPath) }
}

/** Where a value may come from: the kustomizations of one build, and the files that they name. */
export interface Sources {
  readonly kustomizations: readonly Kustomization[]
  readonly side: SideFiles
}

const generators = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const

/** Everything that the object says which a value is read from, be it written or generated; empty where it is not here. */
export function valuesBehind(source: Source, sources: Sources): readonly JsonValue[] {
  const { generated, written } = indexOf(sources.kustomizations, sources.side)
  const key = keyOf(source.kind, source.name)
  return [
    ...(generated.get(key) ?? []).map(({ value }) => value),
    ...(written.get(key) ?? []).map(({ value }) => readFrom(value, source)),
  ]
}

/** An object of a name, or the entry that generates one. */
interface Named {
  readonly key: string
  readonly value: JsonValue
}

interface Index {
  readonly generated: ReadonlyMap<string, readonly Named[]>
  readonly written: ReadonlyMap<string, readonly Named[]>
}

/** The objects of one build by their names: a kustomization may read from them as often as it likes. */
const indexOf = memoized((kustomizations: Sources['kustomizations'], side: SideFiles): Index => {
  const paths = new Set(
    kustomizations.flatMap((each) => [...pathsIn(each, 'resources'), ...pathsIn(each, 'bases')]),
  )
  return {
    generated: Map.groupBy(
      kustomizations.flatMap((each) => generatedBy(each, side)),
      ({ key }) => key,
    ),
    written: Map.groupBy(
      [...paths].flatMap((path) => writtenIn(side.files.get(path))),
      ({ key }) => key,
    ),
  }
})

function keyOf(kind: JsonValue | undefined, name: JsonValue | undefined): string {
  return JSON.stringify([kind ?? null, name ?? null])
}

function writtenIn(file: SourceFile | undefined): readonly Named[] {
  return (file === undefined ? [] : (documentsIn(file) ?? [])).map((value) => {
    const { kind, metadata } = fieldsOf(value)
    return { key: keyOf(kind, fieldsOf(metadata)['name']), value }
  })
}

function generatedBy(kustomization: Kustomization, side: SideFiles): readonly Named[] {
  const { body = {} } = kustomization
  return generators.flatMap(([field, kind]) =>
    listIn(body[field]).map((entry) => ({
      key: keyOf(kind, fieldsOf(entry)['name']),
      value: { entry, files: filesOf({ ...kustomization, body: { [field]: [entry] } }, field, side) },
    })),
  )
}

function filesOf(kustomization: Kustomization, field: string, side: SideFiles): JsonObject {
  const paths = pathsIn(kustomization, field)
  return Object.fromEntries(paths.map((path) => [path, side.files.get(path)?.text ?? contentOf(undefined)]))
}

function readFrom(object: JsonValue, { fieldPath }: Source): JsonValue {
  if (fieldPath === undefined || !/^[\w-]+(?:\.[\w-]+)*$/.test(fieldPath)) return object
  const steps = fieldPath.split('.')
  return steps.reduce<JsonValue>((value, step) => fieldsOf(value)[step] ?? null, object)
}
