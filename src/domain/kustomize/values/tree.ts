import { memoized } from '../../source/memoized.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { scalarFor } from '../../source/yaml/plain-scalar.ts'
import {
  entryOf,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlSequence,
} from '../../source/yaml-node.ts'
import { isPlainText, type StyledScalar } from './scalar-style.ts'

/** A text that is not written as such anywhere, said to stand at `range`. */
export function textNode(text: string, range: SourceRange): StyledScalar {
  return { kind: 'scalar', range, value: text, text, isQuoted: !isPlainText(text) }
}

/** A text without quotes: what type it is, follows from how it reads. */
export function plainNode(text: string, range: SourceRange): StyledScalar {
  const value = scalarFor(text, 'kustomize')
  return {
    kind: 'scalar',
    range,
    value: typeof value === 'bigint' ? Number(value) : value,
    text,
    isQuoted: false,
  }
}

/** An empty mapping at `range`. */
export function mapNode(range: SourceRange, entries: readonly YamlEntry[] = []): YamlMap {
  return { kind: 'map', range, entries }
}

/** Whether nothing, or null, is there. */
export function isNothing(node: YamlNode | undefined): node is undefined {
  return node === undefined || (node.kind === 'scalar' && node.value === null)
}

/** Nothing, null, or a collection without content. */
export function isEmpty(node: YamlNode | undefined): boolean {
  if (isNothing(node)) return true
  if (node.kind === 'map') return node.entries.length === 0
  return node.kind === 'sequence' && node.items.length === 0
}

/** What stands under `key`, if `node` is a mapping that has it. */
export function valueAt(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? entryOf(node, key)?.value : undefined
}

/** What stands at the end of these keys. */
export function valueWithin(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  return keys.reduce(valueAt, node)
}

/** The text of a scalar as it is written, without its quotes; '' for what is none. */
export function textOf(node: YamlNode | undefined): string {
  return node?.kind === 'scalar' ? node.text : ''
}

/** `map` with this entry: at the place of the one with its key, or behind all others. */
export function withEntry(map: YamlMap, entry: YamlEntry): YamlMap {
  const index = map.entries.findIndex(({ key }) => key === entry.key)
  const entries = index === -1 ? [...map.entries, entry] : map.entries.with(index, entry)
  return { ...map, entries }
}

/**
 * `map` with another value under `key`. A value that stays where it was written keeps its key; one from elsewhere has its key
 * there, too: from key to value is a range of one file.
 */
export function withValue(map: YamlMap, key: string, value: YamlNode): YamlMap {
  const before = entryOf(map, key)
  const keyRange = before?.value.range === value.range ? before.keyRange : value.range
  return withEntry(map, { key, keyRange, value })
}

/** `map` without `key`. */
export function withoutKey(map: YamlMap, key: string): YamlMap {
  const entries = map.entries.filter((entry) => entry.key !== key)
  return entries.length === map.entries.length ? map : { ...map, entries }
}

/** How many values a value holds, itself included; a value that stands at many places is counted once for each. */
export function sizeOf(node: YamlNode): number {
  return node.kind === 'scalar' ? 1 : sizeOfAll(node)
}

const sizeOfAll = memoized((node: YamlMap | YamlSequence): number => {
  const inner = node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value)
  return inner.reduce((sum, each) => sum + sizeOf(each), 1)
})

/** The texts of a mapping of texts, by key. */
export function textsIn(node: YamlNode | undefined): ReadonlyMap<string, string> {
  return new Map(
    node?.kind === 'map' ? node.entries.map(({ key, value }) => [key, textOf(value)] as const) : [],
  )
}

/** Whether two values say the same, wherever they were written. */
export function sameValue(a: YamlNode, b: YamlNode): boolean {
  if (a === b) return true
  if (a.kind === 'scalar' || b.kind === 'scalar')
    return a.kind === 'scalar' && b.kind === 'scalar' && a.value === b.value
  if (a.kind === 'sequence' || b.kind === 'sequence') {
    if (a.kind !== 'sequence' || b.kind !== 'sequence' || a.items.length !== b.items.length) return false
    return a.items.every((item, index) => {
      const other = b.items[index]
      return other !== undefined && sameValue(item, other)
    })
  }
  if (a.entries.length !== b.entries.length) return false
  return a.entries.every(({ key, value }) => {
    const other = valueAt(b, key)
    return other !== undefined && sameValue(value, other)
  })
}
