import { origin } from '../source/located.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml, type YamlNode } from '../source/yaml.ts'
import type { JsonObject, JsonValue } from './json.ts'
import type { UnmodelledResource } from './resource.ts'
import { jsonOf } from './yaml-json.ts'

/** What concerns no request: `images`, `replicas` and what is generated (ConfigMaps, Secrets). */
const beside = ['images', 'replicas', 'configMapGenerator', 'secretGenerator', 'generatorOptions', 'metadata']

/** The fields that name files and directories to be built upon, and those that name files that are part of the layer. */
const builtUpon = ['resources', 'bases', 'components']
const saying = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'configurations',
  'crds',
  'openapi',
  'generators',
  'transformers',
  'validators',
  'helmCharts',
  'helmChartInflationGenerator',
]

interface Layer {
  readonly folder: string
  readonly file: SourceFile
  readonly root: YamlNode
  readonly body: JsonObject
}

/** The usual name of a kustomization, for one under the name that says nothing of YAML; any other path as it is. */
export function kustomizationPath(path: string): string {
  return path.replace(/(?<=^|\/)Kustomization$/, 'kustomization.yaml')
}

/**
 * The kustomizations above mesh manifests: they may change the namespace, the names or anything else of what they build
 * upon, which is not modelled. Each is named after its folder and holds what it says that may concern a request, what it
 * says in other files (patches, configurations and the like) included. `meshPaths` are the files with mesh manifests.
 */
export function kustomizations(
  files: readonly SourceFile[],
  meshPaths: ReadonlySet<string>,
): readonly UnmodelledResource[] {
  const layers = files.flatMap(layerOf)
  if (layers.length === 0 || meshPaths.size === 0) return []
  const texts = new Map(files.map((file) => [file.path, file.text]))
  const concerned = concernedFolders(layers, meshPaths)
  return layers.filter(({ folder }) => concerned.has(folder)).map((layer) => resourceOf(layer, texts))
}

function layerOf(file: SourceFile): readonly Layer[] {
  const found = /^(?<folder>.*\/)?(?:kustomization\.ya?ml|Kustomization)$/.exec(file.path)
  const root = found ? parseYaml(file, { id: 'invalid-manifest' })[0]?.root : undefined
  if (root?.kind !== 'map') return []
  const folder = (found?.groups?.['folder'] ?? '').replace(/\/$/, '')
  // The root of an object is a mapping.
  return [{ folder, file, root, body: jsonOf(root) as JsonObject }]
}

/** Everything that hangs together with a mesh manifest by references, in either direction. */
function concernedFolders(layers: readonly Layer[], meshPaths: ReadonlySet<string>): ReadonlySet<string> {
  const links = layers.flatMap((layer) =>
    [...builtUpon, ...saying]
      .flatMap((field) => pathsIn(layer, field))
      .map((to) => [layer.folder, to] as const),
  )
  const reached = new Set(meshPaths)
  for (let size = -1; size !== reached.size; ) {
    size = reached.size
    for (const [from, to] of links) {
      if (reached.has(from)) reached.add(to)
      if (reached.has(to)) reached.add(from)
    }
  }
  return reached
}

/** The paths from the root of the repository that a field names; what lies elsewhere, or is written in place, has none. */
function pathsIn({ folder, body }: Layer, field: string): readonly string[] {
  const listed = body[field]
  const entries: readonly JsonValue[] = Array.isArray(listed) ? listed : [listed ?? null]
  return entries.flatMap(pathsOf).flatMap((path) => (/[\n:]|^\//.test(path) ? [] : [resolved(folder, path)]))
}

function pathsOf(entry: JsonValue): readonly string[] {
  if (typeof entry === 'string') return [entry]
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return []
  const { path, values, valuesFile, additionalValuesFiles } = entry as JsonObject
  const more: readonly JsonValue[] = Array.isArray(additionalValuesFiles) ? additionalValuesFiles : []
  return [path, values, valuesFile, ...more].filter((each) => typeof each === 'string')
}

function resolved(folder: string, path: string): string {
  const steps: string[] = folder === '' ? [] : folder.split('/')
  for (const step of path.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

/** What a file says, not how it is written; the text of what cannot be read. */
function contentOf(path: string, text: string | undefined): JsonValue {
  if (text === undefined) return null
  const documents = parseYaml({ path, text }, { id: 'invalid-manifest' })
  const isRead = documents.length > 0 && documents.every(({ diagnostics }) => diagnostics.length === 0)
  return isRead ? documents.map(({ root }) => (root ? jsonOf(root) : null)) : text
}

function resourceOf(layer: Layer, texts: ReadonlyMap<string, string>): UnmodelledResource {
  const { folder, file, root, body } = layer
  const said = Object.entries(body).filter(([field]) => !beside.includes(field))
  const inFiles = saying
    .flatMap((field) => pathsIn(layer, field))
    .map((path) => [path, contentOf(path, texts.get(path))])
  return {
    kind: 'Kustomization',
    apiVersion: typeof body['apiVersion'] === 'string' ? body['apiVersion'] : '',
    name: folder === '' ? '.' : folder,
    labels: {},
    annotations: {},
    file,
    body: { ...Object.fromEntries(said), 'said in files': Object.fromEntries(inFiles) },
    [origin]: { range: root.range, fields: new Map() },
  }
}
