import { compareTexts } from '../../source/compare-texts.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { YamlEntry, YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { bookkeeping, everyId, type Item, itemOf, kept, withAnnotation } from '../item.ts'
import { appended } from '../items.ts'
import { currentId, keyOf, metadataText, printed } from '../naming/identity.ts'
import { entriesAt, isOn, itemsAt } from '../reading/shape.ts'
import { mapNode, textNode, textOf, valueAt, withEntry, withoutKey, withValue } from '../values/tree.ts'

/** The text of a file that a generator names; nothing where it is no text. */
export type TextOfFile = (path: YamlNode, written: string) => string | undefined

/** What a generator is made of. */
export interface Generating {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly entry: YamlNode
  /** `generatorOptions`, which hold for all. */
  readonly common: YamlNode | undefined
  readonly textOfFile: TextOfFile
}

/** The object that an entry of `configMapGenerator` or `secretGenerator` makes; it is said to be written there. */
export function generated(generating: Generating): Item {
  const { kind, entry, common } = generating
  const { range } = entry
  const text = (value: string) => textNode(value, range)
  const name = valueAt(entry, 'name')
  if (textOf(name) === '') fail('invalid-generator', range, 'name')
  const namespace = valueAt(entry, 'namespace')
  let metadata = mapNode(range, [at('name', textNode(textOf(name), name?.range ?? range))])
  if (textOf(namespace) !== '')
    metadata = withEntry(metadata, at('namespace', textNode(textOf(namespace), range)))
  const options = valueAt(entry, 'options')
  for (const field of ['labels', 'annotations']) {
    const pairs = pairsOf(field, options, common)
    if (pairs.length > 0) metadata = withEntry(metadata, at(field, mapNode(range, pairs)))
  }
  const data = dataOf(generating)
  const isOnFor = (field: string) => isOn(options, field) || isOn(common, field)
  const node = mapNode(range, [
    at('apiVersion', text('v1')),
    at('kind', text(kind)),
    at('metadata', metadata),
    ...(kind === 'Secret' ? [at('type', text(textOf(valueAt(entry, 'type')) || 'Opaque'))] : []),
    ...(data.length > 0 ? [at('data', mapNode(range, data))] : []),
    ...(isOnFor('immutable') ? [at('immutable', { kind: 'scalar', range, value: true, text: 'true' })] : []),
  ])
  const hashed = isOnFor('disableNameSuffixHash')
    ? node
    : withAnnotation(node, bookkeeping.needsHash, 'enabled')
  const behavior = textOf(valueAt(entry, 'behavior'))
  return itemOf(withAnnotation(hashed, bookkeeping.behavior, behavior || 'unspecified'), range)
}

function at(key: string, value: YamlNode): YamlEntry {
  return { key, keyRange: value.range, value }
}

/** Those of the entry, and of those for all the ones that it does not set itself. */
function pairsOf(
  field: string,
  own: YamlNode | undefined,
  common: YamlNode | undefined,
): readonly YamlEntry[] {
  const entries = [...entriesAt(common, field), ...entriesAt(own, field)]
  const pairs = new Map(
    entries.map((entry) => [
      entry.key,
      { ...entry, value: textNode(textOf(entry.value), entry.value.range) },
    ]),
  )
  return [...pairs.values()]
}

function dataOf({ kind, entry, textOfFile }: Generating): readonly YamlEntry[] {
  const pairs = new Map<string, YamlEntry>()
  const add = (key: string, text: string | undefined, range: SourceRange) => {
    if (pairs.has(key)) fail('invalid-generator', range, key)
    if (text === undefined) return
    const value = kind === 'Secret' ? base64(text) : text
    pairs.set(key, { key, keyRange: range, value: textNode(value, range) })
  }
  const environments = [...itemsAt(entry, 'envs'), ...listed(valueAt(entry, 'env'))]
  for (const path of environments)
    for (const [key, value] of pairsOfLines(textOfFile(path, textOf(path)) ?? '')) add(key, value, path.range)
  for (const literal of itemsAt(entry, 'literals')) {
    const [key, value] = pairOf(literal)
    add(key, value, literal.range)
  }
  for (const file of itemsAt(entry, 'files')) {
    const { key, path } = fileSource(file)
    add(key, textOfFile(file, path), file.range)
  }
  return [...pairs.values()].toSorted((a, b) => compareTexts(a.key, b.key))
}

function listed(node: YamlNode | undefined): readonly YamlNode[] {
  return node === undefined || textOf(node) === '' ? [] : [node]
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

function pairsOfLines(text: string): readonly (readonly [string, string])[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=')
      return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
    })
}

/** `key=value`; quotes around the value are no part of it. */
function pairOf(literal: YamlNode): readonly [string, string] {
  const text = textOf(literal)
  const equals = text.indexOf('=')
  if (equals <= 0) fail('invalid-generator', literal.range, text)
  const value = text.slice(equals + 1)
  const isQuoted = value.length > 1 && /^['"]/.test(value) && value.at(0) === value.at(-1)
  return [text.slice(0, equals), isQuoted ? value.slice(1, -1) : value]
}

/** `key=path`, or a path whose last part is the key. */
function fileSource(file: YamlNode): { readonly key: string; readonly path: string } {
  const text = textOf(file)
  const [key = '', path, ...more] = text.split('=')
  if (path === undefined) return { key: text.replace(/\/+$/, '').split('/').at(-1) ?? '', path: text }
  if (key === '' || path === '' || more.length > 0) fail('invalid-generator', file.range, text)
  return { key, path }
}

/** The items with what was generated: `merge` and `replace` change an object of that id, everything else is a new one. */
export function absorbed(items: readonly Item[], item: Item): readonly Item[] {
  const id = currentId(item.node)
  const [found, another] = items.filter(({ node }) =>
    everyId(node).some((each) => each.name === id.name && keyOf(each) === keyOf(id)),
  )
  const behavior = kept(item.node, bookkeeping.behavior)
  const changes = behavior === 'merge' || behavior === 'replace'
  if (another !== undefined || (found === undefined) === changes)
    return fail('generator-conflict', item.from, printed(id))
  if (found === undefined) return appended(items, [item], item.from)
  const node = withMetadataOf(
    behavior === 'merge' ? withDataOf(item.node, found.node) : item.node,
    found.node,
  )
  const after = { ...item, node, from: found.from, by: [...found.by, item.from], variables: found.variables }
  return items.map((each) => (each === found ? after : each))
}

function withDataOf(node: YamlMap, before: YamlMap): YamlMap {
  return ['data', 'binaryData'].reduce((after, field) => {
    const pairs = new Map(
      [...entriesAt(before, field), ...entriesAt(node, field)].map((entry) => [entry.key, entry]),
    )
    return pairs.size === 0 ? after : withValue(after, field, mapNode(node.range, [...pairs.values()]))
  }, node)
}

/** Name, namespace and bookkeeping are those of before, labels and annotations both. */
function withMetadataOf(node: YamlMap, before: YamlMap): YamlMap {
  const [own, old] = [valueAt(node, 'metadata'), valueAt(before, 'metadata')]
  if (own?.kind !== 'map' || old?.kind !== 'map') return node
  let metadata = own
  for (const field of ['labels', 'annotations']) {
    const isOld = (key: string) => (Object.values(bookkeeping) as readonly string[]).includes(key)
    const entries = new Map(entriesAt(old, field).map((entry) => [entry.key, entry]))
    for (const entry of entriesAt(own, field)) if (!isOld(entry.key)) entries.set(entry.key, entry)
    if (kept(node, bookkeeping.needsHash) === '') entries.delete(bookkeeping.needsHash)
    metadata =
      entries.size === 0
        ? withoutKey(metadata, field)
        : withValue(metadata, field, mapNode(node.range, [...entries.values()]))
  }
  const name = valueAt(old, 'name')
  const named = name === undefined ? metadata : withValue(metadata, 'name', name)
  const namespace = valueAt(old, 'namespace')
  const placed =
    metadataText(before, 'namespace') === '' || namespace === undefined
      ? withoutKey(named, 'namespace')
      : withValue(named, 'namespace', namespace)
  return withValue(node, 'metadata', placed)
}
