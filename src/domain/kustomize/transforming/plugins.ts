import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { attempt, fail } from '../fault.ts'
import { currentId, keyOf, printed } from '../naming/identity.ts'
import { objectsInText } from '../reading/read-objects.ts'

/** Entries of `generators`, `transformers` or `validators`: objects that are written in place, and paths of others. */
export interface Plugins {
  readonly inline: readonly YamlMap[]
  readonly paths: readonly YamlNode[]
}

/** An entry that reads as objects is their text, any other a path. */
export function inlineOrListed(entries: readonly YamlNode[]): Plugins {
  const inline: YamlMap[] = []
  const paths: YamlNode[] = []
  for (const entry of entries) {
    const objects = entry.kind === 'scalar' ? attempt(() => objectsInText(entry)) : undefined
    if (objects === undefined || 'fault' in objects) paths.push(entry)
    else inline.push(...objects.value)
  }
  return { inline, paths }
}

/** All of them, if no two are known by the same. */
export function distinct(plugins: readonly YamlMap[]): readonly YamlMap[] {
  const keys = new Set<string>()
  for (const plugin of plugins) {
    const id = currentId(plugin)
    if (keys.has(keyOf(id))) fail('duplicate-id', plugin.range, printed(id))
    keys.add(keyOf(id))
  }
  return plugins
}
