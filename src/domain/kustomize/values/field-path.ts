import { regexMatches, regexProblem } from '../../language/regex.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { fail, type Place } from '../fault.ts'
import { isNothing, mapNode, plainNode, textNode, textOf, valueAt, withValue } from './tree.ts'

/** `[name=login]` or `[=value]`, in its two parts. */
function condition(part: string): { readonly field: string; readonly value: string } | undefined {
  const found = /^\[(?<field>[^=]*)=(?<value>.*)\]$/s.exec(part)?.groups
  return found && { field: found['field'] ?? '', value: found['value'] ?? '' }
}

const isCondition = (part: string) => part.startsWith('[') && part.endsWith(']')
const isNumber = (part: string) => /^\+?\d+$/.test(part)

/**
 * The one value at a path: keys, numbers of items, `-` for the last one, `[name=x]` for the first that has it. Nothing where it
 * is not there; `undefined` and a fault are told apart by throwing only what is no path at all.
 */
export function lookedUp(node: YamlNode, path: readonly string[], at: Place): YamlNode | undefined {
  let found: YamlNode | undefined = node
  for (const part of path.map((each) => each.trim()).filter((each) => each !== '')) {
    if (found === undefined || isNothing(found)) return undefined
    found = step(found, part, at)
  }
  return found
}

function step(node: YamlNode, part: string, at: Place): YamlNode | undefined {
  if (part === '*' || /^-\d+$/.test(part)) return fail('invalid-field-path', at, part)
  if (isNumber(part) || part === '-') {
    if (node.kind !== 'sequence') return fail('invalid-field-path', at, part)
    return part === '-' ? node.items.at(-1) : node.items[Number(part)]
  }
  if (isCondition(part)) {
    const wanted = condition(part)
    if (wanted === undefined || node.kind !== 'sequence') return fail('invalid-field-path', at, part)
    const { field, value } = wanted
    return node.items.find((item) =>
      field === ''
        ? textOf(item) === value
        : valueAt(item, field) !== undefined && textOf(valueAt(item, field)) === value,
    )
  }
  return node.kind === 'map' ? valueAt(node, part) : fail('invalid-field-path', at, part)
}

/** What is done at the end of a path. */
export interface PathChange {
  readonly set: (node: YamlNode) => YamlNode
  /** What is made at the end of a path that is not there; absent: nothing is. */
  readonly make?: YamlNode['kind']
  readonly at: Exclude<Place, string>
}

/** `node` after the change, and at how many places it was made. */
export interface Changed {
  readonly node: YamlNode
  readonly count: number
}

/** Changes every value at a path: keys, numbers, `*`, and `[name=x]` for all whose text the expression is found in. */
export function changedAt(node: YamlNode, path: readonly string[], change: PathChange): Changed {
  const [part, ...rest] = path
  if (part === undefined) return { node: change.set(node), count: 1 }
  if (isNumber(part)) return changedItem(node, path, change)
  if (isCondition(part)) return changedItems(node, path, change)
  if (part === '*') {
    if (node.kind !== 'sequence') return fail('invalid-field-path', change.at, part)
    return changedEach(
      node,
      () => true,
      (item) => changedAt(item, rest, change),
    )
  }
  if (isNothing(node)) return { node, count: 0 }
  if (node.kind !== 'map' || part === '') return fail('invalid-field-path', change.at, part)
  const found = valueAt(node, part) ?? made(rest[0], change)
  if (found === undefined) return { node, count: 0 }
  if (found.kind === 'scalar' && rest.length > 0 && !isNothing(found))
    return { node, count: countWithin(found, rest, change) }
  const { node: after, count } = changedAt(found, rest, change)
  return { node: after === valueAt(node, part) ? node : withValue(node, part, after), count }
}

/** A path that leads into a text which is YAML finds what is there, and changes nothing. */
function countWithin(text: YamlScalar, path: readonly string[], change: PathChange): number {
  const file = { path: text.range.file.path, text: text.text }
  const [document] = parseYaml(file, { id: 'invalid-manifest', reader: 'kustomize' })
  if (document?.root === undefined) return fail('invalid-field-path', change.at, path.join('.'))
  return changedAt(document.root, path, { ...change, set: (node) => node }).count
}

/** What has to be there for the next part. */
function made(next: string | undefined, { make, at }: PathChange): YamlNode | undefined {
  if (make === undefined) return undefined
  const isList = next !== undefined && (isCondition(next) || isNumber(next))
  if (isList || (next === undefined && make === 'sequence')) return { kind: 'sequence', range: at, items: [] }
  return next === undefined && make === 'scalar' ? textNode('', at) : mapNode(at)
}

function changedItem(node: YamlNode, [part = '', ...rest]: readonly string[], change: PathChange): Changed {
  const index = Number(part)
  if (node.kind !== 'sequence') return fail('invalid-field-path', change.at, part)
  const found = node.items[index] ?? (index === node.items.length ? made(rest[0], change) : undefined)
  if (found === undefined) return fail('field-missing', change.at, part)
  const after = changedAt(found, rest, change)
  return {
    node: { ...node, items: [...node.items.slice(0, index), after.node, ...node.items.slice(index + 1)] },
    count: after.count,
  }
}

function changedItems(node: YamlNode, path: readonly string[], change: PathChange): Changed {
  const [part = '', ...rest] = path
  const wanted = condition(part)
  if (wanted === undefined || node.kind !== 'sequence') return fail('invalid-field-path', change.at, part)
  const { field, value } = wanted
  if (regexProblem(value) !== undefined) return fail('invalid-field-path', change.at, part)
  // A text that the whole expression is found in, anywhere: `[name=log]` means `login` as well.
  const holds = (item: YamlNode) => regexMatches(`(?s:.*)(?:${value})(?s:.*)`, asPrinted(item))
  const isMeant = (item: YamlNode) => {
    if (field === '') return holds(item)
    const own = valueAt(item, field)
    return own !== undefined && holds(own)
  }
  // Of a text that is selected nothing below it is meant.
  const below = field === '' ? [] : rest
  const after = changedEach(node, isMeant, (item) => changedAt(item, below, change))
  if (after.count > 0 || change.make === undefined) return after
  const item =
    field === ''
      ? plainNode(value, change.at)
      : withValue(mapNode(change.at), field, plainNode(value, change.at))
  if (!isMeant(item)) return after
  return changedEach({ ...node, items: [...node.items, item] }, isMeant, (each) =>
    changedAt(each, below, change),
  )
}

/** A scalar as Kustomize prints it alone: with the quotes that it is written in. */
function asPrinted(node: YamlNode): string {
  if (node.kind !== 'scalar') return ''
  const quote = node.range.file.text[node.range.start]
  const isQuoted = quote === '"' || quote === "'"
  return isQuoted && typeof node.value === 'string' ? `${quote}${node.text}${quote}`.trim() : node.text.trim()
}

function changedEach(
  node: YamlNode,
  isMeant: (item: YamlNode) => boolean,
  change: (item: YamlNode) => Changed,
): Changed {
  if (node.kind !== 'sequence') return { node, count: 0 }
  let count = 0
  const items = node.items.map((item) => {
    if (!isMeant(item)) return item
    const after = change(item)
    count += after.count
    return after.node
  })
  return { node: { ...node, items }, count }
}
