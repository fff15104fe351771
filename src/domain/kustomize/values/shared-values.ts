import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { valueAt, withValue } from './tree.ts'

/**
 * A label that Kustomize set in several fields of one object at once. They stay one value: whoever changes it in one field later,
 * a patch in the labels say, changes it in the selector as well.
 */
export interface SharedValue {
  readonly value: YamlScalar
  readonly paths: readonly Path[]
}

type Path = readonly (string | number)[]

/** The value as one that is shared by the fields that hold this very one; nothing where only one does. */
export function sharedIn(node: YamlMap, value: YamlScalar): readonly SharedValue[] {
  const paths = occurrences(node, value, [])
  return paths.length > 1 ? [{ value, paths }] : []
}

function occurrences(node: YamlNode, value: YamlScalar, path: Path): readonly Path[] {
  if (node === value) return [path]
  if (node.kind === 'scalar') return []
  if (node.kind === 'sequence')
    return node.items.flatMap((item, index) => occurrences(item, value, [...path, index]))
  return node.entries.flatMap((entry) => occurrences(entry.value, value, [...path, entry.key]))
}

/** The object after a change of some field of a shared value, which is a change of all of them. */
export function withShared(
  node: YamlMap,
  shared: readonly SharedValue[],
): { readonly node: YamlMap; readonly shared: readonly SharedValue[] } {
  let after = node
  const left = shared.flatMap(({ value, paths }) => {
    const there = paths.flatMap((path) => {
      const found = at(after, path)
      return found?.kind === 'scalar' && found.value !== null ? [{ path, found }] : []
    })
    const other = there.findLast(({ found }) => found !== value)?.found
    if (other !== undefined)
      for (const { path, found } of there) if (found === value) after = replaced(after, path, other)
    return there.length > 1 ? [{ value: other ?? value, paths: there.map(({ path }) => path) }] : []
  })
  return { node: after, shared: left }
}

function at(node: YamlNode, path: Path): YamlNode | undefined {
  return path.reduce<YamlNode | undefined>((found, step) => {
    if (typeof step === 'string') return valueAt(found, step)
    return found?.kind === 'sequence' ? found.items[step] : undefined
  }, node)
}

function replaced(node: YamlMap, path: Path, value: YamlNode): YamlMap {
  const after = along(node, path, value)
  return after.kind === 'map' ? after : node
}

function along(node: YamlNode, [step, ...rest]: Path, value: YamlNode): YamlNode {
  if (step === undefined) return value
  if (typeof step === 'number') {
    const item = node.kind === 'sequence' ? node.items[step] : undefined
    if (node.kind !== 'sequence' || item === undefined) return node
    return { ...node, items: node.items.with(step, along(item, rest, value)) }
  }
  const inner = valueAt(node, step)
  return node.kind !== 'map' || inner === undefined ? node : withValue(node, step, along(inner, rest, value))
}
