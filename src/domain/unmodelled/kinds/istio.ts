import { resolveHost } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { at, labelsOf, textOf, textsOf } from '../written.ts'
import { workloadsReached } from './selected.ts'
import { specOf } from './spec.ts'

const group = 'networking.istio.io'

/** The namespace of a Kubernetes service's full name. */
function namespaceOfHost(host: string, clusterDomain: string): string | undefined {
  const suffix = `.svc.${clusterDomain}`
  if (!host.endsWith(suffix)) return undefined
  return host.slice(0, -suffix.length).split('.')[1]
}

/**
 * Istio looks for the DestinationRule of a host in the client's namespace, then in the service's, then in the root
 * namespace: one that lies in none of the last two concerns the clients of its own namespace only.
 */
function destinationRuleReach({ body, namespace }: Subject, setting: Setting): readonly Target[] {
  const { clusterDomain, rootNamespaces } = setting
  const host = resolveHost(textOf(at(body, 'spec', 'host')) ?? '', namespace, clusterDomain).toLowerCase()
  const exports = textsOf(at(body, 'spec', 'exportTo'))
  const isPrivate = exports.length > 0 && exports.every((each) => each === '.' || each === namespace)
  const entered: Target = { kind: 'entered', namespace }
  if (namespace === undefined) return [{ kind: 'service', host }]
  if (isPrivate) return [{ kind: 'calls', host, clients: [namespace] }, entered]
  if (rootNamespaces.has(namespace))
    return namespaceOfHost(host, clusterDomain) === undefined || host.startsWith('*')
      ? [{ kind: 'everybody' }]
      : [{ kind: 'calls', host }]
  if (namespaceOfHost(host, clusterDomain) === namespace) return [{ kind: 'service', host }, entered]
  return [{ kind: 'calls', host, clients: [namespace] }, entered]
}

/** A ServiceEntry is known wherever it is exported to, and adds to, or stands in for, whatever else has its hosts. */
function serviceEntryReach({ body, namespace }: Subject): readonly Target[] {
  const exports = textsOf(at(body, 'spec', 'exportTo'))
  const among = exports.flatMap((each) => (each === '.' ? (namespace ?? []) : [each]))
  const clients = exports.length === 0 || exports.includes('*') ? undefined : among
  return [
    ...textsOf(at(body, 'spec', 'hosts')).map(
      (host): Target => ({ kind: 'calls', host: host.toLowerCase(), ...(clients && { clients }) }),
    ),
    { kind: 'entered', namespace },
  ]
}

/** A workload that is no pod becomes an endpoint of whatever selects its labels. */
function workloadReach({ body, namespace }: Subject): readonly Target[] {
  const labels = {
    ...labelsOf(at(body, 'spec', 'labels')),
    ...labelsOf(at(body, 'spec', 'metadata', 'labels')),
  }
  return [
    { kind: 'selecting', namespace, labels },
    { kind: 'entered', namespace },
  ]
}

/** What networking.istio.io has beside VirtualServices and Gateways. */
export const istio: readonly KindEntry[] = [
  { group, kinds: ['DestinationRule'], decides: specOf, reach: destinationRuleReach },
  { group, kinds: ['ServiceEntry'], decides: specOf, reach: serviceEntryReach },
  { group, kinds: ['WorkloadEntry', 'WorkloadGroup'], decides: specOf, reach: workloadReach },
  { group, decides: specOf, reach: workloadsReached },
]
