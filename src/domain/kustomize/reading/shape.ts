import { memoized } from '../../source/memoized.ts'
import type { YamlEntry, YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { isNothing, valueAt } from '../values/tree.ts'

/** What a value of a configuration has to be, as Go's JSON decoder takes it. */
export type Shape =
  | 'text'
  | 'flag'
  | 'whole'
  | 'anything'
  | { readonly list: Shape }
  | { readonly texts: Shape }
  | Fields

/** The fields of an object; their names are found without regard to case. */
export interface Fields {
  readonly fields: Readonly<Record<string, Shape>>
  /** Fields that are not known are passed over instead of refused. */
  readonly open?: true
  /** The names are taken exactly as they stand. */
  readonly exact?: true
}

/**
 * The value with the usual names of its fields, each once: the last one counts, and null is as if it was not written. What is
 * not known, or of another type, ends the build.
 */
export function shaped(node: YamlNode, shape: Shape, name: string): YamlNode {
  if (isNothing(node) || shape === 'anything') return node
  if (typeof shape === 'string') return scalarOf(node, shape, name)
  if ('list' in shape) {
    if (node.kind !== 'sequence') return mismatch(node, 'a list', name)
    return { ...node, items: node.items.map((item) => shaped(item, shape.list, name)) }
  }
  if (node.kind !== 'map') return mismatch(node, 'a mapping', name)
  if ('texts' in shape)
    return { ...node, entries: node.entries.map((entry) => shapedEntry(entry, entry.key, shape.texts)) }
  return fieldsOf(node, shape)
}

function shapedEntry(entry: YamlEntry, key: string, shape: Shape): YamlEntry {
  return { ...entry, key, value: shaped(entry.value, shape, key) }
}

function scalarOf(node: YamlNode, shape: 'text' | 'flag' | 'whole', name: string): YamlNode {
  const fits = {
    text: (value: unknown) => typeof value === 'string',
    flag: (value: unknown) => typeof value === 'boolean',
    whole: (value: unknown) => Number.isInteger(value),
  }
  if (node.kind === 'scalar' && fits[shape](node.value)) return node
  return mismatch(node, { text: 'a text', flag: 'true or false', whole: 'a whole number' }[shape], name)
}

function mismatch(node: YamlNode, wanted: string, name: string): never {
  return fail('wrong-type', node.range, `${name}: ${wanted}`)
}

const namesOf = memoized((shape: Fields): ReadonlyMap<string, string> => {
  const fold = shape.exact === true ? (name: string) => name : (name: string) => name.toLowerCase()
  return new Map(Object.keys(shape.fields).map((name) => [fold(name), name] as const))
})

function fieldsOf(map: YamlMap, shape: Fields): YamlMap {
  const names = namesOf(shape)
  const entries = new Map<string, YamlEntry>()
  for (const entry of map.entries) {
    const name = names.get(shape.exact === true ? entry.key : entry.key.toLowerCase())
    const field = name === undefined ? undefined : shape.fields[name]
    if (name === undefined || field === undefined) {
      if (shape.open === true) continue
      fail('unknown-field', entry.keyRange, entry.key)
    }
    if (!isNothing(entry.value)) entries.set(name, shapedEntry(entry, name, field))
  }
  return { ...map, entries: [...entries.values()] }
}

/** The items of a list; none where it is not written. */
export function itemsAt(node: YamlNode | undefined, key: string): readonly YamlNode[] {
  const list = valueAt(node, key)
  return list?.kind === 'sequence' ? list.items : []
}

/** The entries of a mapping under `key`; none where it is not written. */
export function entriesAt(node: YamlNode | undefined, key: string): readonly YamlEntry[] {
  const map = valueAt(node, key)
  return map?.kind === 'map' ? map.entries : []
}

/** Whether `true` is written under `key`. */
export function isOn(node: YamlNode | undefined, key: string): boolean {
  const value = valueAt(node, key)
  return value?.kind === 'scalar' && value.value === true
}

/** The number under `key`, or 0. */
export function wholeAt(node: YamlNode | undefined, key: string): number {
  const value = valueAt(node, key)
  return value?.kind === 'scalar' && typeof value.value === 'number' ? value.value : 0
}
