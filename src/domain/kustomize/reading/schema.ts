import type { YamlNode } from '../../source/yaml-node.ts'
import { isNothing, textOf, valueAt } from '../values/tree.ts'
import { builtInSchema } from './built-in-schema.ts'

/** What is known of a field: which lists are merged, and by what. */
export interface Schema {
  /** The keys by which items are told apart, none for a list of texts; absent: the list is replaced. */
  readonly mergeKeys?: readonly string[]
  readonly field: (name: string) => Schema | undefined
  readonly items: () => Schema | undefined
}

/** The schemas of an `openapi` file, which hold for the whole build, together with those that are built in. */
export interface Schemas {
  readonly of: (apiVersion: string, kind: string) => Schema | undefined
}

/** What Kustomize knows without being told. */
export const builtInSchemas: Schemas = { of: builtInSchema }

/** Nothing at all. */
export const noSchemas: Schemas = { of: () => undefined }

/** The definitions of an `openapi` file; for kinds that it does not define, those of `others`. */
export function schemasIn(root: YamlNode, others: Schemas): Schemas {
  const definitions = valueAt(root, 'definitions')
  const kinds = new Map<string, YamlNode>()
  for (const { value } of definitions?.kind === 'map' ? definitions.entries : []) {
    const named = valueAt(value, 'x-kubernetes-group-version-kind')
    for (const each of named?.kind === 'sequence' ? named.items : []) {
      const [group, version] = [textOf(valueAt(each, 'group')), textOf(valueAt(each, 'version'))]
      kinds.set(`${group === '' ? '' : `${group}/`}${version} ${textOf(valueAt(each, 'kind'))}`, value)
    }
  }
  return {
    of: (apiVersion, kind) => {
      const found = kinds.get(`${apiVersion} ${kind}`)
      return found === undefined ? others.of(apiVersion, kind) : schemaOf(found, definitions)
    },
  }
}

function schemaOf(node: YamlNode, definitions: YamlNode | undefined): Schema {
  const keys = mergeKeysOf(node)
  const at = (found: YamlNode | undefined) => {
    const target = resolved(found, definitions)
    return target === undefined ? undefined : schemaOf(target, definitions)
  }
  return {
    ...(keys !== undefined && { mergeKeys: keys }),
    field: (name) => at(valueAt(valueAt(node, 'properties'), name) ?? additional(node)),
    items: () => (textOf(valueAt(node, 'type')) === 'array' ? at(valueAt(node, 'items')) : undefined),
  }
}

function additional(node: YamlNode): YamlNode | undefined {
  const found = valueAt(node, 'additionalProperties')
  return found?.kind === 'map' ? found : undefined
}

/** What `$ref` leads to; a circle of them leads nowhere. */
function resolved(node: YamlNode | undefined, definitions: YamlNode | undefined): YamlNode | undefined {
  const seen = new Set<YamlNode>()
  let found = node
  while (found !== undefined && !seen.has(found)) {
    const reference = textOf(valueAt(found, '$ref'))
    if (reference === '') return found
    seen.add(found)
    found = valueAt(definitions, reference.replace(/^#\/definitions\//, ''))
  }
  return undefined
}

function mergeKeysOf(node: YamlNode): readonly string[] | undefined {
  const strategy = textOf(valueAt(node, 'x-kubernetes-patch-strategy'))
  if (!strategy.split(',').includes('merge')) return undefined
  const list = valueAt(node, 'x-kubernetes-list-map-keys')
  if (list?.kind === 'sequence') return list.items.map(textOf)
  const key = valueAt(node, 'x-kubernetes-patch-merge-key')
  return isNothing(key) ? [] : [textOf(key)]
}
