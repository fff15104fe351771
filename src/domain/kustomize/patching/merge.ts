import type { YamlEntry, YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import type { Schema, Schemas } from '../reading/schema.ts'
import { inStyleOf } from '../values/scalar-style.ts'
import { isNothing, textOf, valueAt, withoutKey } from '../values/tree.ts'
import { mergedList } from './merge-lists.ts'

/** Two values at one place, of which at least one is there: what is patched, and the patch. */
export interface Pair {
  readonly dest: YamlNode | undefined
  readonly patch: YamlNode | undefined
  readonly schema: Schema | undefined
}

/** What is left of a place; `undefined`: nothing. */
export type Merge = (pair: Pair) => YamlNode | undefined

/**
 * A strategic merge patch as Kustomize applies it: maps are merged, null deletes, and lists are replaced unless a schema says by
 * what their items are told apart. Nothing: the patch deletes the object. `$patch: replace` at the top changes nothing.
 */
export function strategicMerge(object: YamlMap, patch: YamlMap, schemas: Schemas): YamlMap | undefined {
  const merged = merging(schemas)({ dest: object, patch, schema: undefined })
  if (directiveOf(patch) === 'replace') return object
  return merged?.kind === 'map' ? merged : undefined
}

function merging(schemas: Schemas): Merge {
  const merge: Merge = (pair) => {
    const { dest, patch } = pair
    const schema = pair.schema ?? schemaOfObject(dest, schemas) ?? schemaOfObject(patch, schemas)
    const first = isNothing(dest) ? patch : dest
    if (isNothing(first)) return mergedMap({ dest, patch, schema }, merge)
    if (!isNothing(dest) && !isNothing(patch) && dest.kind !== patch.kind)
      return fail('kinds-differ', patch.range, named[dest.kind])
    if (first.kind === 'map') return mergedMap({ dest, patch, schema }, merge)
    if (first.kind === 'scalar')
      return dest?.kind === 'scalar' && patch?.kind === 'scalar' && dest !== patch && !isNothing(dest)
        ? inStyleOf(dest, patch)
        : (patch ?? dest)
    return mergedList({ dest, patch, schema }, merge)
  }
  return merge
}

const named = { map: 'a mapping', sequence: 'a list', scalar: 'a scalar' } as const

function schemaOfObject(node: YamlNode | undefined, schemas: Schemas): Schema | undefined {
  if (node?.kind !== 'map') return undefined
  const [apiVersion, kind] = [textOf(valueAt(node, 'apiVersion')), textOf(valueAt(node, 'kind'))]
  return apiVersion === '' || kind === '' ? undefined : schemas.of(apiVersion, kind)
}

/** `$patch` of a mapping, if it is one that Kustomize knows. */
function directiveOf(map: YamlMap): string | undefined {
  const value = valueAt(map, '$patch')
  return value === undefined ? undefined : textOf(value)
}

const directives: ReadonlySet<string> = new Set(['replace', 'delete', 'merge'])

function mergedMap({ dest, patch, schema }: Pair, merge: Merge): YamlNode | undefined {
  const directive = patch?.kind === 'map' ? directiveOf(patch) : undefined
  const isKnown = directive !== undefined && directives.has(directive)
  const bare = patch?.kind === 'map' && isKnown ? withoutKey(patch, '$patch') : patch
  if (isNothing(dest)) {
    if (directive === 'delete') return undefined
    // A null that is written out stays, one that is not written goes.
    if (bare === undefined) return textOf(dest) === '' ? undefined : dest
    return bare.kind === 'map' ? mergedFields(bare, { dest: bare, patch: bare, schema }, merge) : undefined
  }
  if (patch !== undefined && isNothing(patch)) return undefined
  if (directive !== undefined && !isKnown)
    return fail('unknown-directive', patch?.range ?? dest.range, directive)
  if (directive === 'delete') return undefined
  const base = directive === 'replace' || dest === patch ? bare : dest
  if (base?.kind !== 'map') return base
  const other = base === bare ? base : bare
  return mergedFields(base, { dest: base, patch: other, schema }, merge)
}

function mergedFields(base: YamlMap, { dest, patch, schema }: Pair, merge: Merge): YamlMap {
  const keys = new Set([...keysOf(dest), ...keysOf(patch)])
  const entries: YamlEntry[] = []
  for (const key of keys) {
    const [from, by] = [ownEntry(dest, key), ownEntry(patch, key)]
    const value = merge({ dest: from?.value, patch: by?.value, schema: schema?.field(key) })
    if (value === undefined || (isNothing(value) && !staysNull(value, from, by))) continue
    const isPatched = from === undefined || (by !== undefined && value.range === by.value.range)
    entries.push({ key, keyRange: (isPatched ? by : from)?.keyRange ?? base.range, value })
  }
  const same =
    entries.length === base.entries.length && entries.every((each, i) => sameEntry(each, base.entries[i]))
  return same ? base : { ...base, entries }
}

/** Only a null that nobody patches, and that is written out, is kept. */
function staysNull(value: YamlNode, from: YamlEntry | undefined, by: YamlEntry | undefined): boolean {
  return by === undefined && from?.value === value && textOf(value) !== ''
}

function sameEntry(a: YamlEntry, b: YamlEntry | undefined): boolean {
  return b !== undefined && a.key === b.key && a.value === b.value
}

function keysOf(node: YamlNode | undefined): readonly string[] {
  return node?.kind === 'map' ? node.entries.map(({ key }) => key) : []
}

function ownEntry(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  return node?.kind === 'map' ? entryOf(node, key) : undefined
}
