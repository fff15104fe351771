import { memoized } from '../source/memoized.ts'
import type { SourceRange } from '../source/source-file.ts'
import { entryOf, type YamlMap } from '../source/yaml-node.ts'
import { fail } from './fault.ts'
import { currentId, groupVersion, type Id } from './naming/identity.ts'
import { type SharedValue, withShared } from './values/shared-values.ts'
import {
  isEmpty,
  mapNode,
  textNode,
  textOf,
  textsIn,
  valueAt,
  valueWithin,
  withoutKey,
  withValue,
} from './values/tree.ts'

/** An object on its way through a build. It never changes; what changes it makes another one. */
export interface Item {
  readonly node: YamlMap
  /** Where it was written, or generated. */
  readonly from: SourceRange
  /** What changed it, in order: each a place in a patch or a kustomization. */
  readonly by: readonly SourceRange[]
  /** The variables whose value it holds. */
  readonly variables: readonly string[]
  /** Labels that are one value in several fields. */
  readonly shared: readonly SharedValue[]
  /** The kustomizations that changed it, the innermost first. */
  readonly passed: readonly Passing[]
  /** How it was before the kustomization that is being built changed it, and where that does. */
  readonly open?: { readonly before: YamlMap; readonly at: readonly SourceRange[] }
}

/** What one kustomization made of an object, its components included. */
export interface Passing {
  /** The path of the kustomization. */
  readonly path: string
  readonly before: YamlMap
  readonly after: YamlMap
  /** The places in patches and kustomizations that say so. */
  readonly at: readonly SourceRange[]
  /** It gives variables that the object uses their values, once all is built. */
  readonly fillsIn?: true
}

/** An object as it is written, or generated, at `from`. */
export function itemOf(node: YamlMap, from: SourceRange): Item {
  return { node, from, by: [], variables: [], shared: [], passed: [] }
}

const internal = 'internal.config.kubernetes.io/'

/**
 * What a build has to know of an object it keeps in annotations, as Kustomize does: selectors see them, a patch that replaces
 * the metadata loses them, and an object that has some has `annotations` to which a JSON patch may add.
 */
export const bookkeeping = {
  names: `${internal}previousNames`,
  namespaces: `${internal}previousNamespaces`,
  kinds: `${internal}previousKinds`,
  prefixes: `${internal}prefixes`,
  suffixes: `${internal}suffixes`,
  nameChange: `${internal}allowNameChange`,
  kindChange: `${internal}allowKindChange`,
  behavior: `${internal}generatorBehavior`,
  needsHash: `${internal}needsHashSuffix`,
} as const

const all: ReadonlySet<string> = new Set<string>(Object.values(bookkeeping))

/** The text that is kept under one of these. */
export function kept(node: YamlMap, key: string): string {
  return textOf(valueWithin(node, 'metadata', 'annotations', key))
}

/** `node` with an annotation; an empty `annotations` is made anew. */
export function withAnnotation(node: YamlMap, key: string, value: string): YamlMap {
  const metadata = valueAt(node, 'metadata')
  const before = metadata?.kind === 'map' ? metadata : mapNode(node.range)
  const written = valueAt(before, 'annotations')
  const annotations = written?.kind === 'map' && !isEmpty(written) ? written : mapNode(node.range)
  const after = withValue(annotations, key, textNode(value, node.range))
  return withValue(node, 'metadata', withValue(before, 'annotations', after))
}

function withAppended(node: YamlMap, key: string, value: string): YamlMap {
  if (value === '') return node
  const before = valueWithin(node, 'metadata', 'annotations', key)
  return withAnnotation(node, key, before === undefined ? value : `${textOf(before)},${value}`)
}

/** `node` remembering what it is known by now. */
export function remembering(node: YamlMap, namespaceOf: (id: Id) => string): YamlMap {
  const id = currentId(node)
  const named = withAppended(node, bookkeeping.names, id.name)
  return withAppended(
    withAppended(named, bookkeeping.namespaces, namespaceOf(id)),
    bookkeeping.kinds,
    id.kind,
  )
}

/** `node` remembering a prefix or a suffix. */
export function rememberingAffix(node: YamlMap, key: 'prefixes' | 'suffixes', affix: string): YamlMap {
  return withAppended(node, bookkeeping[key], affix)
}

/** What the object was known by before, the first one first; group and version are those of now. */
export function previousIds(node: YamlMap): readonly Id[] {
  const annotations = valueWithin(node, 'metadata', 'annotations')
  if (annotations?.kind !== 'map' || entryOf(annotations, bookkeeping.names) === undefined) return []
  const texts = textsIn(annotations)
  const listOf = (key: string) => (texts.get(key) ?? '').split(',')
  const [namespaces, kinds] = [listOf(bookkeeping.namespaces), listOf(bookkeeping.kinds)]
  const gvk = groupVersion(textOf(valueAt(node, 'apiVersion')))
  const names = listOf(bookkeeping.names)
  // A name that was patched away, or that holds a comma, breaks the real program down.
  if (names.length !== namespaces.length || names.length !== kinds.length)
    fail('not-an-object', node.range, 'metadata.name')
  return names.map((name, index) => ({
    ...gvk,
    kind: kinds[index] ?? '',
    name,
    namespace: namespaces[index] ?? '',
  }))
}

/** What the object is known by in its file. */
export function originalId(node: YamlMap): Id {
  return previousIds(node)[0] ?? currentId(node)
}

/** Everything that the object is or was known by. */
export const everyId = memoized((node: YamlMap): readonly Id[] => [...previousIds(node), currentId(node)])

/** Prefixes or suffixes that were put on the name, the first one first. */
export function affixes(node: YamlMap, key: 'prefixes' | 'suffixes'): readonly string[] {
  const text = kept(node, bookkeeping[key])
  return text === '' ? [] : text.split(',')
}

/** The object as it is printed: without bookkeeping, every annotation a text. */
export function finished(node: YamlMap): YamlMap {
  const metadata = valueAt(node, 'metadata')
  if (metadata === undefined) return withValue(node, 'metadata', mapNode(node.range))
  const written = valueAt(metadata, 'annotations')
  if (metadata.kind !== 'map' || written?.kind !== 'map') return withTextAnnotations(node)
  const own = { ...written, entries: written.entries.filter(({ key }) => !all.has(key)) }
  return withTextAnnotations(withValue(node, 'metadata', withValue(metadata, 'annotations', own)))
}

/** The object with every annotation a text, and without `annotations` where there are none. */
export function withTextAnnotations(node: YamlMap): YamlMap {
  const metadata = valueAt(node, 'metadata')
  const written = valueAt(metadata, 'annotations')
  if (metadata?.kind !== 'map' || written === undefined) return node
  // The real program breaks down at an odd one.
  if (written.kind === 'sequence' && written.items.length % 2 === 1)
    fail('wrong-type', written.range, 'annotations')
  if (written.kind !== 'map' || isEmpty(written))
    return withValue(node, 'metadata', withoutKey(metadata, 'annotations'))
  const texts = written.entries.map((entry) => ({
    ...entry,
    value: textNode(textOf(entry.value), entry.value.range),
  }))
  return withValue(node, 'metadata', withValue(metadata, 'annotations', { ...written, entries: texts }))
}

/** `item` with another node, changed by what stands at `by`. */
export function changed(item: Item, node: YamlMap, by?: SourceRange): Item {
  if (node === item.node) return item
  const after = item.shared.length === 0 ? { node, shared: item.shared } : withShared(node, item.shared)
  const { before, at } = item.open ?? { before: item.node, at: [] }
  return {
    ...item,
    ...after,
    by: by === undefined || item.by.at(-1) === by ? item.by : [...item.by, by],
    open: { before, at: by === undefined || at.at(-1) === by ? at : [...at, by] },
  }
}

/** `item` once the kustomization at `path` is done with it; `fillsIn`: it has variables that the object uses. */
export function havingPassed({ open, ...item }: Item, path: string, fillsIn: boolean): Item {
  if (open === undefined && !fillsIn) return item
  const { node } = item
  const passing = { path, before: node, after: node, at: [], ...open, ...(fillsIn && { fillsIn }) }
  return { ...item, passed: [...item.passed, passing] }
}
