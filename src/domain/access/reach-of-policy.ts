import { gatewayApiGroup, gatewayNameLabel } from '../manifest/kinds/gateway-api-names.ts'
import { isUnknown } from '../manifest/placeholders/placeholders.ts'
import type { AccessPolicy } from './access-policy.ts'
import { areSelected, type GatewayPods, has, mayRunIn, type Workload } from './gateway-pods.ts'

type Answer = 'yes' | 'no' | 'perhaps'

/** What is known of the mesh. */
interface Known {
  readonly rootNamespaces: readonly string[]
  readonly workloads: readonly Workload[]
}

/**
 * Whether a policy is for the pods of a gateway (istio.io, "Workload selector"): in the root namespace for those of all
 * namespaces, else for those of its own; by labels where it selects. `perhaps` where that is not known, or where some of the pods
 * are meant and others not.
 */
export function reachOfPolicy(policy: AccessPolicy, pods: readonly GatewayPods[], known: Known): Answer {
  const answers = new Set(pods.map((each) => reachesPods(policy, each, known)))
  const [only = 'no', ...others] = answers
  return others.length === 0 ? only : 'perhaps'
}

function reachesPods(policy: AccessPolicy, pods: GatewayPods, known: Known): Answer {
  if (policy.targets.length > 0) return isAttachedTo(policy, pods)
  const selected = areSelected(pods, policy.selector)
  if (selected === 'no' || (selected === 'perhaps' && isAboutOthers(policy, pods, known))) return 'no'
  const there = isInNamespace(policy, pods, known.rootNamespaces)
  if (there === 'no' || (there === 'yes' && selected === 'yes')) return there
  return 'perhaps'
}

/**
 * Nobody knows all labels of the pods. Whoever selects by none that is known of them means others, unless it stands where they run and
 * nothing here is known to have those labels.
 */
function isAboutOthers(
  { namespace, selector }: AccessPolicy,
  pods: GatewayPods,
  { workloads }: Known,
): boolean {
  if (Object.keys(selector).some((key) => Object.hasOwn(pods.labels, key))) return false
  return !mayRunIn(namespace, pods) || workloads.some(({ labels }) => has(labels, selector))
}

/** What is attached to a Gateway is for the pods that Istio makes for it; on all others it is ignored in silence. */
function isAttachedTo({ targets, namespace }: AccessPolicy, pods: GatewayPods): Answer {
  const name = pods.labels[gatewayNameLabel]
  if (name === undefined) return 'no'
  const isNamed = targets.some(
    (each) =>
      each.group === gatewayApiGroup &&
      each.kind === 'Gateway' &&
      each.name === name &&
      (each.namespace ?? namespace) === namespace,
  )
  return isNamed ? isIn(namespace, pods) : 'no'
}

function isInNamespace(policy: AccessPolicy, pods: GatewayPods, roots: readonly string[]): Answer {
  const { namespace, selector } = policy
  if (namespace !== undefined && roots.includes(namespace)) return roots.length === 1 ? 'yes' : 'perhaps'
  // Whoever selects nothing means what runs beside it: that a gateway does is not taken for granted.
  const isForAll = namespace !== undefined && Object.keys(selector).length === 0 && !isUnknown(namespace)
  if (isForAll && pods.namespaces === undefined && !mayRunIn(namespace, pods)) return 'no'
  return isIn(namespace, pods)
}

function isIn(namespace: string | undefined, { namespaces }: GatewayPods): Answer {
  if (namespaces === undefined || namespace === undefined || isUnknown(namespace)) return 'perhaps'
  if (!namespaces.includes(namespace)) return 'no'
  return namespaces.length === 1 ? 'yes' : 'perhaps'
}
