import type { JsonObject, JsonValue } from '../json.ts'
import { type Kustomization, pathsIn } from './kustomization.ts'
import type { SideFiles } from './side-files.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from './written.ts'

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
export function valuesBehind(source: Source, { kustomizations, side }: Sources): readonly JsonValue[] {
  const generated = kustomizations.flatMap((each) => generatedBy(each, source, side))
  const paths = new Set(
    kustomizations.flatMap((each) => [...pathsIn(each, 'resources'), ...pathsIn(each, 'bases')]),
  )
  const written = [...paths].flatMap((path) => {
    const file = side.files.get(path)
    return file === undefined
      ? []
      : (documentsIn(file) ?? []).flatMap((document) => readFrom(document, source))
  })
  return [...generated, ...written]
}

function generatedBy(kustomization: Kustomization, source: Source, side: SideFiles): readonly JsonValue[] {
  const { body = {} } = kustomization
  return generators.flatMap(([field, kind]) =>
    listIn(body[field])
      .filter((entry) => kind === source.kind && fieldsOf(entry)['name'] === source.name)
      .map((entry) => ({
        entry,
        files: filesOf({ ...kustomization, body: { [field]: [entry] } }, field, side),
      })),
  )
}

function filesOf(kustomization: Kustomization, field: string, side: SideFiles): JsonObject {
  const paths = pathsIn(kustomization, field)
  return Object.fromEntries(paths.map((path) => [path, side.files.get(path)?.text ?? contentOf(undefined)]))
}

function readFrom(document: JsonValue, { kind, name, fieldPath }: Source): readonly JsonValue[] {
  const object = fieldsOf(document)
  if (object['kind'] !== kind || fieldsOf(object['metadata'])['name'] !== name) return []
  if (fieldPath === undefined || !/^[\w-]+(?:\.[\w-]+)*$/.test(fieldPath)) return [object as JsonValue]
  const steps = fieldPath.split('.')
  return [steps.reduce<JsonValue>((value, step) => fieldsOf(value)[step] ?? null, object as JsonValue)]
}
