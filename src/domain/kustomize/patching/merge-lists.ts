import type { YamlNode, YamlSequence } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { isEmpty, isNothing, plainNode, textOf, valueAt, withValue } from '../values/tree.ts'
import type { Merge, Pair } from './merge.ts'

/** A list is replaced by the patch's, unless its schema says by what its items are told apart. */
export function mergedList({ dest, patch, schema }: Pair, merge: Merge): YamlNode | undefined {
  if (schema?.mergeKeys === undefined) return patch ?? dest
  const keys = schema.mergeKeys.length === 0 ? [''] : schema.mergeKeys
  const items = schema.items()
  if (isNothing(dest)) {
    return patch?.kind === 'sequence' ? associated(patch, { patch, keys, items, merge }) : patch
  }
  if (dest.kind !== 'sequence' || (patch !== undefined && isNothing(patch))) return undefined
  if (patch?.kind !== 'sequence') return associated(dest, { patch: undefined, keys, items, merge })
  const directive = directiveOf(patch)
  if (directive === undefined) return associated(dest, { patch, keys, items, merge })
  const bare = withoutDirective(patch)
  if (directive === 'delete') return undefined
  if (directive === 'replace') return associated(bare, { patch: bare, keys, items, merge })
  if (directive === 'merge') return associated(dest, { patch: bare, keys, items, merge })
  return fail('unknown-directive', patch.range, directive)
}

interface Lists {
  readonly patch: YamlSequence | undefined
  readonly keys: readonly string[]
  readonly items: Pair['schema']
  readonly merge: Merge
}

/** `$patch` of a list: its first item that has one, if it has nothing else. */
function directiveOf(list: YamlSequence): string | undefined {
  const item = list.items.find((each) => valueAt(each, '$patch') !== undefined)
  return item?.kind === 'map' && item.entries.length === 1 ? textOf(valueAt(item, '$patch')) : undefined
}

function withoutDirective(list: YamlSequence): YamlSequence {
  const directive = directiveOf(list)
  const items = list.items.filter((item) => !isEmpty(item) && textOf(valueAt(item, '$patch')) !== directive)
  return { ...list, items }
}

/** An item and what has become of it: where a list is merged, the item of the object changes in its place. */
interface Cell {
  node: YamlNode
}

/** The merged items of the patch first, in its order, then those that only the object has. */
function associated(base: YamlSequence, lists: Lists): YamlNode | undefined {
  const { patch, keys, items, merge } = lists
  const rows = mergedRows(rowsOf([patch, base], keys), keys)
  if (rows.length === 0) return base
  const cells = base.items.map((node): Cell => ({ node }))
  const ofPatch = (patch?.items ?? []).map((node): Cell => ({ node }))
  let left: readonly Cell[] = cells
  let added: readonly Cell[] = []
  let lastKeys: readonly string[] = keys
  for (const row of rows) {
    const valid = validKeys(rows, row, keys)
    lastKeys = valid.keys
    const own = validKeys([row], row, keys)
    // What is left is looked at, not what was there: an item that is deleted is not found any more.
    const merged = mergedCell(found(left, own), found(patch === base ? left : ofPatch, own), (pair) =>
      merge({ ...pair, schema: items }),
    )
    if (merged === undefined) left = placed(left, undefined, valid)
    else {
      merged.node = withKeys(merged.node, valid)
      added = placed(added, merged, valid)
    }
  }
  return { ...base, items: appended(added, left, lastKeys).map(({ node }) => node) }
}

function mergedCell(
  dest: Cell | undefined,
  patch: Cell | undefined,
  merge: (pair: Omit<Pair, 'schema'>) => YamlNode | undefined,
): Cell | undefined {
  if (dest === undefined && patch === undefined) return undefined
  const node = merge({ dest: dest?.node, patch: patch?.node })
  if (isNothing(node) || (node.kind === 'map' && node.entries.length === 0)) return undefined
  const cell = dest !== undefined && node.range === dest.node.range ? dest : (patch ?? dest)
  if (cell === undefined) return undefined
  cell.node = node
  return cell
}

interface Keyed {
  readonly keys: readonly string[]
  readonly values: readonly string[]
}

/** The values of the keys of each item, each row once; of texts the texts themselves. */
function rowsOf(lists: readonly (YamlSequence | undefined)[], keys: readonly string[]): string[][] {
  const rows = new Map<string, string[]>()
  for (const list of lists)
    for (const item of list?.items ?? []) {
      const row = keys.map((key) => (key === '' ? textOf(item) : keyText(item, key)))
      const name = JSON.stringify(row)
      if (!rows.has(name)) rows.set(name, row)
    }
  return [...rows.values()]
}

function keyText(item: YamlNode, key: string): string {
  const value = valueAt(item, key)
  return isEmpty(value) ? '' : textOf(value)
}

/** A port without a protocol and one with it are the same item: what one leaves out, the other fills in. */
function mergedRows(rows: string[][], keys: readonly string[]): readonly (readonly string[])[] {
  if (keys.length < 2) return rows
  for (const [i] of rows.entries())
    for (const [j] of rows.entries()) {
      const both = matching(rows[i] ?? [], rows[j] ?? [])
      if (both !== undefined) rows[i] = rows[j] = both
    }
  return rows
}

function matching(a: readonly string[], b: readonly string[]): string[] | undefined {
  const both: string[] = []
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? ''
    if (value !== other && value !== '' && other !== '') return undefined
    both.push(value === '' ? other : value)
  }
  return a.some((value, index) => value === b[index]) ? both : undefined
}

/** The keys that some of these rows have a value for; all where none has any. */
function validKeys(
  rows: readonly (readonly string[])[],
  row: readonly string[],
  keys: readonly string[],
): Keyed {
  const isValid = keys.map((_, index) => rows.some((each) => (each[index] ?? '') !== ''))
  if (!isValid.includes(true)) return { keys, values: row }
  return {
    keys: keys.filter((_, index) => isValid[index]),
    values: row.filter((value, index) => value !== '' || isValid[index] === true),
  }
}

/** The first item that has exactly these values. */
function found(cells: readonly Cell[], { keys, values }: Keyed): Cell | undefined {
  if (keys[0] === '') return cells.find(({ node }) => textOf(node) === values[0])
  return cells.find(
    ({ node }) =>
      node.kind === 'map' &&
      keys.every((key, index) => {
        const value = valueAt(node, key)
        return value !== undefined && textOf(value) === values[index]
      }),
  )
}

/** Whether an item has these values; '' stands for any that is there. */
function hasAll(item: YamlNode, { keys, values }: Keyed): boolean {
  return keys.every((key, index) => {
    const value = valueAt(item, key)
    const wanted = values[index] ?? ''
    return value !== undefined && (wanted === '' || textOf(value) === wanted)
  })
}

/** The same where values may be missing at the end: what is asked last then counts for the rest. */
function isElement(item: YamlNode, { keys, values }: Keyed): boolean {
  return values.length > 0 && hasAll(item, { keys: keys.slice(0, values.length), values })
}

function withKeys(node: YamlNode, { keys, values }: Keyed): YamlNode {
  let keyed = node
  for (const [index, key] of keys.entries()) {
    const value = values[index] ?? ''
    if (keyed.kind === 'map' && key !== '' && value !== '' && valueAt(keyed, key) === undefined)
      keyed = withValue(keyed, key, plainNode(value, node.range))
  }
  return keyed
}

/** The items with `element` for each that has these values, or behind all; without those if there is no element. */
function placed(cells: readonly Cell[], element: Cell | undefined, keyed: Keyed): readonly Cell[] {
  const isText = keyed.keys[0] === ''
  let isFound = false
  const kept = cells.flatMap((cell) => {
    const item = cell.node
    if (isNothing(item) || (item.kind === 'map' && item.entries.length === 0)) return []
    if (!isText && item.kind !== 'map') return [cell]
    const isMatch = isText ? textOf(item) === (keyed.values[0] ?? '') : isElement(item, keyed)
    // Where an item has none of the keys, those that are not told from it are lost.
    if (!isMatch) return keyed.values.length > 0 ? [cell] : []
    isFound = true
    return element === undefined ? [] : [element]
  })
  return element === undefined || isFound ? kept : [...kept, element]
}

/** What is left of the object's items behind those that were merged; an item of both stands once, as the object has it. */
function appended(added: readonly Cell[], left: readonly Cell[], keys: readonly string[]): readonly Cell[] {
  let cells = added
  for (const cell of left) {
    if (keys[0] === '') {
      cells = placed(cells, cell, { keys, values: [textOf(cell.node)] })
      continue
    }
    const values: string[] = []
    for (const key of keys) {
      const value = valueAt(cell.node, key)
      if (value === undefined) cells = [...cells, cell]
      else values.push(textOf(value))
    }
    if (keys.length > 1) cells = placed(cells, undefined, { keys, values })
    cells = placed(cells, cell, { keys, values })
  }
  return cells
}
