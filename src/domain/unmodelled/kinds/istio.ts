import { at, labelsOf, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import { resolveHost } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { exportsOf } from '../reading/destination-rule.ts'
import { isRefusedByEnvoy } from '../reading/hash-policies.ts'
import { addressesOf, portsOf } from '../reading/known-by.ts'
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
function destinationRuleReach(subject: Subject, setting: Setting): readonly Target[] {
  const { body, namespace } = subject
  const { clusterDomain, rootNamespaces } = setting
  if (isRefusedByEnvoy(body)) return [{ kind: 'everybody' }]
  const host = resolveHost(textOf(at(body, 'spec', 'host')) ?? '', namespace, clusterDomain).toLowerCase()
  const exports = exportsOf(subject)
  const isPrivate = exports.length > 0 && exports.every((each) => each === '.' || each === namespace)
  const entered: Target = { kind: 'entered', namespace }
  if (namespace === undefined) return [{ kind: 'service', host }]
  if (isPrivate) return [{ kind: 'calls', host, clients: [namespace] }, entered]
  if (rootNamespaces.has(namespace))
    return namespaceOfHost(host, clusterDomain) === undefined || host.startsWith('*')
      ? [{ kind: 'everybody' }]
      : [{ kind: 'calls', host }]
  if (namespaceOfHost(host, clusterDomain) === namespace) return [{ kind: 'service', host }, entered]
  const own = `*.${namespace}.svc.${clusterDomain}`
  return [
    { kind: 'calls', host, clients: [namespace] },
    ...(coversServices(host, own) ? [{ kind: 'service', host: own } as const] : []),
    entered,
  ]
}

/** Whether a wildcard, `*` or `*.local`, takes all services of a namespace as well, whoever calls them. */
function coversServices(host: string, services: string): boolean {
  return host.startsWith('*') && services.endsWith(host.slice(1))
}

/** Protocols that are told apart by a host name; of any other a proxy knows the address and the port alone. */
const knownByName = /^(?:https?|http2|grpc(?:-web)?|tls)$/i

/**
 * The ports that an entry takes whole, whatever the host: without addresses of its own it listens on every address, and
 * a short prefix is nearly the same.
 */
function portsTaken({ body }: Subject): readonly number[] {
  const addresses = textsOf(at(body, 'spec', 'addresses'))
  const isNarrow = addresses.length > 0 && addresses.every((each) => !/\/[0-7]$/.test(each))
  if (isNarrow) return []
  return objectsOf(at(body, 'spec', 'ports')).flatMap(({ number, protocol }) =>
    typeof number === 'number' && !knownByName.test(textOf(protocol) ?? '') ? [number] : [],
  )
}

/** A host, and the services of Kubernetes whose shorter names are the same text: `web`, `web.shop`, `web.shop.svc`. */
function alsoCalled(host: string, clusterDomain: string): readonly string[] {
  const labels = host.split('.')
  if (labels.length === 1) return [host, resolveHost(host, undefined, clusterDomain).toLowerCase()]
  if (labels.at(-1) === 'svc') return [host, `${host}.${clusterDomain}`]
  return labels.length === 2 ? [host, `${host}.svc.${clusterDomain}`] : [host]
}

/** A ServiceEntry is known wherever it is exported to, and adds to, or stands in for, whatever else has its hosts. */
function serviceEntryReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { body, namespace } = subject
  const exports = textsOf(at(body, 'spec', 'exportTo'))
  const among = exports.flatMap((each) => (each === '.' ? (namespace ?? []) : [each]))
  const clients = exports.length === 0 || exports.includes('*') ? undefined : among
  return [
    ...textsOf(at(body, 'spec', 'hosts'))
      .flatMap((host) => alsoCalled(host.toLowerCase(), clusterDomain))
      .map((host): Target => ({ kind: 'calls', host, ...(clients && { clients }) })),
    ...portsTaken(subject).map(
      (port): Target => ({ kind: 'port', port, ...(clients && { among: clients }) }),
    ),
    ...atAddresses(subject),
    { kind: 'selected', namespace, labels: labelsOf(at(body, 'spec', 'workloadSelector', 'labels')) },
    { kind: 'entered', namespace },
  ]
}

/** A proxy knows what is no HTTP by its address and port; what another has already is taken from it. */
function atAddresses(subject: Subject): readonly Target[] {
  const [addresses, ports] = [addressesOf(subject), portsOf(subject)]
  return addresses.length === 0 ? [] : [{ kind: 'addresses', addresses, ports }]
}

/** A workload that is no pod becomes an endpoint of whatever selects its labels: those of the object, under those it spells out. */
function workloadReach({ body, namespace, labels: own }: Subject): readonly Target[] {
  const labels = {
    ...own,
    ...labelsOf(at(body, 'spec', 'labels')),
    ...labelsOf(at(body, 'spec', 'metadata', 'labels')),
  }
  return [
    { kind: 'selecting', namespace, labels },
    { kind: 'entered', namespace },
  ]
}

/** A VirtualService within something else: it stands in for that of its name, and claims its hosts. */
function virtualServiceReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { body, name, namespace } = subject
  const hosts = textsOf(at(body, 'spec', 'hosts')).map((host) => host.toLowerCase())
  if (hosts.some(isUnknown) || (isUnknown(name) && isUnknown(namespace ?? ''))) return [{ kind: 'everybody' }]
  const gateways = textsOf(at(body, 'spec', 'gateways'))
  const isOnGateways = gateways.some((gateway) => gateway !== 'mesh')
  const isOnMesh = gateways.length === 0 || gateways.includes('mesh')
  return [
    ...named(name, namespace),
    ...(isOnGateways && hosts.length > 0 ? [{ kind: 'hosts', hosts } as const] : []),
    ...(isOnMesh ? hosts : []).map(
      (host): Target => ({
        kind: 'service',
        host: resolveHost(host, namespace, clusterDomain).toLowerCase(),
      }),
    ),
    { kind: 'entered', namespace },
  ]
}

/** A name that is filled in may be that of any in its namespace; a namespace that is, any. */
function named(name: string, namespace: string | undefined): readonly Target[] {
  if (name === '') return []
  // Within a release Helm takes over no object of another's.
  if (isUnknown(name)) return namespace === undefined ? [] : [{ kind: 'residents', namespace }]
  const there = isUnknown(namespace ?? '') ? undefined : namespace
  return [{ kind: 'virtual-service', named: { name, namespace: there }, all: false }]
}

/** A Gateway within something else: whatever arrives at its pods, for its hosts. */
function gatewayReach({ body, namespace }: Subject): readonly Target[] {
  const servers = objectsOf(at(body, 'spec', 'servers'))
  const hosts = servers.flatMap((server) =>
    textsOf(server['hosts']).map((host) => host.slice(host.lastIndexOf('/') + 1).toLowerCase()),
  )
  const labels = labelsOf(at(body, 'spec', 'selector'))
  if (hosts.some(isUnknown) || Object.values(labels).some(isUnknown)) return [{ kind: 'everybody' }]
  return [
    { kind: 'gateway-pods', labels },
    ...(hosts.length > 0 ? [{ kind: 'hosts', hosts } as const] : []),
    { kind: 'entered', namespace },
  ]
}

/** What networking.istio.io has beside VirtualServices and Gateways; those count here within something else alone. */
export const istio: readonly KindEntry[] = [
  { group, kinds: ['DestinationRule'], decides: specOf, reach: destinationRuleReach },
  { group, kinds: ['ServiceEntry'], decides: specOf, reach: serviceEntryReach },
  {
    group,
    kinds: ['WorkloadEntry', 'WorkloadGroup'],
    decides: (subject) => [specOf(subject), subject.labels],
    reach: workloadReach,
  },
  { group, kinds: ['VirtualService'], decides: specOf, reach: virtualServiceReach },
  { group, kinds: ['Gateway'], decides: specOf, reach: gatewayReach },
  { group, decides: specOf, reach: workloadsReached },
]
