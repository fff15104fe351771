import type { YamlMap, YamlNode } from '../source/yaml-node.ts'
import { attempt } from './fault.ts'
import { objectsInText } from './read-objects.ts'

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
