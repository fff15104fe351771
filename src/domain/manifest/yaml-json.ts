import type { YamlNode } from '../source/yaml-node.ts'
import type { JsonValue } from './json.ts'

/** The plain JSON of a node, without the places. */
export function jsonOf(node: YamlNode): JsonValue {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'sequence') return node.items.map(jsonOf)
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]))
}
