import { isObject, type JsonObject, type JsonValue } from '../manifest/json.ts'
import { literalFolder, sourcesOf } from '../manifest/layers/delivered-paths.ts'
import type { DeliveryObject } from '../manifest/layers/delivery-objects.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../manifest/layers/written.ts'
import { type Folders, pathIn } from './folders.ts'
import type { Takes, Unit } from './unit.ts'

/** What an Application of Argo CD applies, one unit for each source that is a folder without a chart. */
export function unitsOfApplication(
  { name, namespace = '', spec, file }: DeliveryObject,
  folders: Folders,
): readonly Unit[] {
  const otherwise = textIn(fieldsOf(spec['destination'])['namespace'])
  return sourcesOf(spec).flatMap((written): readonly Unit[] => {
    const placed = sourceInFolder(written, name, folders)
    if (placed === undefined) return []
    const { folder, source, overrides } = placed
    const takes = takesOf(source, folder, folders)
    if (takes === undefined) return []
    return [
      {
        key: `Application ${namespace}/${name} ${folder}`,
        by: [file.path, ...overrides],
        folder,
        takes,
        over: takes === 'kustomization' ? kustomizeOptions(fieldsOf(source['kustomize'])) : {},
        ...(otherwise && { otherwise }),
      },
    ]
  })
}

/** A source of an Application with what files in its folder lay over it. */
interface PlacedSource {
  readonly folder: string
  readonly source: JsonObject
  /** The paths of those files. */
  readonly overrides: readonly string[]
}

/** Nothing where it is no folder, or is still to be filled in. */
export function sourceInFolder(
  written: JsonObject,
  name: string,
  folders: Folders,
): PlacedSource | undefined {
  const folder = folderOfSource(written)
  if (folder === undefined) return undefined
  const overrides = ['.argocd-source.yaml', `.argocd-source-${name}.yaml`]
    .map((each) => pathIn(folder, each))
    .flatMap((path) => folders.file(path) ?? [])
  const source = overrides.reduce((before, each) => overridden(before, documentsIn(each)?.[0]), written)
  return { folder, source, overrides: overrides.map(({ path }) => path) }
}

/** A path that is still to be filled in names no folder. */
function folderOfSource({ path, chart }: JsonObject): string | undefined {
  const written = textIn(path)
  if (written === undefined || chart !== undefined || /\{\{|\$\{/.test(written)) return undefined
  return literalFolder(written)
}

/** Files in the folder are merged into the source, but for where it comes from. */
function overridden(source: JsonObject, over: JsonValue | undefined): JsonObject {
  const { repoURL: _, path: __, targetRevision: ___, chart: ____, ...options } = fieldsOf(over)
  return fieldsOf(mergePatched(source, options))
}

/** A JSON merge patch. */
function mergePatched(value: JsonValue, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch
  const merged = new Map(Object.entries(fieldsOf(value)))
  for (const [field, inner] of Object.entries(patch))
    if (inner === null || inner === undefined) merged.delete(field)
    else merged.set(field, mergePatched(merged.get(field) ?? null, inner))
  return Object.fromEntries(merged)
}

/** By the options that are given, else by what lies in the folder itself; charts and plugins are none of ours. */
function takesOf(source: JsonObject, folder: string, folders: Folders): Takes | undefined {
  if (!isZero(source['kustomize'])) return 'kustomization'
  if (!isZero(source['helm']) || !isZero(source['plugin'])) return undefined
  const directory: Takes = fieldsOf(source['directory'])['recurse'] === true ? 'files below' : 'files'
  if (!isZero(source['directory'])) return directory
  if (folders.kustomization(folder) !== undefined) return 'kustomization'
  return folders.files(folder).some(({ path }) => path.endsWith('Chart.yaml')) ? undefined : directory
}

/** Options of which nothing is set count as absent. */
function isZero(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return Object.values(value).every(isZero)
  return value === undefined || value === null || value === '' || value === false || value === 0
}

/** What `kustomize edit` writes: prefix, suffix and namespace are set, the rest is added. Images and replicas say nothing. */
function kustomizeOptions(options: JsonObject): JsonObject {
  const { namespace, namePrefix, nameSuffix, commonLabels, commonAnnotations } = options
  const isOnlyMetadata = options['labelWithoutSelector'] === true
  const pairs = isZero(commonLabels) ? undefined : commonLabels
  const labels = [{ pairs: pairs ?? {}, includeTemplates: options['labelIncludeTemplates'] === true }]
  return {
    ...(!isZero(namespace) && { namespace }),
    ...(!isZero(namePrefix) && { namePrefix }),
    ...(!isZero(nameSuffix) && { nameSuffix }),
    ...(!isZero(options['patches']) && { patches: [...listIn(options['patches'])] }),
    ...(!isZero(options['components']) && { components: [...listIn(options['components'])] }),
    ...(pairs !== undefined && (isOnlyMetadata ? { labels } : { commonLabels: pairs })),
    ...(!isZero(commonAnnotations) && { commonAnnotations }),
  }
}
