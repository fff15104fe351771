import { gathered } from '../../source/multimap.ts'
import type { YamlMap, YamlNode } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { affixes, changed, type Item, originalId, previousIds } from '../item.ts'
import { isClusterScoped } from '../reading/cluster-scoped.ts'
import type { NameReference } from '../reading/default-references.ts'
import { changeField, type FieldSpec } from '../values/field-spec.ts'
import { isNothing, textNode, textOf, valueAt, withValue } from '../values/tree.ts'
import { currentId, effectiveNamespace, type Gvk, gvkOf, isSelected, metadataText } from './identity.ts'

/** Every reference to an object by a name that it had, with the name that it has. What is referred to stays where it is written. */
export function withReferences(
  items: readonly Item[],
  references: readonly NameReference[],
): readonly Item[] {
  const flat = Map.groupBy(
    references.flatMap(({ to, from }) => from.map((field) => ({ to, field }))),
    ({ field }) => field.kind,
  )
  const named = byPreviousName(items)
  return items.map((item) => {
    const id = originalId(item.node)
    const ofKind = [...(flat.get(id.kind) ?? []), ...(id.kind === '' ? [] : (flat.get('') ?? []))]
    const own = ofKind.filter(({ field }) => isSelected(id, field))
    const node = own.reduce(
      (before, { to, field }) => followed(before, field, { to, items, named }),
      item.node,
    )
    return changed(item, node, item.from)
  })
}

/** No name of any object changes while references are followed. */
function byPreviousName(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const namesOf = ({ node }: Item) => new Set(previousIds(node).map(({ name }) => name))
  return gathered(items.flatMap((item) => [...namesOf(item)].map((name) => [name, item] as const)))
}

interface Candidates {
  readonly to: Gvk
  readonly items: readonly Item[]
  readonly named: ReadonlyMap<string, readonly Item[]>
}

/** Objects of other namespaces are out of reach, but for the service accounts that a RoleBinding names. */
function mayBeReferred(candidate: YamlMap, referrer: YamlMap): boolean {
  const [from, to] = [currentId(referrer), currentId(candidate)]
  if (isClusterScoped(from) || isClusterScoped(to)) return true
  return effectiveNamespace(from) === effectiveNamespace(to) || boundNamespaces(referrer).has(to.namespace)
}

function boundNamespaces(referrer: YamlMap): ReadonlySet<string> {
  const subjects =
    textOf(valueAt(referrer, 'kind')) === 'RoleBinding' ? valueAt(referrer, 'subjects') : undefined
  const accounts = (subjects?.kind === 'sequence' ? subjects.items : []).filter(
    (subject) => textOf(valueAt(subject, 'kind')) === 'ServiceAccount',
  )
  return new Set(
    accounts.map((subject) => textOf(valueAt(subject, 'namespace'))).filter((name) => name !== ''),
  )
}

function followed(referrer: YamlMap, field: FieldSpec, candidates: Candidates): YamlMap {
  const choice: Choice = { ...candidates, referrer, path: field.path }
  const set = (node: YamlNode): YamlNode => {
    if (isNothing(node)) return node
    if (node.kind === 'scalar') return scalar(node, choice)
    if (node.kind === 'map') return mapping(node, choice)
    return { ...node, items: node.items.map((item) => listed(item, choice)) }
  }
  return changeField(referrer, { ...field, ...gvkOf(referrer) }, { set, at: referrer.range })
}

interface Choice extends Candidates {
  readonly referrer: YamlMap
  readonly path: string
  readonly isMeant?: (item: Item) => boolean
}

function listed(node: YamlNode, choice: Choice): YamlNode {
  if (isNothing(node)) return node
  if (node.kind === 'sequence') return fail('invalid-field-path', node.range, choice.path)
  return node.kind === 'map' ? mapping(node, choice) : scalar(node, choice)
}

function scalar(node: YamlNode, choice: Choice): YamlNode {
  const name = (item: Item) => metadataText(item.node, 'name')
  const found = chosen(textOf(node), choice, name)
  return found === undefined || name(found) === textOf(node) ? node : textNode(name(found), node.range)
}

/** Of a mapping with a name, its namespace follows, too. */
function mapping(node: YamlMap, choice: Choice): YamlNode {
  const name = valueAt(node, 'name')
  if (name === undefined) return fail('invalid-field-path', node.range, choice.path)
  const isMeant = inWrittenNamespace(node, choice)
  const identity = (item: Item) =>
    JSON.stringify([metadataText(item.node, 'name'), metadataText(item.node, 'namespace')])
  const found = chosen(textOf(name), { ...choice, isMeant }, identity)
  if (found === undefined) return node
  const [newName, namespace] = [metadataText(found.node, 'name'), metadataText(found.node, 'namespace')]
  if (newName === textOf(name) && namespace === '') return node
  const named = withValue(node, 'name', textNode(newName, name.range))
  if (namespace === '') return named
  const written = valueAt(node, 'namespace')
  return withValue(named, 'namespace', textNode(namespace, written?.range ?? name.range))
}

/** Where a namespace is written, objects that stood in it, or if there are none, that stand in it. */
function inWrittenNamespace(node: YamlMap, { items, referrer }: Choice): (item: Item) => boolean {
  const written = valueAt(node, 'namespace')
  if (written === undefined) return () => true
  const namespace = textOf(written)
  const isIn = (idOf: (object: YamlMap) => ReturnType<typeof currentId>) => (item: Item) => {
    const id = idOf(item.node)
    return !isClusterScoped(id) && effectiveNamespace(id) === namespace
  }
  const wasIn = isIn(originalId)
  const isKnown = items.some((item) => mayBeReferred(item.node, referrer) && wasIn(item))
  return isKnown ? wasIn : isIn(currentId)
}

/** The one object that is meant: of several, those with the referrer's own prefixes and suffixes. */
function chosen(
  name: string,
  { referrer, to, named, path, isMeant = () => true }: Choice,
  identityOf: (item: Item) => string,
): Item | undefined {
  const from = currentId(referrer)
  const role = path.endsWith('roleRef/name') ? roleOf(referrer) : undefined
  const meant = (named.get(name) ?? []).filter((item) => {
    const { node } = item
    const before = previousIds(node)
    const now = currentId(node)
    return (
      isMeant(item) &&
      mayBeReferred(node, referrer) &&
      before.some((id) => isSelected(id, to)) &&
      (role === undefined || before.some((id) => isSelected(id, role))) &&
      (isClusterScoped(from) ||
        isClusterScoped(now) ||
        now.kind === 'ServiceAccount' ||
        effectiveNamespace(from) === effectiveNamespace(now))
    )
  })
  if (meant.length === 1) return meant[0]
  const near = meant.filter(({ node }) => hasAffixesOf(node, referrer, 'or none'))
  const left = near.length > 1 ? near.filter(({ node }) => hasAffixesOf(node, referrer, 'exactly')) : near
  const [first] = left
  if (first === undefined || new Set(left.map(identityOf)).size === 1) return first
  return fail('ambiguous-reference', referrer.range, name)
}

function roleOf(referrer: YamlMap): Gvk | undefined {
  const role = valueAt(referrer, 'roleRef')
  const [group, kind] = [valueAt(role, 'apiGroup'), valueAt(role, 'kind')]
  return group === undefined || kind === undefined
    ? undefined
    : { group: textOf(group), version: '', kind: textOf(kind) }
}

function hasAffixesOf(a: YamlMap, b: YamlMap, how: 'exactly' | 'or none'): boolean {
  return (['prefixes', 'suffixes'] as const).every((kind) => {
    const [ofA, ofB] = [affixes(a, kind), affixes(b, kind)]
    if (how === 'or none' && (ofA.length === 0 || ofB.length === 0)) return true
    return endAlike(ofA, ofB)
  })
}

/** Whether the shorter of two lists is the end of the other; an empty one is the end of an empty one only. */
function endAlike(a: readonly string[], b: readonly string[]): boolean {
  const shared = Math.min(a.length, b.length)
  if (shared === 0) return a.length === b.length
  return a.slice(-shared).every((each, index) => each === b.slice(-shared)[index])
}
