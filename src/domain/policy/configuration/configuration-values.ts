import type { SourceRange } from '../../source/source-file.ts'
import { entryOf, type YamlMap, type YamlNode } from '../../source/yaml-node.ts'

/** A step into a document: a key, or the place in a list. */
export type Step = string | number

/** The plain value of a node. A key without a value is as good as left out. */
export function plainValue(node: YamlNode): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(
        node.entries
          .filter(({ value }) => !(value.kind === 'scalar' && value.value === null))
          .map(({ key, value }) => [key, plainValue(value)]),
      )
    case 'sequence':
      return node.items.map(plainValue)
    case 'scalar':
      return node.value
  }
}

function inside(node: YamlNode, step: Step): YamlNode | undefined {
  if (node.kind === 'map') return entryOf(node, String(step))?.value
  return node.kind === 'sequence' ? node.items[Number(step)] : undefined
}

/** The node at a path, or the nearest one around it that exists. */
export function nodeAt(root: YamlNode, path: readonly Step[]): YamlNode {
  let node = root
  for (const step of path) {
    const next = inside(node, step)
    if (next === undefined) return node
    node = next
  }
  return node
}

/** Where a key of the map at `path` was written. */
export function rangeOfKey(root: YamlNode, path: readonly Step[], key: string): SourceRange {
  const node = nodeAt(root, path)
  return (node.kind === 'map' ? entryOf(node as YamlMap, key)?.keyRange : undefined) ?? node.range
}

/** `bots[0].for`, for people. */
export function spellPath(path: readonly Step[]): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('')
}

/** The folder that a path names, as the names of files begin: the root, `.`, is ''. */
export function folderAt(path: string): string {
  return path === '.' ? '' : path.replace(/\/+$/, '')
}
