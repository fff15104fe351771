import { compareTexts } from '../source/compare-texts.ts'
import type { YamlMap, YamlNode } from '../source/yaml-node.ts'
import { fail } from './fault.ts'
import type { Item } from './item.ts'
import { withoutDuplicates } from './items.ts'
import { currentId, type Gvk } from './naming/identity.ts'
import { itemsAt } from './reading/shape.ts'
import { textOf, valueAt } from './values/tree.ts'

const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']

/** The items in the order in which they are printed, and so created: by kind unless `sortOptions` says as they come. */
export function inOrder(items: readonly Item[], body: YamlMap): readonly Item[] {
  const options = valueAt(body, 'sortOptions')
  const order = options === undefined ? 'legacy' : textOf(valueAt(options, 'order'))
  const legacy = valueAt(options, 'legacySortOptions')
  if (options !== undefined && order !== 'legacy' && order !== 'fifo')
    fail('wrong-kind', options.range, order)
  if (order === 'fifo') {
    if (legacy !== undefined) fail('wrong-kind', legacy.range, order)
    return items
  }
  const rank = ranks(legacy)
  const keyed = withoutDuplicates(items, body.range).map((item) => ({ item, key: keysOf(item, rank) }))
  return keyed
    .toSorted((a, b) => a.key.rank - b.key.rank || compareTexts(a.key.text, b.key.text))
    .map(({ item }) => item)
}

function ranks(legacy: YamlNode | undefined): (kind: string) => number {
  const before = legacy === undefined ? first : itemsAt(legacy, 'orderFirst').map(textOf)
  const behind = legacy === undefined ? last : itemsAt(legacy, 'orderLast').map(textOf)
  const known = new Map([
    ...before.map((kind, index) => [kind, index - before.length] as const),
    ...behind.map((kind, index) => [kind, index + 1] as const),
  ])
  return (kind) => known.get(kind) ?? 0
}

function keysOf(
  { node }: Item,
  rank: (kind: string) => number,
): { readonly rank: number; readonly text: string } {
  const id = currentId(node)
  return { rank: rank(id.kind), text: `${gvkText(id)}|${id.namespace || '~X'}|${id.name || '~N'}` }
}

function gvkText({ group, version, kind }: Gvk): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`
}
