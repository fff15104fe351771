import type { JsonValue } from '../../../manifest/json.ts'
import { at, labelsOf, objectsOf, textOf } from '../../../manifest/json-fields.ts'
import { resolveHost } from '../../../manifest/names.ts'
import type { KindEntry } from '../../kind-entry.ts'
import { everybody, type Labels, type Setting, type Subject, type Target } from '../../reach.ts'
import { isOpen } from '../../reading/label-selector.ts'
import { quietKinds } from '../spec.ts'

/** The labels that a selector asks for, without Cilium's word for where they are from. */
function matched(selector: JsonValue | undefined): Labels {
  const labels = labelsOf(at(selector, 'matchLabels'))
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [key.replace(/^(?:k8s|any)[:.]/, ''), value]),
  )
}

/** Pods by their labels; all of the namespace, or of the cluster, where it names none. */
function podsBy(
  selector: JsonValue | undefined,
  { namespace }: Subject,
  isOfAll: boolean,
): readonly Target[] {
  const labels = matched(selector)
  if (Object.keys(labels).length > 0)
    return [{ kind: 'pods', labels, among: isOfAll ? 'all' : { namespace } }]
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

/** Whoever may not reach pods, or not be reached by them, finds out what becomes of no request. */
function networkReach(subject: Subject, { rootNamespaces }: Setting): readonly Target[] {
  const isRoot = rootNamespaces.has(subject.namespace ?? '')
  return [
    ...podsBy(at(subject.body, 'spec', 'podSelector'), subject, isRoot),
    { kind: 'entered', namespace: subject.namespace },
  ]
}

/** Cilium's: of a namespace or of the cluster, one `spec` or several `specs`. */
function ciliumReach(subject: Subject): readonly Target[] {
  const { body, kind } = subject
  const isOfAll = kind.includes('Clusterwide')
  const specs = [...objectsOf(body['spec']), ...objectsOf(body['specs'])]
  return specs.flatMap((each) => podsBy(each['endpointSelector'], subject, isOfAll))
}

/** Cilium leads calls of Services, or of addresses, elsewhere. */
function ledElsewhere(subject: Subject, clusterDomain: string): readonly Target[] {
  const { body, namespace } = subject
  const spec = at(body, 'spec')
  const services = [
    ...objectsOf(at(spec, 'services')),
    ...objectsOf(at(spec, 'redirectFrontend', 'serviceMatcher')),
  ].flatMap((each) => {
    const name = textOf(each['name']) ?? textOf(each['serviceName'])
    const there = textOf(each['namespace']) ?? namespace
    return name === undefined
      ? []
      : [{ kind: 'service', host: resolveHost(name, there, clusterDomain) } as const]
  })
  if (services.length > 0) return services
  return [namespace === undefined ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

/** Policies of administrators: pods, or all of namespaces, by selectors of Kubernetes. */
function subjectReach({ body }: Subject): readonly Target[] {
  const subject = at(body, 'spec', 'subject')
  const pods = at(subject, 'pods')
  const namespaces = at(subject, 'namespaces') ?? at(pods, 'namespaceSelector') ?? null
  const objects = at(pods, 'podSelector') ?? null
  if (isOpen(namespaces) && isOpen(objects)) return [{ kind: 'everybody' }]
  return [{ kind: 'admitted', of: 'pods', namespaces, objects }]
}

/** Others' select by texts of their own: their namespace, or all. */
function widest({ namespace, kind }: Subject): readonly Target[] {
  const isOfAll = kind.startsWith('Global') || kind.startsWith('Cluster')
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

/** By which the network of the cluster itself is set up. */
const setUp = new Set(['cilium-config', 'calico-config', 'kube-proxy', 'kube-flannel-cfg', 'antrea-config'])

function setUpDecides({ name, body }: Subject): JsonValue | undefined {
  return setUp.has(name) ? (body['data'] ?? null) : undefined
}

/** What stands between pods below any proxy: who is let through decides whether a request arrives at all. */
export const networks: readonly KindEntry[] = [
  {
    group: '',
    kinds: ['ConfigMap'],
    decides: setUpDecides,
    reach: everybody,
    partial: true,
  },
  quietKinds('networking.k8s.io', ['NetworkPolicy'], networkReach),
  quietKinds('cilium.io', ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'], ciliumReach),
  quietKinds(
    'cilium.io',
    ['CiliumLocalRedirectPolicy', 'CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig'],
    (subject, { clusterDomain }) => ledElsewhere(subject, clusterDomain),
  ),
  quietKinds(
    'policy.networking.k8s.io',
    ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
    subjectReach,
  ),
  ...['projectcalico.org', 'crd.projectcalico.org'].map((group) =>
    quietKinds(group, ['NetworkPolicy', 'GlobalNetworkPolicy'], widest),
  ),
  quietKinds('crd.antrea.io', ['NetworkPolicy', 'ClusterNetworkPolicy'], widest),
]
