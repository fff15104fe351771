import type { SourceRange } from '../../source/source-file.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, type Item, originalId, remembering, rememberingAffix } from '../item.ts'
import { effectiveNamespace, type Gvk, isSelected } from '../naming/identity.ts'
import { changeField, type FieldSpec } from '../values/field-spec.ts'
import { textNode } from '../values/tree.ts'

/** A prefix or a suffix, and where it is written. */
export interface Affix {
  readonly kind: 'prefixes' | 'suffixes'
  readonly text: string
  readonly at: SourceRange
  readonly fields: readonly FieldSpec[]
}

const anyVersion = { version: '' } as const

/** What keeps its name, however others are called. */
const unnamed: readonly Gvk[] = [
  { group: '', ...anyVersion, kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', ...anyVersion, kind: 'APIService' },
  { group: '', ...anyVersion, kind: 'Namespace' },
]

/** All items with the prefix or suffix on their names. A name stays where it is written: what is put on it changes no line. */
export function affixed(items: readonly Item[], affix: Affix): readonly Item[] {
  return items.map((item) => {
    const id = originalId(item.node)
    if (unnamed.some((gvk) => isSelected(id, gvk))) return item
    const node = affix.fields
      .filter((field) => isSelected(id, field))
      .reduce((before, field) => withAffix(before, field, affix), item.node)
    return changed(item, node, affix.at)
  })
}

function withAffix(node: YamlMap, field: FieldSpec, { kind, text, at }: Affix): YamlMap {
  const isName = field.path === 'metadata/name' && text !== ''
  const known = isName ? remembering(rememberingAffix(node, kind, text), effectiveNamespace) : node
  return changeField(known, field, {
    make: 'text',
    at,
    set: (before) => {
      if (before.kind !== 'scalar') return fail('kinds-differ', before.range, 'a scalar')
      return textNode(kind === 'prefixes' ? text + before.text : before.text + text, before.range)
    },
  })
}
