import { memoized } from '../../source/memoized.ts'
import type { SourceFile, SourceRange } from '../../source/source-file.ts'
import { yamlDocuments } from '../../source/yaml.ts'
import { entryOf, textAt, type YamlMap, type YamlNode } from '../../source/yaml-node.ts'
import type { JsonObject } from '../json.ts'
import { groupOf } from '../kinds/deciding-groups.ts'
import { madeByResourceSet } from '../kinds/resource-sets.ts'
import { jsonOf } from '../yaml-json.ts'
import type { ConfigMap } from './delivery/config-maps.ts'
import { fieldsOf, textIn } from './written.ts'

/** What delivers folders of Git to clusters: an object of Argo CD or Flux, of Fleet, Config Sync, kapp or Karmada. */
export interface DeliveryObject {
  readonly kind:
    | 'Application'
    | 'ApplicationSet'
    | 'AppProject'
    | 'Kustomization'
    | 'HelmRelease'
    | 'GitRepo'
    | 'RootSync'
    | 'RepoSync'
    | 'App'
    | 'ConfigManagementPlugin'
    | 'FluxInstance'
    | 'ResourceSet'
    | KarmadaKind
    | SourceKind
  readonly name: string
  readonly namespace?: string
  readonly annotations: JsonObject
  readonly spec: JsonObject
  readonly file: SourceFile
  readonly range: SourceRange
  /** The object itself, each value with its place. */
  readonly node: YamlMap
  /** What is delivered together with it, where that was worked out. */
  readonly configMaps?: readonly ConfigMap[]
}

type KarmadaKind = (typeof karmadaKinds)[number]

const karmadaKinds = [
  'PropagationPolicy',
  'ClusterPropagationPolicy',
  'OverridePolicy',
  'ClusterOverridePolicy',
] as const

/** Whether Karmada sends objects to clusters by it, or changes them on the way: it selects them one by one. */
export function isKarmadaKind(kind: string): kind is KarmadaKind {
  return karmadaKinds.some((each) => each === kind)
}

type SourceKind = (typeof sourceKinds)[number]

const sourceKinds = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmChart', 'ExternalArtifact'] as const

/** Where Flux fetches from. */
export function isSourceKind(kind: string): kind is SourceKind {
  return sourceKinds.some((each) => each === kind)
}

const kindsByGroup: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': ['Application', 'ApplicationSet', 'AppProject', 'ConfigManagementPlugin'],
  'kustomize.toolkit.fluxcd.io': ['Kustomization'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'source.toolkit.fluxcd.io': sourceKinds,
  'fluxcd.controlplane.io': ['FluxInstance', 'ResourceSet'],
  'fleet.cattle.io': ['GitRepo'],
  'configsync.gke.io': ['RootSync', 'RepoSync'],
  'kappctrl.k14s.io': ['App'],
  'policy.karmada.io': karmadaKinds,
}

/** Whether a text may hold such an object: it names one of the groups, or spells something behind escapes. */
function mayDeliver(text: string): boolean {
  return /argoproj\.io|(?:toolkit\.fluxcd|fluxcd\.controlplane)\.io|fleet\.cattle\.io|configsync\.gke\.io|kappctrl\.k14s\.io|policy\.karmada\.io|\\[xuU\r\n]/.test(
    text,
  )
}

/** A document that names a group of theirs and does not read: a template, mostly. */
export interface UnreadDelivery {
  readonly file: SourceFile
  readonly range: SourceRange
  readonly text: string
}

/** Everything in a file that delivers. */
export interface DeliveriesIn {
  readonly objects: readonly DeliveryObject[]
  readonly unread: readonly UnreadDelivery[]
}

const none: DeliveriesIn = { objects: [], unread: [] }

/** The objects of Argo CD and Flux in a file, lists unwrapped. */
export const deliveriesIn = memoized((file: SourceFile): DeliveriesIn => {
  if (!mayDeliver(file.text)) return none
  const objects: DeliveryObject[] = []
  const unread: UnreadDelivery[] = []
  for (const { root, range } of yamlDocuments(file, { id: 'invalid-manifest', wanted: mayDeliver })) {
    const text = file.text.slice(range.start, range.end)
    if (root !== undefined) objects.push(...objectsIn(root, { file, range }))
    else if (names.test(text)) unread.push({ file, range, text })
  }
  return { objects, unread }
})

const names =
  /kind:\s*["']?(?:Application(?:Set)?|AppProject|Kustomization|HelmRelease|HelmChart|GitRepository|OCIRepository)\b/

function objectsIn(
  node: YamlNode | undefined,
  at: Pick<DeliveryObject, 'file' | 'range'>,
): readonly DeliveryObject[] {
  if (node?.kind !== 'map') return []
  const items = entryOf(node, 'items')?.value
  const listed = items?.kind === 'sequence' ? items.items : [items]
  return [deliveryObjectsOf(node, at), ...listed.map((item) => objectsIn(item, at))].flat()
}

/** An object that delivers, and those that a ResourceSet makes. */
export function deliveryObjectsOf(
  node: YamlMap,
  at: Pick<DeliveryObject, 'file' | 'range'>,
): readonly DeliveryObject[] {
  const made = (madeByResourceSet(node) ?? []).flatMap((each) => (each.kind === 'map' ? each : []))
  return [node, ...made].flatMap((each) => deliveryObjectOf(each, at) ?? [])
}

/** The object as one that delivers, if it is of one of these kinds. */
function deliveryObjectOf(
  node: YamlMap,
  at: Pick<DeliveryObject, 'file' | 'range'>,
): DeliveryObject | undefined {
  const kind = textAt(node, 'kind') ?? ''
  const group = groupOf(textAt(node, 'apiVersion') ?? '')
  if (!(Object.hasOwn(kindsByGroup, group) && kindsByGroup[group]?.includes(kind))) return undefined
  const { metadata, spec } = fieldsOf(jsonOf(node))
  const { name, namespace, annotations } = fieldsOf(metadata)
  const space = textIn(namespace)
  return {
    // The table above holds these kinds alone.
    kind: kind as DeliveryObject['kind'],
    name: textIn(name) ?? '',
    ...(space !== undefined && { namespace: space }),
    annotations: fieldsOf(annotations),
    spec: fieldsOf(spec),
    node,
    ...at,
  }
}
