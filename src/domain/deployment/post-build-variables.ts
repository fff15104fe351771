import { plainNode } from '../kustomize/values/tree.ts'
import type { YamlNode } from '../source/yaml-node.ts'

/** `${name}`, `${name:-default}`, `${name:=default}`; `$${` stands for itself. */
const variable = /\$(\$?)\{([A-Za-z_]\w*)(?::?[-=]([^}]*))?\}/g

/**
 * A value with the variables of Flux filled in (drone/envsubst on the text of what is built, so that a text may become a number); the
 * same value where it has none. One without value and default stays as it is.
 */
export function withVariables(node: YamlNode, values: ReadonlyMap<string, string>): YamlNode {
  if (node.kind === 'scalar') {
    if (!node.text.includes('${')) return node
    const text = node.text.replace(variable, (all, dollar: string, name: string, otherwise?: string) =>
      dollar === '' ? (values.get(name) ?? otherwise ?? all) : all.slice(1),
    )
    return text === node.text ? node : plainNode(text, node.range)
  }
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => withVariables(item, values))
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
  }
  const entries = node.entries.map((entry) => {
    const value = withVariables(entry.value, values)
    return value === entry.value ? entry : { ...entry, value }
  })
  return entries.every((entry, index) => entry === node.entries[index]) ? node : { ...node, entries }
}
