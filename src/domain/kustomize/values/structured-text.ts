import { compareTexts } from '../../source/compare-texts.ts'
import type { YamlNode } from '../../source/yaml-node.ts'

/** A value as Go prints it in JSON: keys sorted, and what HTML could take for a tag written as an escape. */
export function goJson(node: YamlNode): string {
  if (node.kind === 'scalar')
    return typeof node.value === 'string' ? goText(node.value) : JSON.stringify(node.value)
  if (node.kind === 'sequence') return `[${node.items.map(goJson).join(',')}]`
  const entries = node.entries.toSorted((a, b) => compareTexts(a.key, b.key))
  return `{${entries.map(({ key, value }) => `${goText(key)}:${goJson(value)}`).join(',')}}`
}

/** A text as Go prints it in JSON. */
export function goText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sorted(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'sequence') return node.items.map(sorted)
  const entries = node.entries.toSorted((a, b) => compareTexts(a.key, b.key))
  return Object.fromEntries(entries.map(({ key, value }) => [key, sorted(value)]))
}

/**
 * A value as the text that held it is written: JSON on one line or on several. What was YAML becomes JSON on one line, which is
 * YAML as well and says the same; Kustomize would print it in another layout.
 */
export function toYamlText(node: YamlNode, before: string): string {
  const isJson = /^\s*[{[]/.test(before)
  return isJson && before.includes('\n') && before.includes('  ')
    ? JSON.stringify(sorted(node), null, 2)
    : goJson(node)
}
