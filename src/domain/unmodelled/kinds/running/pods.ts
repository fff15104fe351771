import type { JsonValue } from '../../../manifest/json.ts'
import { at, filtered, picked } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Setting, Subject, Target } from '../../reach.ts'
import { podTemplatesOf } from '../../reading/pod-templates.ts'
import { readByIstio } from '../read-by-istio.ts'

/** Pods answer for whatever selects their labels; images and replicas are nobody's concern here. */
function podsDecide({ body }: Subject): JsonValue | undefined {
  const templates = podTemplatesOf(body)
  if (templates.length === 0) return undefined
  return templates.map(({ labels, annotations }) => ({
    labels,
    annotations: filtered(annotations, readByIstio),
  }))
}

/** Whatever selects them: Services, and gateways. */
export function podsReach({ body, namespace }: Subject): readonly Target[] {
  return podTemplatesOf(body).flatMap(({ labels }): readonly Target[] => [
    { kind: 'selecting', namespace, labels },
    { kind: 'gateway-pods', labels },
  ])
}

/** What is read of a pod itself: whether it has a sidecar, of which revision, how it is set up, and who may rewrite it. */
function sidecarDecides({ body }: Subject, { podLabels }: Setting): JsonValue | undefined {
  const read = podTemplatesOf(body).map(({ labels, annotations }) => [
    Object.fromEntries(Object.entries(labels).filter(([key]) => readByIstio.test(key) || podLabels.has(key))),
    filtered(annotations, readByIstio),
  ])
  const some = read.filter((each) => each.some((entries) => Object.keys(entries).length > 0))
  return some.length === 0 ? undefined : some
}

/** An account under which pods run: whether they get its token, and from where they may fetch their images. */
function accountDecides({ body }: Subject): JsonValue {
  return picked(body, ['automountServiceAccountToken', 'imagePullSecrets'])
}

/** Whatever makes pods, of whatever kind. */
export const pods: readonly KindEntry[] = [
  { group: '*', decides: podsDecide, reach: podsReach, partial: true, quiet: true },
  {
    group: '',
    kinds: ['ServiceAccount'],
    decides: accountDecides,
    // Pods that name none run under this one.
    reach: ({ name, namespace }) => [{ kind: name === 'default' ? 'residents' : 'entered', namespace }],
    partial: true,
    quiet: true,
  },
  {
    group: 'hnc.x-k8s.io',
    kinds: ['HierarchyConfiguration'],
    decides: ({ body }) => at(body, 'spec') ?? null,
    reach: ({ namespace }) => [{ kind: 'entered', namespace }],
    partial: true,
    quiet: true,
  },
  {
    group: '*',
    kinds: ['Deployment'],
    decides: () => 'there',
    reach: ({ name, namespace }) => [{ kind: 'made-for-gateway', namespace, name }],
    partial: true,
    quiet: true,
  },
  { group: '*', decides: sidecarDecides, reach: () => [], partial: true, quietIfNew: true },
]
