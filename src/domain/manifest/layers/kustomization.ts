import { memoized } from '../../source/memoized.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { jsonOf } from '../yaml-json.ts'
import { isKustomizationFile } from './layer-files.ts'
import { folderOf, resolvedPath } from './paths.ts'
import { fieldsOf, listIn, textIn } from './written.ts'

/** A `kustomization.yaml`: `body` is absent where it cannot be read. */
export interface Kustomization {
  readonly folder: string
  readonly file: SourceFile
  readonly range?: SourceRange
  readonly body?: JsonObject
}

/** The fields that name files and folders to be built upon. */
export const builtUpon = ['resources', 'bases', 'components'] as const

/** The fields that name files to be laid over what is built. */
export const patchFields = ['patches', 'patchesStrategicMerge', 'patchesJson6902'] as const

/** The fields that name files which are part of what a kustomization says. */
export const saying = [
  ...patchFields,
  'replacements',
  'configurations',
  'crds',
  'openapi',
  'generators',
  'transformers',
  'validators',
  'helmCharts',
  'helmChartInflationGenerator',
  'configMapGenerator',
  'secretGenerator',
] as const

const fields = [
  ...builtUpon,
  ...saying,
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'vars',
  'helmGlobals',
  'generatorOptions',
  'images',
  'imageTags',
  'replicas',
  'sortOptions',
  'buildMetadata',
  'metadata',
  'apiVersion',
  'kind',
]

const canonical = new Map(fields.map((field) => [field.toLowerCase(), field]))

/** Kustomize reads the names of fields without regard to case. */
function withUsualNames(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([field, value]) => [canonical.get(field.toLowerCase()) ?? field, value]),
  )
}

/**
 * A file under one of the three names that Kustomize looks for. Only its first document counts; an object of Flux under
 * such a name is none.
 */
export const kustomizationIn = memoized((file: SourceFile): Kustomization | undefined => {
  if (!isKustomizationFile(file.path)) return undefined
  const folder = folderOf(file.path)
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document === undefined) return { folder, file, body: {} }
  if (document.root?.kind !== 'map') return { folder, file, range: document.range }
  // The root of an object is a mapping.
  const body = withUsualNames(jsonOf(document.root) as JsonObject)
  if (textIn(body['apiVersion'])?.startsWith('kustomize.toolkit.fluxcd.io/')) return undefined
  return { folder, file, range: document.root.range, body }
})

function pathsOf(entry: JsonValue): readonly string[] {
  if (typeof entry === 'string') return [entry]
  const { path, values, valuesFile, additionalValuesFiles, files, env, envs } = fieldsOf(entry)
  const named = [path, values, valuesFile, env, ...listIn(additionalValuesFiles), ...listIn(envs)]
  // `key=path`: the name of the key stands before it.
  const keyed = listIn(files).map((each) => textIn(each)?.replace(/^[^=]*=/, ''))
  return [...named, ...keyed].filter((each) => typeof each === 'string')
}

/** The paths from the root that a field names; what lies elsewhere, or is written in place, has none. */
export function pathsIn(kustomization: Kustomization, field: string): readonly string[] {
  const known = pathsByField(kustomization)
  const paths = known.get(field) ?? resolvedIn(kustomization, field)
  known.set(field, paths)
  return paths
}

/** Filled field by field: whatever works out a reach asks again and again. */
const pathsByField = memoized((_: Kustomization) => new Map<string, readonly string[]>())

function resolvedIn({ folder, body = {} }: Kustomization, field: string): readonly string[] {
  return listIn(body[field])
    .flatMap(pathsOf)
    .flatMap((path) => resolvedPath(folder, path) ?? [])
}
