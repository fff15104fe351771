import { compareTexts } from '../../source/compare-texts.ts'
import { scalarFor } from '../../source/yaml/plain-scalar.ts'
import type { YamlEntry } from '../../source/yaml-node.ts'
import { entryOf } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, type Item } from '../item.ts'
import { changeFields, type FieldSpec } from '../values/field-spec.ts'
import { sharedIn } from '../values/shared-values.ts'
import { textNode, textOf, withEntry } from '../values/tree.ts'

/** All items with these labels or annotations in the fields; each is said to be written where the kustomization says so. */
export function withPairs(
  items: readonly Item[],
  pairs: readonly YamlEntry[],
  fields: readonly FieldSpec[],
): readonly Item[] {
  const sorted = pairs.toSorted((a, b) => compareTexts(a.key, b.key))
  return items.map((item) => sorted.reduce((before, pair) => withPair(before, pair, fields), item))
}

function withPair(item: Item, pair: YamlEntry, fields: readonly FieldSpec[]): Item {
  const value = textNode(typeof scalarOf(pair) === 'string' ? textOf(pair.value) : '', pair.value.range)
  const node = changeFields(item.node, fields, {
    make: 'map',
    at: pair.keyRange,
    set: (before) => {
      if (before.kind !== 'map') return fail('kinds-differ', before.range, 'a mapping')
      const existing = entryOf(before, pair.key)
      checkKey(pair, existing)
      // What is there gets the text; what is new is one value, in however many fields.
      return withEntry(before, { ...pair, value: existing === undefined ? value : { ...value } })
    },
  })
  const after = changed(item, node, pair.keyRange)
  return { ...after, shared: [...after.shared, ...sharedIn(after.node, value)] }
}

function scalarOf({ value }: YamlEntry): unknown {
  return value.kind === 'scalar' ? value.value : undefined
}

/** A key is printed without quotes and read once more: what is no text then is no key. */
function checkKey(pair: YamlEntry, existing: YamlEntry | undefined): void {
  if (existing === undefined && scalarFor(pair.key, 'kustomize') !== pair.key)
    fail('unprintable', pair.keyRange, pair.key)
}
