import { parseYaml } from '../../source/yaml.ts'
import { entryOf, textAt, type YamlMap, type YamlNode, type YamlScalar } from '../../source/yaml-node.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { jsonOf } from '../yaml-json.ts'
import { groupOf } from './deciding-groups.ts'

/**
 * What the operator of Flux makes of a ResourceSet: its resources once for every set of inputs, filled in. What only a cluster can fill in,
 * and what is not followed, stays a placeholder. Nothing where it is no ResourceSet.
 */
export function madeByResourceSet(root: YamlNode): readonly YamlNode[] | undefined {
  if (root.kind !== 'map' || textAt(root, 'kind') !== 'ResourceSet') return undefined
  if (groupOf(textAt(root, 'apiVersion') ?? '') !== 'fluxcd.controlplane.io') return undefined
  const spec = entryOf(root, 'spec')?.value
  if (spec?.kind !== 'map') return []
  const made = inputsOf(spec).flatMap((inputs) => [
    ...itemsOf(entryOf(spec, 'resources')?.value).map((each) => filledNode(each, inputs)),
    ...fromTemplate(entryOf(spec, 'resourcesTemplate')?.value, inputs),
  ])
  return [...new Map(made.map((each) => [JSON.stringify(jsonOf(each)), each])).values()]
}

/** Each set of inputs that is written; one of which nothing is known where others come from elsewhere, or are combined. */
function inputsOf(spec: YamlMap): readonly JsonObject[] {
  const { inputs, inputsFrom, inputStrategy } = jsonOf(spec) as JsonObject
  const written = Array.isArray(inputs) ? inputs.filter(isObject) : []
  const isCombined = isObject(inputStrategy) && inputStrategy['name'] === 'Permute'
  if (isCombined || written.length === 0) return [{}]
  return inputsFrom === undefined ? written : [...written, {}]
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'sequence' ? node.items : []
}

/** A text of several documents, filled in before it is read. */
function fromTemplate(template: YamlNode | undefined, inputs: JsonObject): readonly YamlNode[] {
  if (template?.kind !== 'scalar' || typeof template.value !== 'string') return []
  const { range, value } = template
  const text = filled(value, inputs, (expression) => `__x-${expression.replace(/[^A-Za-z0-9.-]+/g, '-')}__`)
  return parseYaml({ path: range.file.path, text }, { id: 'invalid-manifest' }).flatMap(({ root }) =>
    root === undefined ? [] : placedAt(root, range),
  )
}

function filledNode(node: YamlNode, inputs: JsonObject): YamlNode {
  return withScalars(node, (scalar) => {
    if (typeof scalar.value !== 'string' || !scalar.value.includes('<<')) return scalar
    const text = filled(scalar.value, inputs, (expression) => `{{ ${expression} }}`)
    return { ...scalar, value: text, text }
  })
}

function withScalars(node: YamlNode, change: (scalar: YamlScalar) => YamlScalar): YamlNode {
  switch (node.kind) {
    case 'scalar':
      return change(node)
    case 'sequence':
      return { ...node, items: node.items.map((each) => withScalars(each, change)) }
    case 'map':
      return {
        ...node,
        entries: node.entries.map((each) => ({ ...each, value: withScalars(each.value, change) })),
      }
  }
}

/** What was read of a text that is written nowhere stands where the template does. */
function placedAt(node: YamlNode, range: YamlNode['range']): YamlNode {
  switch (node.kind) {
    case 'scalar': {
      const text =
        typeof node.value === 'string' ? node.value.replace(/__x-([\w.-]*?)__/g, '{{ $1 }}') : node.text
      return { ...node, range, text, value: typeof node.value === 'string' ? text : node.value }
    }
    case 'sequence':
      return { ...node, range, items: node.items.map((each) => placedAt(each, range)) }
    case 'map':
      return {
        ...node,
        range,
        entries: node.entries.map(({ key, value }) => ({
          key,
          keyRange: range,
          value: placedAt(value, range),
        })),
      }
  }
}

/** An input by its path, and functions that leave a text as it is. */
const input = /^inputs((?:\.[A-Za-z_]\w*)+)(?:\s*\|\s*(?:quote|squote|toString|trim))*$/

function filled(text: string, inputs: JsonObject, left: (expression: string) => string): string {
  return text.replace(/<<-?\s*((?:[^>]|>(?!>))*?)\s*-?>>/g, (_, expression: string) => {
    const steps = input.exec(expression)?.[1]?.split('.').slice(1)
    return (steps && written(inputs, steps)) ?? left(expression)
  })
}

function written(value: JsonValue | undefined, [step, ...rest]: readonly string[]): string | undefined {
  if (step !== undefined) return isObject(value) ? written(value[step], rest) : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}
