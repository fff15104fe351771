import { regexMatches, regexProblem } from '../../language/regex.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { everyId, originalId } from '../item.ts'
import { textOf, textsIn, valueAt, valueWithin } from '../values/tree.ts'
import { currentId, effectiveNamespace, type Gvk, type Id } from './identity.ts'
import { labelSelector } from './label-selector.ts'

/** What a patch or a replacement acts on: each part a regular expression of RE2 for the whole text, '' for any. */
export interface Selector {
  readonly gvk: (gvk: Gvk) => boolean
  readonly name: (name: string) => boolean
  readonly namespace: (namespace: string) => boolean
  readonly labels: (object: YamlMap) => boolean
  /** Whether group, version, kind, name and namespace say nothing at all. */
  readonly isOpen: boolean
  /** Whether the labels and annotations say nothing at all. */
  readonly isBlind: boolean
}

const parts = ['group', 'version', 'kind', 'name', 'namespace'] as const

/** The selector that is written at `node`; one that is none ends the build. */
export function selectorOf(node: YamlNode): Selector {
  const text = (field: string) => textOf(valueAt(node, field))
  for (const part of parts) {
    const value = valueAt(node, part)
    if (value !== undefined && regexProblem(anchored(textOf(value))) !== undefined)
      fail('invalid-selector', value.range, textOf(value))
  }
  const matches = (field: string) => {
    const pattern = text(field)
    return pattern === '' ? () => true : (found: string) => regexMatches(anchored(pattern), found)
  }
  const [group, version, kind] = [matches('group'), matches('version'), matches('kind')]
  return {
    gvk: (gvk) => group(gvk.group) && version(gvk.version) && kind(gvk.kind),
    name: matches('name'),
    namespace: matches('namespace'),
    labels: labelsOf(node),
    isOpen: parts.every((part) => text(part) === ''),
    isBlind: text('labelSelector') === '' && text('annotationSelector') === '',
  }
}

function anchored(pattern: string): string {
  return `^(?:${pattern})$`
}

/** A selector of labels is read only when an object is left that all else selects. */
function labelsOf(node: YamlNode): Selector['labels'] {
  const fields = [
    ['labelSelector', 'labels'],
    ['annotationSelector', 'annotations'],
  ] as const
  const conditions = fields.map(([field, under]) => {
    const written = valueAt(node, field)
    const holds = labelSelector(textOf(written))
    return (object: YamlMap) =>
      holds === undefined
        ? fail('invalid-selector', written?.range ?? node.range, textOf(written))
        : holds(textsIn(valueWithin(object, 'metadata', under)))
  })
  return (object) => conditions.every((holds) => holds(object))
}

/** Whether the target of a patch selects an object: by its name and namespace of now, or by those of its file. */
export function isTarget(object: YamlMap, selector: Selector): boolean {
  const [now, original] = [currentId(object), originalId(object)]
  return (
    (selector.namespace(effectiveNamespace(original)) || selector.namespace(effectiveNamespace(now))) &&
    (selector.name(original.name) || selector.name(now.name)) &&
    selector.gvk(now) &&
    selector.labels(object)
  )
}

/** Whether a replacement selects an object: by anything that it is or was known by. */
export function isEverSelected(object: YamlMap, selector: Selector): boolean {
  return everyId(object).some((id) => selectsId(selector, id))
}

function selectsId(selector: Selector, id: Id): boolean {
  return selector.gvk(id) && selector.name(id.name) && selector.namespace(id.namespace)
}
