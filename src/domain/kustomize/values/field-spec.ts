import type { SourceRange } from '../../source/source-file.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { type Gvk, gvkOf, isSelected } from '../naming/identity.ts'
import { isNothing, mapNode, textNode, valueAt, withValue } from './tree.ts'
import { splitPath } from './tree-path.ts'

/** A field of the objects of a kind: `spec/http/delegate/name`. Lists on the way are crossed without a mark. */
export interface FieldSpec extends Gvk {
  readonly path: string
  /** The field is made where it is missing. */
  readonly create: boolean
}

/** What is done to a field that is there, or made. */
export interface FieldChange {
  readonly set: (node: YamlNode) => YamlNode
  /** What is made where it is missing and the field says so; absent: nothing is. */
  readonly make?: 'text' | 'map'
  /** Where a field that is made is said to be written. */
  readonly at: SourceRange
}

/** `node` with every field that `spec` means changed. What is no object on the way ends the build. */
export function changeField(node: YamlMap, spec: FieldSpec, change: FieldChange): YamlMap {
  if (!isSelected(gvkOf(node), spec)) return node
  return asMap(along(node, splitPath(spec.path, '/'), { ...change, create: spec.create }), node)
}

/** The same for several of them, one after the other. */
export function changeFields(node: YamlMap, specs: readonly FieldSpec[], change: FieldChange): YamlMap {
  return specs.reduce((before, spec) => changeField(before, spec, change), node)
}

function asMap(node: YamlNode, before: YamlMap): YamlMap {
  return node.kind === 'map' ? node : before
}

interface Walk extends FieldChange {
  readonly create: boolean
}

function along(node: YamlNode, path: readonly string[], walk: Walk): YamlNode {
  const [part, ...rest] = path
  if (part === undefined) return walk.set(node)
  if (isNothing(node)) return node
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => along(item, path, walk))
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
  }
  if (node.kind === 'scalar') return fail('invalid-field-path', node.range, path.join('/'))
  const isList = part.endsWith('[]')
  const name = isList ? part.slice(0, -2) : part
  if (name === '' || /^(?:\*|-|\d+)$/.test(name)) return fail('invalid-field-path', node.range, part)
  const makes = walk.create && walk.make !== undefined && !isList
  const found = valueAt(node, name)
  if (found === undefined && !makes) return node
  const before = isNothing(found) && makes ? made(rest.length === 0, walk) : found
  if (before === undefined) return node
  const after = along(before, rest, walk)
  return after === found ? node : withValue(node, name, after)
}

function made(isLast: boolean, { make, at }: Walk): YamlNode {
  return isLast && make === 'text' ? textNode('', at) : mapNode(at)
}

/** Whether `spec` says the same as `other`, or says it of more objects. */
function isLike(spec: FieldSpec, other: FieldSpec): boolean {
  return isSelected(spec, other) && spec.path === other.path
}

/** `specs` and one more; two that differ in what they make end the build. */
function withSpec(
  specs: readonly FieldSpec[],
  spec: FieldSpec,
  at: SourceRange | string,
): readonly FieldSpec[] {
  const like = specs.find((each) => isLike(each, spec))
  if (like === undefined) return [...specs, spec]
  return like.create === spec.create ? specs : fail('conflicting-configurations', at, spec.path)
}

/** `specs` and others. */
export function withSpecs(
  specs: readonly FieldSpec[],
  more: readonly FieldSpec[],
  at: SourceRange | string,
): readonly FieldSpec[] {
  return more.reduce((before, spec) => withSpec(before, spec, at), specs)
}
