import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, type Item } from '../item.ts'
import type { Layer } from '../layer.ts'
import { gvkOf } from '../naming/identity.ts'
import { isTarget, selectorOf } from '../naming/selector.ts'
import { isClusterScoped } from '../reading/cluster-scoped.ts'
import { itemsAt, wholeAt } from '../reading/shape.ts'
import { isNothing, textNode, textOf, valueAt, withValue } from '../values/tree.ts'
import { splitPath } from '../values/tree-path.ts'

/** `ValueAddTransformer`: one text put into fields, or into a place of a path that they hold. */
export function valueAdded(
  config: YamlMap,
  { items, layer }: { readonly items: readonly Item[]; readonly layer: Layer },
): readonly Item[] {
  const written = valueAt(config, 'value')
  const text = textOf(written).trim() || (layer.folder.split('/').at(-1) ?? '')
  if (textOf(valueAt(config, 'targetFilePath')) !== '')
    return fail('invalid-transformer', config.range, 'targetFilePath')
  const targets = itemsAt(config, 'targets')
  if (targets.length === 0) return fail('invalid-transformer', config.range, 'targets')
  const value = textNode(text, written?.range ?? config.range)
  return targets.reduce((so, target) => intoTarget(so, target, value), items)
}

function intoTarget(
  items: readonly Item[],
  target: YamlNode,
  value: ReturnType<typeof textNode>,
): readonly Item[] {
  const path = textOf(valueAt(target, 'fieldPath'))
  if (path === '') return fail('invalid-transformer', target.range, 'fieldPath')
  const select = valueAt(target, 'selector')
  const selector = select && selectorOf(select)
  return items.map((item) => {
    if (selector !== undefined && !isTarget(item.node, selector)) return item
    return changed(
      item,
      withValueAt(item.node, path, { value, position: wholeAt(target, 'filePathPosition') }),
      value.range,
    )
  })
}

interface Adding {
  readonly value: ReturnType<typeof textNode>
  readonly position: number
}

function withValueAt(node: YamlMap, path: string, { value, position }: Adding): YamlMap {
  if (path === 'metadata/namespace' && isClusterScoped(gvkOf(node))) return node
  const [first, ...rest] = splitPath(path, '/')
  return first === undefined ? node : along(node, [first, ...rest], { value, position })
}

function along(node: YamlMap, [part, ...rest]: readonly [string, ...string[]], adding: Adding): YamlMap {
  const { value, position } = adding
  const before = valueAt(node, part)
  const [next, ...more] = rest
  if (next !== undefined) {
    if (before !== undefined && !isNothing(before) && before.kind !== 'map')
      return fail('invalid-field-path', value.range, part)
    const inner = before?.kind === 'map' ? before : { kind: 'map' as const, range: value.range, entries: [] }
    return withValue(node, part, along(inner, [next, ...more], adding))
  }
  if (before !== undefined && before.kind !== 'scalar') return fail('kinds-differ', value.range, part)
  const text = position > 0 ? inserted(textOf(before), position - 1, value.text) : value.text
  return withValue(node, part, textNode(text, value.range))
}

/** A path with one more part in front of the one at `position`. */
function inserted(path: string, position: number, part: string): string {
  const isAbsolute = path.startsWith('/')
  const parts = path.split('/').filter((each) => each !== '')
  const joined = parts.toSpliced(Math.min(position, parts.length), 0, part).join('/')
  return isAbsolute ? `/${joined}` : joined
}
