import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, everyId, type Item } from '../item.ts'
import { groupVersion, type Id, keyOf } from '../naming/identity.ts'
import { isClusterScoped } from '../reading/cluster-scoped.ts'
import { lookedUp } from '../values/field-path.ts'
import { changeFields, type FieldSpec } from '../values/field-spec.ts'
import { isNothing, textNode, textOf, valueAt, valueWithin } from '../values/tree.ts'
import { splitFieldPath } from '../values/tree-path.ts'

/** A variable by its name: an entry of `vars`. */
export type Variables = ReadonlyMap<string, YamlNode>

/** The variables and those of one more kustomization; a name that is taken ends the build. */
export function withVariables(variables: Variables, entries: readonly YamlNode[]): Variables {
  const all = new Map(variables)
  for (const entry of entries) {
    const name = textOf(valueAt(entry, 'name'))
    if (all.has(name)) fail('duplicate-variable', entry.range, name)
    all.set(name, entry)
  }
  return all
}

/** The items, of which each knows the variables that hold a value of it: as it is known by when the variable is read. */
export function withHolders(items: readonly Item[], entries: readonly YamlNode[]): readonly Item[] {
  return entries.reduce((before, entry) => {
    const wanted = objectOf(entry)
    const isMeant = ({ node }: Item) => everyId(node).some((id) => isReferred(id, wanted))
    const [found, another] = before.filter(isMeant)
    if (another !== undefined) fail('variable-matches-several', entry.range, wanted.name)
    const name = textOf(valueAt(entry, 'name'))
    return before.map((item) => (item === found ? { ...item, variables: [...item.variables, name] } : item))
  }, items)
}

function objectOf(entry: YamlNode): Id {
  const reference = valueAt(entry, 'objref')
  const text = (field: string) => textOf(valueAt(reference, field))
  const apiVersion = text('apiVersion')
  const written =
    apiVersion === '' ? { group: text('group'), version: text('version') } : groupVersion(apiVersion)
  return { ...written, kind: text('kind'), name: text('name'), namespace: text('namespace') }
}

function isReferred(id: Id, wanted: Id): boolean {
  if (wanted.namespace !== '' || isClusterScoped(wanted)) return keyOf(id) === keyOf(wanted)
  return (
    id.name === wanted.name &&
    id.kind === wanted.kind &&
    id.group === wanted.group &&
    id.version === wanted.version
  )
}

interface Resolving {
  readonly variables: Variables
  readonly fields: readonly FieldSpec[]
  readonly isIncomplete: boolean
}

/** All items with `$(NAME)` replaced in the fields where variables are looked for; what is replaced stays where it is written. */
export function resolved(
  items: readonly Item[],
  { variables, fields, isIncomplete }: Resolving,
): readonly Item[] {
  const values = new Map<string, YamlScalar>()
  for (const [name, entry] of [...variables].toSorted()) {
    const value = heldValue(items, name, entry)
    if (value !== undefined) values.set(name, value)
    else if (!isIncomplete) fail('variable-matches-nothing', entry.range, name)
  }
  if (values.size === 0) return items
  const set = (node: YamlNode) => inField(node, values)
  return items.map((item) =>
    changed(item, changeFields(item.node, fields, { set, at: item.from }), item.from),
  )
}

function heldValue(items: readonly Item[], name: string, entry: YamlNode): YamlScalar | undefined {
  const holder = items.find(({ variables }) => variables.includes(name))
  if (holder === undefined) return undefined
  const written = valueWithin(entry, 'fieldref', 'fieldPath')
  const path = textOf(written) || 'metadata.name'
  const parts = splitFieldPath(path).flatMap((part) => {
    const indexed = /^(?<name>.*)\[(?<index>\d+)\]$/s.exec(part)?.groups
    return indexed === undefined ? [part] : [indexed['name'] ?? '', indexed['index'] ?? '']
  })
  const value = lookedUp(holder.node, parts, entry.range)
  if (value === undefined) return fail('field-missing', entry.range, path)
  // What is no scalar is no value of a variable: `$(NAME)` stays.
  return value.kind === 'scalar' ? value : textNode(`$(${name})`, entry.range)
}

type Values = ReadonlyMap<string, YamlScalar>

function inField(node: YamlNode, values: Values): YamlNode {
  if (isNothing(node)) return node
  if (node.kind === 'scalar') return isText(node) ? expanded(node, values) : node
  if (node.kind === 'map') return inMap(node, values)
  const items = node.items.map((item) =>
    isText(item) ? expanded(item, values) : fail('invalid-field-path', item.range, '$()'),
  )
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
}

function inMap(node: YamlMap, values: Values): YamlMap {
  const entries = node.entries.map((entry) => {
    const value = isText(entry.value) ? expanded(entry.value, values) : entry.value
    return value === entry.value ? entry : { ...entry, value }
  })
  return entries.every((entry, index) => entry === node.entries[index]) ? node : { ...node, entries }
}

function isText(node: YamlNode): node is YamlScalar {
  return node.kind === 'scalar' && typeof node.value === 'string'
}

/** A text with its variables: one that is all of it keeps its type, `$$` stands for `$`, and a name that is not known stays. */
function expanded(node: YamlScalar, values: Values): YamlNode {
  if (!node.text.includes('$')) return node
  const whole = /^\$\((?<name>[^)]*)\)$/s.exec(node.text)?.groups?.['name']
  const only = whole === undefined ? undefined : values.get(whole)
  if (only !== undefined)
    return { ...only, range: node.range, ...(only.value === null && { value: only.text }) }
  const text = node.text.replace(/\$\$|\$\((?<name>[^)]*)\)/gs, (mark, name: string | undefined) => {
    if (mark === '$$') return '$'
    const value = values.get(name ?? '')
    return value === undefined ? mark : value.text
  })
  return text === node.text ? node : textNode(text, node.range)
}
