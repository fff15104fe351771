import { memoized } from '../../../source/memoized.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { builtUpon, type Kustomization, patchFields, pathsIn, saying } from '../kustomization.ts'
import { isKustomizationFile } from '../layer-files.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { actedOn } from '../metadata-words.ts'
import { isWorkload } from '../partly-deciding.ts'
import { foldersAbove, pathIn, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { contentOf, fieldsOf, listIn, textIn } from '../written.ts'
import { identityStatements, renamingIn } from './identity-statements.ts'
import { type Built, patchStatements, patchTexts } from './patch-statements.ts'
import { replacementStatements } from './replacement-statements.ts'

/** What a kustomization is read among. */
export interface Surroundings {
  readonly side: SideFiles
  readonly reach: Reach
  /** Every folder with a kustomization of its own. */
  readonly folders: ReadonlySet<string>
  /** The kustomizations of a folder; more than one is a fault. */
  readonly at: (folder: string) => readonly Kustomization[]
}

/** What concerns no request, whoever says it, and what has statements of its own. */
const silent = new Set([
  ...builtUpon,
  'images',
  'imageTags',
  'replicas',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'metadata',
  'apiVersion',
  'kind',
  'sortOptions',
  'buildMetadata',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'vars',
  'labels',
  'commonLabels',
  'commonAnnotations',
])

/** Transformers that are written as fields elsewhere and concern no request there. */
const beside = new Set(['ImageTagTransformer', 'ReplicaCountTransformer'])

/** Everything that a kustomization says of mesh manifests, those included that it leaves out where its folder would be taken whole. */
export function kustomizationStatements(
  kustomization: Kustomization,
  around: Surroundings,
): readonly LayerStatement[] {
  const { body, file, folder } = kustomization
  const { side, reach } = around
  if (body === undefined) {
    const failing = [...new Set([...meshBelow(folder, side), ...reach.failing(kustomization)])]
    return [{ what: { unreadable: file.text }, reach: failing }]
  }
  const whole = reach.around(kustomization)
  const family = reach.family(kustomization)
  const files = isComponent(kustomization, family) ? whole : reach.of(kustomization)
  const built: Built = { files, whole, side, family }
  return [
    ...entryStatements(kustomization, around),
    ...failures(kustomization, around),
    ...leftOut(kustomization, around),
    ...patchStatements(kustomization, built),
    ...identityStatements(renamingIn(body, patchTexts(kustomization, built)), built),
    ...replacementStatements(kustomization, built, () => reach.family(kustomization)),
    ...metadataStatements(body, built.files),
    ...selectorStatements(body, built),
    ...otherStatements(kustomization, built),
  ]
}

/** A component works on whatever takes it; any other kustomization on what it builds itself. */
function isComponent({ body = {}, folder }: Kustomization, family: readonly Kustomization[]): boolean {
  return body['kind'] === 'Component' || family.some((each) => pathsIn(each, 'components').includes(folder))
}

/** One for each entry: whoever adds an entry of their own says nothing of the others. */
function entryStatements(kustomization: Kustomization, { reach }: Surroundings): readonly LayerStatement[] {
  const { body = {}, folder } = kustomization
  return builtUpon
    .flatMap((field) => listIn(body[field]))
    .flatMap((entry) => {
      const path = resolvedPath(folder, textIn(entry) ?? '')
      return path === undefined ? [] : [{ what: { buildsUpon: path }, reach: reach.ofEntry(path) }]
    })
}

/** What fails the build of it, and of all that is delivered in one piece with it. */
function failures(kustomization: Kustomization, { side, reach }: Surroundings): readonly LayerStatement[] {
  const { body = {}, folder } = kustomization
  const others = names.filter((name) => side.files.has(pathIn(folder, name)))
  const isEmpty = Object.keys(body).every((field) => field === 'apiVersion' || field === 'kind')
  const remote = builtUpon.flatMap((field) => listIn(body[field])).filter((entry) => isRemote(folder, entry))
  return [
    ...(others.length > 1 ? [{ what: { oneOf: others }, reach: reach.failing(kustomization) }] : []),
    ...(isEmpty ? [{ what: 'empty', reach: reach.failing(kustomization) }] : []),
    // What is not here may be anything, and a component works on all that is built.
    ...remote.map((entry) => ({
      what: { fromElsewhere: withoutVersion(entry) },
      reach: reach.around(kustomization),
    })),
  ]
}

/** Which version it is says nothing of whom it concerns. */
function withoutVersion(entry: JsonValue): JsonValue {
  return textIn(entry)?.replace(/[?&](?:ref|version)=[^&]*/, '') ?? entry
}

/** The names that Kustomize looks for, of which a folder may have one. */
const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

function isRemote(folder: string, entry: JsonValue): boolean {
  return resolvedPath(folder, textIn(entry) ?? '') === undefined
}

/**
 * The mesh manifests in its folder, and in plain folders below it, that it neither builds nor lays over what it builds. What it names
 * as anything else (values, a file of a ConfigMap, a schema) is no object of what it makes.
 */
function leftOut(
  kustomization: Kustomization,
  { side, reach, folders }: Surroundings,
): readonly LayerStatement[] {
  const taken = new Set([
    ...reach.of(kustomization),
    ...patchFields.flatMap((field) => pathsIn(kustomization, field)),
  ])
  return (governedIn(side, folders).get(kustomization.folder) ?? [])
    .filter((path) => !taken.has(path) && !isKustomizationFile(path))
    .map((path) => ({ what: { leavesOut: path }, reach: [path] }))
}

/** The mesh manifests by the nearest folder above them that has a kustomization. */
const governedIn = memoized(
  (side: SideFiles, folders: ReadonlySet<string>): ReadonlyMap<string | undefined, readonly string[]> => {
    return Map.groupBy(meshBelow('', side), (path) => foldersAbove(path).find((each) => folders.has(each)))
  },
)

function metadataStatements(body: JsonObject, files: readonly string[]): readonly LayerStatement[] {
  const { labels, commonLabels, commonAnnotations } = body
  const pairs = [...listIn(labels).map((entry) => fieldsOf(entry)['pairs']), commonLabels, commonAnnotations]
  const fields = listIn(labels).flatMap((entry) => listIn(fieldsOf(entry)['fields']))
  const kept = pairs.flatMap((each) => Object.entries(actedOn(fieldsOf(each))))
  return [
    ...kept.map(([key, value]) => ({ what: { metadata: [key, value ?? null] }, reach: files })),
    ...fields.map((field) => ({ what: { labelsAt: field }, reach: files })),
  ]
}

/** Labels that selectors and pods get: of Services and workloads only. */
function selectorStatements(body: JsonObject, { files, side }: Built): readonly LayerStatement[] {
  const selecting = listIn(body['labels'])
    .map(fieldsOf)
    .filter((each) => each['includeSelectors'] === true || each['includeTemplates'] === true)
    .map((each) => each['pairs'])
  const pairs = [...selecting, body['commonLabels']].flatMap((each) => Object.entries(fieldsOf(each)))
  if (pairs.length === 0) return []
  const reach = files.filter((path) =>
    side.mesh.get(path)?.some(({ kind }) => kind === 'Service' || isWorkload(kind)),
  )
  return pairs.map(([key, value]) => ({ what: { selector: [key, value ?? null] }, reach }))
}

/** What overlays take over from a base, and what needs a plugin, without which nothing is built. */
const takenOver = new Set(['configurations', 'crds', 'openapi', 'generators', 'transformers', 'validators'])

/** Whatever else it says concerns all that it builds, each entry of a list by itself. */
function otherStatements(kustomization: Kustomization, built: Built): readonly LayerStatement[] {
  const { body = {} } = kustomization
  const { files, whole, side } = built
  return Object.entries(body)
    .filter(([field]) => !silent.has(field) || isConfigured(field, built))
    .filter(([, value]) => value !== '' && value !== null)
    .flatMap(([field, value]) =>
      listIn(value)
        .map((entry) => saidIn(field, entry, kustomization, side))
        .filter((said) => said !== undefined)
        .map((said) => ({ what: { [field]: said }, reach: takenOver.has(field) ? whole : files })),
    )
}

/** Whether images or replicas are told to work on fields of other kinds, hosts say. */
function isConfigured(field: string, { family, side }: Built): boolean {
  if (field !== 'images' && field !== 'replicas') return false
  const paths = family.flatMap((each) => pathsIn(each, 'configurations'))
  return paths.some((path) => side.files.get(path)?.text.includes(field) === true)
}

/** An entry with the files that it names; nothing for what concerns no request. */
function saidIn(
  field: string,
  entry: JsonValue,
  kustomization: Kustomization,
  side: SideFiles,
): JsonValue | undefined {
  const paths = (saying as readonly string[]).includes(field)
    ? pathsIn({ ...kustomization, body: { [field]: [entry] } }, field)
    : []
  const inFiles = paths.flatMap((path) => contentsAt(path, side))
  const kinds = [entry, ...inFiles.flatMap(([, content]) => listIn(content))].map((each) =>
    textIn(fieldsOf(each)['kind']),
  )
  const isElsewhere = textsOfKeys([entry, ...inFiles.map(([, content]) => content)]).some((key) =>
    /^fieldspecs$/i.test(key),
  )
  if (
    !isElsewhere &&
    kinds.some((kind) => kind !== undefined) &&
    kinds.every((kind) => kind === undefined || beside.has(kind))
  )
    return undefined
  return { entry, inFiles: Object.fromEntries(inFiles) }
}

/** The names of all fields, at any depth: by `fieldSpecs` a transformer works on fields of any kind. */
function textsOfKeys(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => textsOfKeys(each))
  return Object.entries(fieldsOf(value)).flatMap(([key, inner]) => [key, ...textsOfKeys(inner ?? null)])
}

/** A file, or what lies in a folder. */
function contentsAt(path: string, side: SideFiles): readonly (readonly [string, JsonValue])[] {
  return filesBelow(path, side).map((each) => [each.path, contentOf(each)])
}
