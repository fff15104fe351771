import { regexMatches } from '../../language/regex.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, everyId, type Item } from '../item.ts'
import { isSelected } from '../naming/identity.ts'
import { changeField, changeFields, type FieldSpec } from '../values/field-spec.ts'
import { textNode, textOf, valueAt, withValue } from '../values/tree.ts'
import { wholeAt } from './shape.ts'

/** An entry of `replicas`: the workloads of a name with another number. None of that name ends the build. */
export function scaled(
  items: readonly Item[],
  entry: YamlNode,
  fields: readonly FieldSpec[],
): readonly Item[] {
  const name = textOf(valueAt(entry, 'name'))
  const count = wholeAt(entry, 'count')
  let isFound = false
  const after = items.map((item) => {
    const meant = fields.filter((field) =>
      everyId(item.node).some((id) => id.name === name && isSelected(id, field)),
    )
    isFound ||= meant.length > 0
    const set = (): YamlNode => ({ kind: 'scalar', range: entry.range, value: count, text: String(count) })
    const node = meant.reduce(
      (before, field) => changeField(before, field, { set, make: 'text', at: entry.range }),
      item.node,
    )
    return changed(item, node, entry.range)
  })
  return isFound ? after : fail('replicas-match-nothing', entry.range, name)
}

/** An entry of `images`: wherever a container names the image. */
export function retagged(
  items: readonly Item[],
  entry: YamlNode,
  fields: readonly FieldSpec[],
): readonly Item[] {
  const set = (image: YamlNode) => {
    if (image.kind !== 'scalar') return fail('kinds-differ', image.range, 'a scalar')
    return isImage(image.text, entry) ? textNode(retaggedName(image.text, entry), image.range) : image
  }
  return items.map((item) => {
    if (textOf(valueAt(item.node, 'kind')) === 'CustomResourceDefinition') return item
    const walked = inContainers(item.node, set)
    const node = walked.kind === 'map' ? walked : item.node
    return changed(item, changeFields(node, fields, { set, at: entry.range }), entry.range)
  })
}

/** Lists called `containers` or `initContainers`, at any depth of any kind. */
function inContainers(node: YamlNode, set: (image: YamlNode) => YamlNode): YamlNode {
  if (node.kind === 'scalar') return node
  if (node.kind === 'sequence') {
    const items = node.items.map((item) => inContainers(item, set))
    return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
  }
  return node.entries.reduce<YamlMap>((map, { key, value }) => {
    const inner = inContainers(value, set)
    const after = key === 'containers' || key === 'initContainers' ? withImages(inner, set) : inner
    return after === value ? map : withValue(map, key, after)
  }, node)
}

function withImages(list: YamlNode, set: (image: YamlNode) => YamlNode): YamlNode {
  if (list.kind !== 'sequence') return list
  const items = list.items.map((item) => {
    const image = valueAt(item, 'image')
    if (item.kind === 'scalar' || item.kind === 'sequence')
      return fail('kinds-differ', item.range, 'a mapping')
    return image === undefined ? item : withValue(item, 'image', set(image))
  })
  return { ...list, items }
}

function isImage(image: string, entry: YamlNode): boolean {
  const name = textOf(valueAt(entry, 'name'))
  return regexMatches(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`, image)
}

function retaggedName(image: string, entry: YamlNode): string {
  const [newName, newTag, newDigest, tagSuffix] = ['newName', 'newTag', 'digest', 'tagSuffix'].map((field) =>
    textOf(valueAt(entry, field)),
  )
  const written = splitImage(image)
  const name = newName || written.name
  const tag = newTag || (newDigest ? '' : written.tag + (tagSuffix ?? ''))
  const digest = newDigest || (newTag || tagSuffix ? '' : written.digest)
  return `${name}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`
}

function splitImage(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(image.indexOf('/'), 0)
  const at = image.indexOf('@', slash)
  const colon = image.indexOf(':', slash)
  const hasTag = colon !== -1 && (at === -1 || colon < at)
  const end = at === -1 ? image.length : at
  return {
    name: image.slice(0, hasTag ? colon : end),
    tag: hasTag ? image.slice(colon + 1, end) : '',
    digest: at === -1 ? '' : image.slice(at + 1),
  }
}
