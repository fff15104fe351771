import { budgets } from '../../../budgets.ts'
import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { type Kustomization, pathsIn } from '../kustomization.ts'
import { foldersAbove, isBelow, resolvedPath } from '../paths.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import type { Surroundings } from './kustomization-statements.ts'

/** What Kustomize knows an object by: two of one identity end the build. Without a namespace it is in `default`. */
interface Identity {
  readonly type: string
  readonly name: string
  readonly namespace: string
}

/** Kinds without a namespace, whatever is written. */
const clusterWide =
  /^(?:Namespace|Node|PersistentVolume|StorageClass|IngressClass|PriorityClass|APIService|CustomResourceDefinition|(?:Mutating|Validating)\w+|ClusterRole(?:Binding)?)$/

/** Kinds that no prefix is given to. */
const kept = /^(?:Namespace|CustomResourceDefinition|APIService)$/

/**
 * The identities of which a kustomization accumulates two: of what its entries build and what it generates. What patches,
 * transformers and components of a base may rename or delete is not looked for.
 */
export function builtTwice(kustomization: Kustomization, around: Surroundings): readonly string[] {
  return twiceAmong(accumulated(kustomization, around, []))
}

/**
 * The same of the kustomization that Flux generates for a folder without one of its own: every file at any depth, and each
 * folder with a kustomization as that. What is ignored is not among them.
 */
export function generatedTwice(
  folder: string,
  around: Surroundings,
  isIgnored: (path: string) => boolean,
): readonly string[] {
  const { side, folders } = around
  const isWithin = (path: string) => path !== folder && isBelow(path, folder)
  const governors = (path: string) => foldersAbove(path).filter((each) => isWithin(each) && folders.has(each))
  const isKept = (path: string) => governors(path).length === 0 && !isIgnored(path)
  const files = filesBelow(folder, side).filter(({ path }) => /\.ya?ml$/.test(path) && isKept(path))
  const bases = [...folders].filter((path) => isWithin(path) && isKept(path))
  const found = [...files.flatMap(identitiesIn), ...bases.flatMap((path) => ofEntry(path, around, []))]
  return found.length > budgets.builtObjects.size ? [] : twiceAmong(found)
}

function twiceAmong(identities: readonly Identity[]): readonly string[] {
  const counted = new Map<string, number>()
  for (const each of identities) {
    const key = `${each.type} ${each.namespace}/${each.name}`
    counted.set(key, (counted.get(key) ?? 0) + 1)
  }
  return [...counted].filter(([, times]) => times > 1).map(([key]) => key)
}

const accumulatedIn = memoized((_side: SideFiles) => new Map<string, readonly Identity[]>())

function accumulated(
  kustomization: Kustomization,
  around: Surroundings,
  above: readonly string[],
): readonly Identity[] {
  const { file, folder, body = {} } = kustomization
  const memo = accumulatedIn(around.side)
  const before = memo.get(file.path)
  if (before !== undefined) return before
  if (above.includes(file.path) || above.length > 50) return []
  const paths = ['resources', 'bases'].flatMap((field) =>
    listIn(body[field]).flatMap((entry) => resolvedPath(folder, textIn(entry) ?? '.') ?? []),
  )
  const found = [...paths.flatMap((path) => ofEntry(path, around, [...above, file.path])), ...generated(body)]
  const all = found.length > budgets.builtObjects.size ? [] : found
  memo.set(file.path, all)
  return all
}

function ofEntry(path: string, around: Surroundings, above: readonly string[]): readonly Identity[] {
  const file = around.side.files.get(path)
  if (file !== undefined) return identitiesIn(file)
  return around
    .at(path)
    .flatMap((base) =>
      mayLose(base, around.side) ? [] : accumulated(base, around, above).map((each) => renamed(each, base)),
    )
}

/** Whether a base may rename or delete what it accumulates. */
function mayLose(base: Kustomization, { files }: SideFiles): boolean {
  const { body = {} } = base
  const others = ['components', 'transformers', 'generators', 'replacements', 'patchesJson6902']
  if (others.some((field) => listIn(body[field]).length > 0)) return true
  const patches = ['patches', 'patchesStrategicMerge'].flatMap((field) => [
    JSON.stringify(body[field] ?? null),
    ...pathsIn(base, field).map((path) => files.get(path)?.text ?? ''),
  ])
  return patches.some((text) => /\$patch|\/metadata|allowNameChange|allowKindChange/.test(text))
}

function renamed({ type, name, namespace }: Identity, { body = {} }: Kustomization): Identity {
  const kind = type.slice(type.lastIndexOf(' ') + 1)
  const [prefix, suffix, space] = ['namePrefix', 'nameSuffix', 'namespace'].map(
    (field) => textIn(body[field]) ?? '',
  )
  return {
    type,
    name: kept.test(kind) ? name : `${prefix}${name}${suffix}`,
    namespace: clusterWide.test(kind) ? '' : space || namespace,
  }
}

const identitiesIn = memoized((file: SourceFile): readonly Identity[] =>
  (documentsIn(file) ?? []).flatMap(objectsOf),
)

function objectsOf(document: JsonValue): readonly Identity[] {
  const { apiVersion, kind, metadata, items } = fieldsOf(document)
  const { name, namespace } = fieldsOf(metadata)
  const type = textIn(kind) ?? ''
  if (type.endsWith('List') && items !== undefined) return listIn(items).flatMap(objectsOf)
  if (type === '' || typeof name !== 'string') return []
  const space = clusterWide.test(type) ? '' : (textIn(namespace) ?? 'default')
  return [{ type: `${textIn(apiVersion) ?? ''} ${type}`, name, namespace: space }]
}

function generated(body: JsonObject): readonly Identity[] {
  return (['ConfigMap', 'Secret'] as const).flatMap((kind) =>
    listIn(body[kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator']).flatMap((entry) => {
      const { name, namespace, behavior = 'create' } = fieldsOf(entry)
      if (typeof name !== 'string' || behavior !== 'create') return []
      return [{ type: `v1 ${kind}`, name, namespace: textIn(namespace) ?? 'default' }]
    }),
  )
}
