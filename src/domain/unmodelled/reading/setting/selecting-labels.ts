import { at, objectsOf } from '../../../manifest/json-fields.ts'
import type { UnmodelledResource } from '../../../manifest/resource.ts'
import { partialEntriesOf } from '../../kinds/index.ts'
import type { Setting } from '../../reach.ts'
import { keysUnder } from '../label-selector.ts'
import type { ByKind } from './by-kind.ts'
import type { MeshConfigurations } from './mesh-configurations.ts'

const judges = [
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'MutatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicyBinding',
  'ClusterPolicy',
  'ValidatingPolicy',
  'MutatingPolicy',
  'GeneratingPolicy',
  'DeletingPolicy',
  'ClusterCleanupPolicy',
]

/** What judges or rewrites objects of the mesh, or any pods, and chooses them by labels. */
export function judgingTheMesh({ partial }: ByKind, bare: Setting): readonly UnmodelledResource[] {
  return judges
    .flatMap(partial)
    .filter((each) => partialEntriesOf(each).some(({ decides }) => decides(each, bare) !== undefined))
}

/** Whom these let in, and out, is chosen by labels of pods and of their namespaces. */
const lettingIn = [
  'NetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
]

function letIn({ partial }: ByKind): readonly UnmodelledResource[] {
  return lettingIn.flatMap(partial)
}

/** The keys of labels by which namespaces are chosen. */
export function namespaceLabels(
  kinds: ByKind,
  judging: readonly UnmodelledResource[],
  mesh: MeshConfigurations,
): ReadonlySet<string> {
  const listeners = ['Gateway', 'ListenerSet', 'XListenerSet']
    .flatMap(kinds.objects)
    .flatMap(({ body }) => [
      ...objectsOf(at(body, 'spec', 'listeners')),
      ...objectsOf(at(body, 'spec', 'allowedListeners')),
    ])
  return new Set([
    ...listeners.flatMap((each) => keysUnder(each, /^selector$/)),
    ...judging.flatMap(({ body }) => keysUnder(body, /^namespaceSelector$/)),
    ...letIn(kinds).flatMap(({ body }) => keysUnder(body, /^namespaceSelector$/)),
    ...mesh.namespaceLabels,
  ])
}

/** The keys of labels by which pods are chosen. */
export function podLabels(
  kinds: ByKind,
  judging: readonly UnmodelledResource[],
  mesh: MeshConfigurations,
): ReadonlySet<string> {
  const rewriting = judging.filter(({ kind }) => kind.startsWith('Mutating'))
  return new Set([
    ...rewriting.flatMap(({ body }) => keysUnder(body, /^objectSelector$/)),
    ...letIn(kinds).flatMap(({ body }) => keysUnder(body, /^podSelector$/)),
    ...mesh.podLabels,
  ])
}
