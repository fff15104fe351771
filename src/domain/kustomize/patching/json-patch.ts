import type { SourceFile } from '../../source/source-file.ts'
import { isJson } from '../../source/yaml/split-json.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { exceed } from '../limits.ts'
import { type EmbeddedText, embeddedText, relocated } from '../values/embedded-text.ts'
import { styledText } from '../values/scalar-style.ts'
import { isNothing, sameValue, textOf, valueAt, withEntry, withoutKey } from '../values/tree.ts'

/** One operation of a JSON patch, and where it is written. */
type Operation = YamlMap

/**
 * The operations of a JSON patch (RFC 6902) in a file or a text: read as YAML 1.1, of which only the first document counts, or
 * as JSON where it begins with `[`. Nothing that is written is no operation; what is no list of operations is no JSON patch.
 */
export function operationsIn(from: SourceFile | YamlScalar): readonly Operation[] | undefined {
  const { file, placed } = 'kind' in from ? embeddedText(from, (text) => text.trim()) : asItIs(from)
  if (file.text === '' || (file.text.startsWith('[') && !isJson(file.text))) return undefined
  const [document] = parseYaml(file, { id: 'invalid-manifest' })
  if (document === undefined) return []
  if (document.overLimit === true) return exceed('yaml', placed(document.range))
  if (document.root === undefined) return undefined
  if (isNothing(document.root)) return []
  const root = relocated(document.root, placed)
  if (root.kind !== 'sequence') return undefined
  const operations = root.items.filter((item) => item.kind === 'map')
  return operations.length === root.items.length ? operations : undefined
}

function asItIs(file: SourceFile): EmbeddedText {
  return { file, placed: (range) => range }
}

/** The object after all operations; one that cannot be carried out ends the build. */
export function jsonPatched(object: YamlMap, operations: readonly Operation[]): YamlMap {
  const patched = asJson(operations.reduce<YamlNode>(carriedOut, object))
  return patched.kind === 'map' ? patched : fail('patch-fails', patched.range, '')
}

function carriedOut(document: YamlNode, operation: Operation): YamlNode {
  const path = pathOf(operation, 'path')
  switch (textOf(valueAt(operation, 'op'))) {
    case 'add':
      return added(document, path, { value: operandOf(operation), operation })
    case 'remove':
      return removed(document, path, operation)
    case 'replace':
      return replaced(document, path, operation)
    case 'test':
      return tested(document, path, operation)
    case 'move': {
      const from = pathOf(operation, 'from')
      const value = taken(document, from, operation)
      if (value === undefined) return refused(operation, from)
      return added(removed(document, from, operation), path, { value, operation })
    }
    case 'copy': {
      const value = taken(document, pathOf(operation, 'from'), operation) ?? nullAt(operation)
      return added(document, path, { value, operation })
    }
    default:
      return refused(operation, textOf(valueAt(operation, 'op')))
  }
}

function pathOf(operation: Operation, field: 'path' | 'from'): string {
  const path = valueAt(operation, field)
  if (path?.kind !== 'scalar' || typeof path.value !== 'string') return refused(operation, field)
  return path.value
}

function operandOf(operation: Operation): YamlNode {
  const value = valueAt(operation, 'value')
  return value ?? nullAt(operation)
}

function nullAt({ range }: Operation): YamlScalar {
  return { kind: 'scalar', range, value: null, text: 'null' }
}

function refused(operation: Operation, detail: string): never {
  return fail('patch-fails', operation.range, detail)
}

/** The names along a path, and the last one; a path begins with a slash. */
function partsOf(path: string): { readonly way: readonly string[]; readonly key: string } | undefined {
  const [before, ...parts] = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const key = parts.pop()
  return before === undefined || key === undefined ? undefined : { way: parts, key }
}

/** The place of an item, from the end where the number is negative. */
function indexOf(key: string, length: number): number | undefined {
  if (!/^[-+]?\d+$/.test(key)) return undefined
  const index = Number(key)
  const place = index < 0 ? index + length : index
  return place < 0 ? undefined : place
}

function childOf(node: YamlNode, key: string): YamlNode | undefined {
  if (node.kind === 'map') return valueAt(node, key)
  if (node.kind === 'scalar') return undefined
  const index = indexOf(key, node.items.length)
  return index === undefined ? undefined : node.items[index]
}

interface Within {
  readonly operation: Operation
  readonly change: (container: YamlNode, key: string) => YamlNode
}

/** `document` with the container at the end of `path` changed; one that is not there ends the build. */
function inContainer(document: YamlNode, path: string, { operation, change }: Within): YamlNode {
  const parts = partsOf(path)
  if (parts === undefined) return refused(operation, path)
  const { way, key } = parts
  const step = (node: YamlNode, depth: number): YamlNode => {
    const name = way[depth]
    if (node.kind === 'scalar') return refused(operation, path)
    if (name === undefined) return change(node, key)
    const child = childOf(node, name)
    if (child === undefined || isNothing(child)) return refused(operation, path)
    return withChild(node, name, step(child, depth + 1))
  }
  return step(document, 0)
}

/** The container with another child; its key stays where it was written. */
function withChild(node: YamlNode, key: string, child: YamlNode): YamlNode {
  if (node.kind === 'sequence') {
    const index = indexOf(key, node.items.length)
    return index === undefined ? node : { ...node, items: node.items.with(index, child) }
  }
  if (node.kind === 'scalar') return node
  return {
    ...node,
    entries: node.entries.map((entry) => (entry.key === key ? { ...entry, value: child } : entry)),
  }
}

interface Adding {
  readonly value: YamlNode
  readonly operation: Operation
}

function added(document: YamlNode, path: string, { value, operation }: Adding): YamlNode {
  // What is copied or moved keeps the place where it was written, and its key stands there, too.
  const keyRange = value.range.file === operation.range.file ? operation.range : value.range
  const change = (container: YamlNode, key: string): YamlNode => {
    if (container.kind === 'map') return withEntry(container, { key, keyRange, value })
    if (container.kind === 'scalar') return refused(operation, path)
    const { items } = container
    const index = key === '-' ? items.length : indexOf(key, items.length + 1)
    if (index === undefined || index > items.length) return refused(operation, path)
    return { ...container, items: items.toSpliced(index, 0, value) }
  }
  return inContainer(document, path, { operation, change })
}

function removed(document: YamlNode, path: string, operation: Operation): YamlNode {
  const change = (container: YamlNode, key: string): YamlNode => {
    if (container.kind === 'map')
      return valueAt(container, key) === undefined ? refused(operation, path) : withoutKey(container, key)
    if (container.kind === 'scalar') return refused(operation, path)
    const index = indexOf(key, container.items.length)
    if (index === undefined || index >= container.items.length) return refused(operation, path)
    return { ...container, items: container.items.toSpliced(index, 1) }
  }
  return inContainer(document, path, { operation, change })
}

/** A key that is not there is added. */
function replaced(document: YamlNode, path: string, operation: Operation): YamlNode {
  const value = operandOf(operation)
  if (path === '') return value.kind === 'scalar' ? refused(operation, path) : value
  const change = (container: YamlNode, key: string): YamlNode => {
    if (container.kind === 'map') return withEntry(container, { key, keyRange: operation.range, value })
    if (container.kind === 'scalar' || childOf(container, key) === undefined) return refused(operation, path)
    return withChild(container, key, value)
  }
  return inContainer(document, path, { operation, change })
}

/** The value at a path; nothing where a mapping lacks the key. */
function taken(document: YamlNode, path: string, operation: Operation): YamlNode | undefined {
  let value: YamlNode | undefined
  const change = (container: YamlNode, key: string): YamlNode => {
    value = childOf(container, key)
    return value === undefined && container.kind !== 'map' ? refused(operation, path) : container
  }
  inContainer(document, path, { operation, change })
  return value
}

/** What is not there equals null. */
function tested(document: YamlNode, path: string, operation: Operation): YamlNode {
  const wanted = operandOf(operation)
  const found = path === '' ? document : (taken(document, path, operation) ?? nullAt(operation))
  return sameValue(found, wanted) ? document : refused(operation, path)
}

/** The value as it looks after it went through JSON: numbers, nulls and quotes are written the usual way. */
function asJson(node: YamlNode): YamlNode {
  if (node.kind === 'scalar') {
    return styledText({ ...node, text: String(node.value) })
  }
  if (node.kind === 'sequence') {
    const items = node.items.map(asJson)
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
  }
  const entries = node.entries.map((entry) => {
    const value = asJson(entry.value)
    return value === entry.value ? entry : { ...entry, value }
  })
  return entries.every((entry, index) => entry === node.entries[index]) ? node : { ...node, entries }
}
