import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { entryOf, type YamlMap, type YamlNode, type YamlScalar } from '../../source/yaml-node.ts'
import { attempt, fail, failWith } from '../fault.ts'
import {
  bookkeeping,
  changed,
  everyId,
  type Item,
  originalId,
  remembering,
  withAnnotation,
  withTextAnnotations,
} from '../item.ts'
import { withoutDuplicates } from '../items.ts'
import { effectiveNamespace, keyOf, metadataText, printed } from '../naming/identity.ts'
import { isTarget, selectorOf } from '../naming/selector.ts'
import { objectsIn, objectsInText } from '../reading/read-objects.ts'
import type { Schemas } from '../reading/schema.ts'
import { isOn } from '../reading/shape.ts'
import {
  isEmpty,
  mapNode,
  textNode,
  textOf,
  valueAt,
  valueWithin,
  withEntry,
  withoutKey,
  withValue,
} from '../values/tree.ts'
import { jsonPatched, operationsIn } from './json-patch.ts'
import { strategicMerge } from './merge.ts'

/** What a patch is applied with. */
export interface Patching {
  readonly items: readonly Item[]
  readonly schemas: Schemas
  /** A patch may be for an object that could not be rendered. */
  readonly isIncomplete: boolean
}

/** Where a patch is: a file, or a text in place. */
export type PatchSource = SourceFile | YamlScalar

/** A patch as it is written: JSON operations or objects, whichever the text is. */
type Patch = { readonly operations: readonly YamlMap[] } | { readonly objects: readonly YamlMap[] }

/** An entry of `patches`, with the text that it names or holds. */
export function patched(patching: Patching, entry: YamlNode, source: PatchSource): readonly Item[] {
  const patch = readPatch(source, entry.range)
  const target = valueAt(entry, 'target')
  if ('operations' in patch) {
    if (target === undefined) return fail('patch-without-target', entry.range, '')
    return byOperations(patching, { target, operations: patch.operations, remembers: true })
  }
  const options = valueAt(entry, 'options')
  const objects = patch.objects.map((object) => allowing(object, options))
  if (target === undefined)
    return objects.reduce((items, object) => untargeted({ ...patching, items }, object), patching.items)
  const [object, another] = objects
  if (another !== undefined) return fail('invalid-patch', another.range, '')
  return object === undefined ? patching.items : targeted(patching, object, target)
}

function readPatch(source: PatchSource, at: SourceRange): Patch {
  const objects = attempt(() =>
    'kind' in source ? objectsInText(source, (text) => text.trim()) : objectsIn(source),
  )
  const operations = operationsIn(source)
  if (!('fault' in objects)) return { objects: objects.value }
  if (operations !== undefined) return { operations }
  return failWith({ ...objects.fault, code: 'invalid-patch', range: objects.fault.range ?? at })
}

function allowing(object: YamlMap, options: YamlNode | undefined): YamlMap {
  const annotations = valueWithin(object, 'metadata', 'annotations')
  if (options !== undefined && annotations?.kind === 'sequence' && !isEmpty(annotations))
    return fail('wrong-type', annotations.range, 'annotations')
  const named = isOn(options, 'allowNameChange')
    ? withAnnotation(object, bookkeeping.nameChange, 'enabled')
    : object
  return isOn(options, 'allowKindChange') ? withAnnotation(named, bookkeeping.kindChange, 'enabled') : named
}

/** Of the object that the patch names, by anything that it is or was known by: exactly one. */
function untargeted(patching: Patching, patch: YamlMap): readonly Item[] {
  const { items } = patching
  const found = meantBy(patching, patch)
  if (found === undefined) return items
  return items.flatMap((item) => (item === found ? merged(item, patch, patching) : [item]))
}

function meantBy({ items, isIncomplete }: Patching, patch: YamlMap): Item | undefined {
  const id = originalId(patch)
  const key = keyOf(id)
  const [found, another] = items.filter(({ node }) =>
    everyId(node).some((each) => each.name === id.name && keyOf(each) === key),
  )
  if (another !== undefined) return fail('patch-matches-several', patch.range, printed(id))
  if (found === undefined && !isIncomplete) return fail('patch-matches-nothing', patch.range, printed(id))
  return found
}

/** Of all objects that the target selects. */
function targeted(patching: Patching, patch: YamlMap, target: YamlNode): readonly Item[] {
  const selector = selectorOf(target)
  return allOf(patching, patch, (item) => isTarget(item.node, selector))
}

/** An entry of `patchesStrategicMerge`. */
export function mergePatched(patching: Patching, patches: readonly YamlMap[]): readonly Item[] {
  return patches.reduce((items, patch) => {
    const found = meantBy({ ...patching, items }, patch)
    return found === undefined ? items : allOf({ ...patching, items }, patch, (item) => item === found)
  }, patching.items)
}

function allOf(patching: Patching, patch: YamlMap, isMeant: (item: Item) => boolean): readonly Item[] {
  const items = patching.items.flatMap((item) =>
    isMeant(item) ? merged(item, withVersionOf(withPlainMetadata(patch), item.node), patching) : [item],
  )
  return withoutDuplicates(items, patch.range)
}

function withVersionOf(patch: YamlMap, object: YamlMap): YamlMap {
  const apiVersion = valueAt(object, 'apiVersion')
  return apiVersion === undefined ? patch : withValue(patch, 'apiVersion', apiVersion)
}

/** Labels and annotations of such a patch become texts before it is applied, and are left out where there are none. */
function withPlainMetadata(patch: YamlMap): YamlMap {
  const metadata = valueAt(patch, 'metadata')
  if (metadata?.kind !== 'map') return patch
  const plain = ['labels', 'annotations'].reduce((before, field) => {
    const written = valueAt(before, field)
    if (written === undefined) return before
    if (written.kind === 'sequence' && !isEmpty(written)) return fail('wrong-type', written.range, field)
    if (written.kind !== 'map' || isEmpty(written)) return withoutKey(before, field)
    const entries = written.entries.map((entry) => ({
      ...entry,
      value: textNode(textOf(entry.value), entry.value.range),
    }))
    return withValue(before, field, mapNode(written.range, entries))
  }, metadata)
  return withValue(patch, 'metadata', plain)
}

/** Name, kind and namespace stay what they are, unless the patch may change them; the namespace always. */
function merged(item: Item, patch: YamlMap, { schemas }: Patching): readonly Item[] {
  const allows = (key: string) => textOf(valueWithin(patch, 'metadata', 'annotations', key)) === 'enabled'
  const [mayRename, mayChangeKind] = [allows(bookkeeping.nameChange), allows(bookkeeping.kindChange)]
  const before = mayRename || mayChangeKind ? remembering(item.node, effectiveNamespace) : item.node
  const after = strategicMerge(before, patch, schemas)
  if (after === undefined || after.entries.length === 0) return []
  const typed = mayChangeKind ? after : withTypeOf(after, before)
  return [changed(item, withNameOf(typed, before, mayRename), patch.range)]
}

/** Kind and version that the patch only repeats stay where the object says them. */
function withTypeOf(node: YamlMap, before: YamlMap): YamlMap {
  // A kind that was patched away does not come back.
  const kind = entryOf(before, 'kind') ?? {
    key: 'kind',
    keyRange: before.range,
    value: textNode('', before.range),
  }
  const version = entryOf(before, 'apiVersion')
  const isSame = version !== undefined && textOf(valueAt(node, 'apiVersion')) === textOf(version.value)
  const versioned = isSame ? withEntry(node, version) : node
  return withEntry(versioned, kind)
}

function withNameOf(node: YamlMap, before: YamlMap, mayRename: boolean): YamlMap {
  const written = valueAt(node, 'metadata')
  let metadata = written?.kind === 'map' ? written : mapNode(node.range)
  const [name, namespace] = [
    valueWithin(before, 'metadata', 'name'),
    valueWithin(before, 'metadata', 'namespace'),
  ]
  if (!mayRename)
    metadata = withOwn(metadata, before, { key: 'name', value: name ?? textNode('', node.range) })
  metadata =
    namespace === undefined || metadataText(before, 'namespace') === ''
      ? withoutKey(metadata, 'namespace')
      : withOwn(metadata, before, { key: 'namespace', value: namespace })
  return metadata === written ? node : withValue(node, 'metadata', metadata)
}

/** The metadata with a field as the object has it, at its place. */
function withOwn(
  metadata: YamlMap,
  before: YamlMap,
  { key, value }: { readonly key: string; readonly value: YamlNode },
): YamlMap {
  if (valueAt(metadata, key) === value) return metadata
  const own = valueAt(before, 'metadata')
  const entry = own?.kind === 'map' ? entryOf(own, key) : undefined
  return withEntry(metadata, entry ?? { key, keyRange: value.range, value })
}

interface ByOperations {
  readonly target: YamlNode
  readonly operations: readonly YamlMap[]
  /** `patches` remembers what an object was known by before, `patchesJson6902` does not. */
  readonly remembers: boolean
}

/** A JSON patch to all objects that its target selects. */
export function byOperations({ items }: Patching, patch: ByOperations): readonly Item[] {
  const selector = selectorOf(patch.target)
  const [first] = patch.operations
  const selected = new Set(items.filter(({ node }) => isTarget(node, selector)))
  return items.map((item) => {
    if (!selected.has(item)) return item
    const before = patch.remembers ? remembering(item.node, effectiveNamespace) : item.node
    const after = jsonPatched(before, patch.operations)
    // Through JSON every field becomes a value of its own.
    return changed(
      { ...item, shared: [] },
      withTextAnnotations(withBookkeepingOf(after, before)),
      first?.range,
    )
  })
}

/** What a build has to know of an object stays, whatever a patch does to its annotations. */
function withBookkeepingOf(node: YamlMap, before: YamlMap): YamlMap {
  return Object.values(bookkeeping).reduce((after, key) => {
    const value = valueWithin(before, 'metadata', 'annotations', key)
    return value === undefined ? after : withAnnotation(after, key, textOf(value))
  }, node)
}
