import type { SourceRange } from '../../source/source-file.ts'
import type { YamlMap, YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { fail } from '../fault.ts'
import { changed, type Item, remembering } from '../item.ts'
import { currentId, effectiveNamespace, gvkOf, keyOf, printed } from '../naming/identity.ts'
import { isClusterScoped } from '../reading/cluster-scoped.ts'
import { changeFields, type FieldSpec } from '../values/field-spec.ts'
import { isNothing, mapNode, textNode, textOf, valueAt, withEntry, withValue } from '../values/tree.ts'

/** A namespace that is set, and where it says so. */
export interface NamespaceSetting {
  readonly value: YamlScalar
  /** Its key, which every namespace that it sets is said to be written at. */
  readonly keyRange: SourceRange
  readonly fields: readonly FieldSpec[]
  /** Only objects without a namespace get this one. */
  readonly unsetOnly: boolean
  /** Which subjects of a RoleBinding get it. */
  readonly subjects: 'defaultOnly' | 'allServiceAccounts' | 'none'
}

/** All items in the namespace, but those of kinds known to be cluster-scoped. Two that become one end the build. */
export function inNamespace(items: readonly Item[], setting: NamespaceSetting): readonly Item[] {
  const count = new Map<string, number>()
  const add = (key: string, by: number) => count.set(key, (count.get(key) ?? 0) + by)
  for (const { node } of items) add(keyOf(currentId(node)), 1)
  return items.map((item) => {
    add(keyOf(currentId(item.node)), -1)
    const node = withNamespace(remembering(item.node, effectiveNamespace), setting)
    const id = currentId(node)
    add(keyOf(id), 1)
    if (count.get(keyOf(id)) !== 1) fail('namespace-conflict', setting.keyRange, printed(id))
    return changed(item, node, setting.keyRange)
  })
}

const roleBindings: ReadonlySet<string> = new Set(['RoleBinding', 'ClusterRoleBinding'])

function withNamespace(node: YamlMap, setting: NamespaceSetting): YamlMap {
  const gvk = gvkOf(node)
  const own = isClusterScoped(gvk) ? node : withMetadataNamespace(node, setting)
  const isBinding = roleBindings.has(gvk.kind)
  const bound = isBinding ? withSubjects(own, setting) : own
  const fields = setting.fields.filter(
    ({ path, kind }) =>
      path !== 'metadata/namespace' &&
      (path !== 'metadata/name' || (gvk.group === '' && gvk.version === 'v1')) &&
      !(isBinding && roleBindings.has(kind) && path === 'subjects/namespace'),
  )
  const set = (field: YamlNode) => {
    if (field.kind !== 'scalar') return fail('invalid-field-path', field.range, 'namespace')
    return isKept(field, setting) ? field : textNode(setting.value.text, setting.value.range)
  }
  return changeFields(bound, fields, { set, make: 'text', at: setting.keyRange })
}

function isKept(field: YamlNode | undefined, { unsetOnly }: NamespaceSetting): boolean {
  return unsetOnly && !isNothing(field) && textOf(field) !== ''
}

function withMetadataNamespace(node: YamlMap, setting: NamespaceSetting): YamlMap {
  const written = valueAt(node, 'metadata')
  const metadata = written?.kind === 'map' ? written : mapNode(setting.keyRange)
  const before = valueAt(metadata, 'namespace')
  if (before !== undefined && before.kind !== 'scalar') return fail('kinds-differ', before.range, 'a scalar')
  if (isKept(before, setting)) return node
  const value = textNode(setting.value.text, setting.value.range)
  const entry = { key: 'namespace', keyRange: setting.keyRange, value }
  return withValue(node, 'metadata', withEntry(metadata, entry))
}

function withSubjects(node: YamlMap, setting: NamespaceSetting): YamlMap {
  const subjects = valueAt(node, 'subjects')
  if (setting.subjects === 'none' || subjects?.kind !== 'sequence') return node
  const isMeant = (subject: YamlNode) =>
    setting.subjects === 'defaultOnly'
      ? textOf(valueAt(subject, 'name')) === 'default'
      : textOf(valueAt(subject, 'kind')) === 'ServiceAccount'
  const items = subjects.items.map((subject) => {
    if (subject.kind !== 'map' || !isMeant(subject)) return subject
    if (isKept(valueAt(subject, 'namespace'), setting)) return subject
    const value = textNode(setting.value.text, setting.value.range)
    return withEntry(subject, { key: 'namespace', keyRange: setting.keyRange, value })
  })
  return withValue(node, 'subjects', { ...subjects, items })
}
