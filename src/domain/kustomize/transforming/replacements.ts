import type { SourceRange } from '../../source/source-file.ts'
import { scalarFor } from '../../source/yaml/plain-scalar.ts'
import { timestampOf } from '../../source/yaml/timestamp.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { attempt, fail } from '../fault.ts'
import { changed, everyId, type Item } from '../item.ts'
import { type Id, isSelected } from '../naming/identity.ts'
import { isEverSelected, type Selector, selectorOf } from '../naming/selector.ts'
import { isOn, itemsAt, wholeAt } from '../reading/shape.ts'
import { changedAt, lookedUp, type PathChange } from '../values/field-path.ts'
import { isQuoted } from '../values/scalar-style.ts'
import { toYamlText } from '../values/structured-text.ts'
import { isEmpty, plainNode, textNode, textOf, valueAt } from '../values/tree.ts'
import { splitFieldPath } from '../values/tree-path.ts'

/** What replacements work on. */
export interface Replacing {
  readonly items: readonly Item[]
  /** A source or a target may be an object that could not be rendered. */
  readonly isIncomplete: boolean
}

/** The value that is put elsewhere: a field of an object, which may be changed by what it is put into, or one by itself. */
interface Source {
  readonly value: YamlNode
  readonly of?: { readonly index: number; readonly path: readonly string[] }
}

/** One replacement: a value of one object, or one that is written out, put into fields of others. */
export function replacedBy(replacing: Replacing, replacement: YamlNode): readonly Item[] {
  const [source, given] = [valueAt(replacement, 'source'), valueAt(replacement, 'sourceValue')]
  const targets = valueAt(replacement, 'targets')
  if ((source === undefined) === (given === undefined) || targets === undefined)
    return fail('invalid-replacement', replacement.range, '')
  const value =
    source === undefined
      ? { value: plainNode(textOf(given), replacement.range) }
      : sourceOf(replacing, source)
  if (value === undefined) return replacing.items
  return itemsAt(replacement, 'targets').reduce(
    (items, target) => intoTarget(items, target, value),
    replacing.items,
  )
}

/** The value of the only object that the source names, by anything that it was ever known by. */
function sourceOf({ items, isIncomplete }: Replacing, source: YamlNode): Source | undefined {
  const wanted = idIn(source)
  const [found, another] = items.filter(({ node }) => everyId(node).some((id) => isNamed(id, wanted)))
  const name = `${wanted.kind} ${wanted.name}`
  if (another !== undefined) return fail('source-matches-several', source.range, name)
  if (found === undefined)
    return isIncomplete ? undefined : fail('source-matches-nothing', source.range, name)
  const written = textOf(valueAt(source, 'fieldPath')) || 'metadata.name'
  const path = splitFieldPath(written)
  const value = lookedUp(found.node, path, source.range)
  if (value === undefined || isEmpty(value)) return fail('field-missing', source.range, written)
  const options = valueAt(source, 'options')
  if (textOf(valueAt(options, 'delimiter')) !== '') return { value: refined(value, options, source.range) }
  return { value, of: { index: items.indexOf(found), path } }
}

/** The value as it is now: an object that is its own target changes what it gives to the next one. */
function current({ value, of }: Source, items: readonly Item[], at: SourceRange): YamlNode {
  const node = of && items[of.index]?.node
  return (node && lookedUp(node, of.path, at)) ?? value
}

function idIn(source: YamlNode): Id {
  const text = (field: string) => textOf(valueAt(source, field))
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
  }
}

function isNamed(id: Id, wanted: Id): boolean {
  const namespace = (text: string) => (text === '' ? 'default' : text)
  return (
    (wanted.name === '' || wanted.name === id.name) &&
    (wanted.namespace === '' || namespace(wanted.namespace) === namespace(id.namespace)) &&
    isSelected(id, wanted)
  )
}

/** A part of a text between delimiters. */
function refined(value: YamlNode, options: YamlNode | undefined, at: SourceRange): YamlNode {
  const delimiter = textOf(valueAt(options, 'delimiter'))
  if (delimiter === '') return value
  if (value.kind !== 'scalar') return fail('invalid-replacement', at, delimiter)
  const part = value.text.split(delimiter)[wholeAt(options, 'index')]
  if (part === undefined) return fail('invalid-replacement', at, String(wholeAt(options, 'index')))
  return withText(value, part, value.range)
}

/** A scalar of the same type with another text; a text that does not fit the type cannot be printed. */
function withText(node: YamlScalar, text: string, range: SourceRange): YamlScalar {
  const isTime = (each: string) => timestampOf(each) !== undefined
  if (typeof node.value === 'string' && !isQuoted(node) && isTime(node.text))
    return isTime(text) ? plainNode(text, range) : fail('unprintable', range, text)
  if (typeof node.value === 'string') return textNode(text, range)
  const value = scalarFor(text, 'kustomize')
  const isSame =
    typeof value === 'bigint' ? typeof node.value === 'number' : typeof value === typeof node.value
  if (!isSame || (node.value === null) !== (value === null)) return fail('unprintable', range, text)
  const isWhole = Number.isInteger(node.value) && !/[.eE]/.test(node.text)
  const isFraction = /[.eE]/.test(text) && !/^[-+]?0x/i.test(text)
  if (typeof value === 'number' && isWhole && isFraction) return fail('unprintable', range, text)
  return plainNode(text, range)
}

function intoTarget(items: readonly Item[], target: YamlNode, source: Source): readonly Item[] {
  const select = valueAt(target, 'select')
  if (select === undefined) return fail('invalid-replacement', target.range, 'select')
  const selector = selectorOf(select)
  const rejects = itemsAt(target, 'reject').map(selectorOf)
  const after = [...items]
  for (const [index, item] of items.entries())
    if (isMeant(item.node, selector, rejects))
      for (const at of pathsOf(target)) {
        const before = after[index] ?? item
        const value = current(source, after, target.range)
        after[index] = changed(before, withValueAt(before.node, at, { value, target }), target.range)
      }
  return after
}

/** Where a target says that the value belongs. */
function pathsOf(target: YamlNode): readonly YamlNode[] {
  const written = itemsAt(target, 'fieldPaths')
  return written.length === 0 ? [textNode('metadata.name', target.range)] : written
}

function isMeant(object: YamlMap, selector: Selector, rejects: readonly Selector[]): boolean {
  if (!selector.labels(object)) return false
  if (rejects.some((reject) => !reject.isBlind && reject.labels(object))) return false
  if (rejects.some((reject) => !reject.isOpen && isEverSelected(object, reject))) return false
  return isEverSelected(object, selector)
}

/** The value stands where the replacement says so: each field that it fills is said to be written at its path there. */
function withValueAt(
  object: YamlMap,
  at: YamlNode,
  { value, target }: { readonly value: YamlNode; readonly target: YamlNode },
): YamlMap {
  const options = valueAt(target, 'options')
  const path = splitFieldPath(textOf(at))
  const change: PathChange = {
    ...(isOn(options, 'create') && { make: value.kind }),
    at: at.range,
    set: (field) => filled(field, value, { options, at: at.range }),
  }
  const inText = withinText(object, path, { value, change })
  if (inText !== undefined) return inText
  const { node, count } = changedAt(object, path, change)
  if (count === 0 || node.kind !== 'map') return fail('field-missing', at.range, textOf(at))
  return node
}

interface Filling {
  readonly options: YamlNode | undefined
  readonly at: SourceRange
}

/** A scalar keeps its type and gets the text; anything else becomes the value. */
function filled(field: YamlNode, value: YamlNode, { options, at }: Filling): YamlNode {
  const delimiter = textOf(valueAt(options, 'delimiter'))
  if (delimiter !== '' && field.kind !== 'scalar') return fail('invalid-replacement', at, delimiter)
  const text = delimiter === '' ? textOf(value) : joined(textOf(field), textOf(value), { options, delimiter })
  if (field.kind !== 'scalar')
    return value.kind === 'scalar' ? withText(value, text, at) : { ...value, range: at }
  // What was made for this has no type of its own.
  return field.range === at ? plainNode(text, at) : withText(field, text, at)
}

function joined(
  before: string,
  text: string,
  { options, delimiter }: { readonly options: YamlNode | undefined; readonly delimiter: string },
): string {
  const parts = before.split(delimiter)
  const index = wholeAt(options, 'index')
  if (index < 0) return [text, ...parts].join(delimiter)
  return (index >= parts.length ? [...parts, text] : parts.with(index, text)).join(delimiter)
}

interface Within {
  readonly value: YamlNode
  readonly change: PathChange
}

/** A path may go on into a text that is YAML or JSON: the field within is set, and the text printed anew. */
function withinText(
  object: YamlMap,
  path: readonly string[],
  { value, change }: Within,
): YamlMap | undefined {
  for (let length = 1; length < path.length; length += 1) {
    const way = path.slice(0, length)
    const looked = attempt(() => lookedUp(object, way, change.at))
    const text = 'fault' in looked ? undefined : looked.value
    if (text?.kind !== 'scalar') continue
    const file = { path: text.range.file.path, text: text.text }
    const [document] = parseYaml(file, { id: 'invalid-manifest', reader: 'kustomize' })
    if (document === undefined || document.root === undefined) continue
    const { root } = document
    const set = (field: YamlNode) =>
      field.kind === 'scalar' ? withText(field, textOf(value), change.at) : value
    const inner = attempt(() => changedAt(root, path.slice(length), { ...change, set }))
    if ('fault' in inner || inner.value.count === 0) return undefined
    const printed = toYamlText(inner.value.node, text.text)
    const after = changedAt(object, way, { ...change, set: () => textNode(printed, change.at) })
    return after.node.kind === 'map' ? after.node : undefined
  }
  return undefined
}
