import type { SourceRange } from '../../source/source-file.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'

/** A map of which every part stands at one place: helm says no lines. */
export function mapAt(map: YamlMap, range: SourceRange): YamlMap {
  const entries = map.entries.map(({ key, value }) => ({ key, keyRange: range, value: nodeAt(value, range) }))
  return { ...map, range, entries }
}

function nodeAt(node: YamlNode, range: SourceRange): YamlNode {
  if (node.kind === 'map') return mapAt(node, range)
  return node.kind === 'sequence'
    ? { ...node, range, items: node.items.map((each) => nodeAt(each, range)) }
    : { ...node, range }
}
