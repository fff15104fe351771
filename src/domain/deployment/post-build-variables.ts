import { budgets } from '../budgets.ts'
import { relocated } from '../kustomize/values/embedded-text.ts'
import { styledText } from '../kustomize/values/scalar-style.ts'
import { textNode, textOf, valueWithin } from '../kustomize/values/tree.ts'
import { parseYaml } from '../source/yaml.ts'
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../source/yaml-node.ts'
import { envsubst, type Lookup } from './envsubst.ts'

/** What Flux fills in in what it has built. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>
  /** Names that have a value which is not known. */
  readonly hidden?: ReadonlySet<string>
  /** Whether a name without a value here has none anywhere. */
  readonly isComplete: boolean
  /** Whether texts are filled in although there is no value at all. */
  readonly isAlways: boolean
}

const switchedOff = 'kustomize.toolkit.fluxcd.io/substitute'

/**
 * Objects with the variables of Flux filled in, keys as well: in their printed text, which is then read again as YAML 1.1, so that a
 * text may become a number, or a list. The same objects where nothing is to be filled in. One in which that fails ends it for all;
 * not known is what would write more than there is room for.
 */
export function withVariables(
  objects: readonly YamlMap[],
  variables: Variables,
): readonly YamlMap[] | 'failed' | 'not known' {
  const { values, hidden, isComplete, isAlways } = variables
  const isHidden = (name: string) => !isComplete || hidden?.has(name) === true
  if (values.size === 0 && !hidden?.size && isComplete && !isAlways) return objects
  const room = { left: budgets.filledIn.size }
  const lookup: Lookup = (name) => {
    const value = values.get(name)
    if (value === undefined && isHidden(name)) return 'unknown'
    room.left -= value?.length ?? 0
    return { value: room.left < 0 ? '' : value }
  }
  const found: YamlMap[] = []
  for (const object of objects) {
    const result = isSwitchedOff(object) ? object : filled(object, lookup)
    if (room.left < 0) return 'not known'
    if (result?.kind !== 'map') return 'failed'
    found.push(result)
  }
  return found
}

function isSwitchedOff(object: YamlMap): boolean {
  return ['annotations', 'labels'].some(
    (field) => textOf(valueWithin(object, 'metadata', field, switchedOff)) === 'disabled',
  )
}

function filled(node: YamlNode, lookup: Lookup): YamlNode | undefined {
  if (node.kind === 'scalar') return filledScalar(node, lookup)
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => filled(item, lookup))
    if (items.every((item, index) => item === node.items[index])) return node
    return allKnown(items) ? { ...node, items } : undefined
  }
  const entries = node.entries.map((entry) => filledEntry(entry, lookup))
  if (entries.every((entry, index) => entry === node.entries[index])) return node
  return allKnown(entries) ? { ...node, entries } : undefined
}

function allKnown<T>(values: readonly (T | undefined)[]): values is readonly T[] {
  return values.every((each) => each !== undefined)
}

function filledEntry(entry: YamlEntry, lookup: Lookup): YamlEntry | undefined {
  const key = entry.key.includes('$') ? envsubst(entry.key, lookup) : entry.key
  const value = filled(entry.value, lookup)
  if (key === undefined || value === undefined) return undefined
  return key === entry.key && value === entry.value ? entry : { ...entry, key, value }
}

function filledScalar(node: YamlScalar, lookup: Lookup): YamlNode | undefined {
  if (typeof node.value !== 'string' || !node.value.includes('$')) return node
  const text = envsubst(node.value, lookup)
  if (text === undefined || text === node.value) return text === undefined ? undefined : node
  const isWhole = styledText(node).isQuoted || node.value.includes('\n') || text.includes('${')
  return isWhole ? textNode(text, node.range) : readAgain(text, node)
}

/** What stands without quotes is read as whatever it has become. */
function readAgain(text: string, { range }: YamlScalar): YamlNode | undefined {
  const file = { path: range.file.path, text: `v: ${text}\n` }
  const [document, ...more] = parseYaml(file, { id: 'invalid-manifest' })
  const root = document?.root
  if (root?.kind !== 'map' || root.entries.length !== 1 || more.length > 0) return undefined
  const value = root.entries[0]?.value
  return value && relocated(value, () => range)
}
