import { canonicalJson, isObject, type JsonValue } from '../../../manifest/json.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Labels, Subject, Target } from '../../reach.ts'
import { isOpen } from '../../reading/label-selector.ts'
import { at, labelsOf, objectsOf } from '../../reading/written.ts'
import { specOf } from '../spec.ts'

/** What Tetragon does to a process, or to its call, beside telling of it. */
const acting =
  /"(?:action|Action)":"(?:Sigkill|Signal|Override|NotifyEnforcer|NotifyKiller|CleanupEnforcerNotification)"/

/** A policy that only watches concerns no request. */
function tracingDecides(subject: Subject): JsonValue | undefined {
  const said = specOf(subject)
  return acting.test(canonicalJson(said)) ? said : undefined
}

function selected(selector: JsonValue | undefined): Labels {
  return labelsOf(at(selector, 'matchLabels'))
}

/** Pods by their labels; all of the namespace, or of the cluster, where it asks for none. */
function podsOf(labels: Labels, { namespace }: Subject, isOfAll: boolean): readonly Target[] {
  if (Object.keys(labels).length > 0)
    return [{ kind: 'pods', labels, among: isOfAll ? 'all' : { namespace } }]
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

function traced(subject: Subject): readonly Target[] {
  const labels = selected(at(subject.body, 'spec', 'podSelector'))
  return podsOf(labels, subject, !subject.kind.endsWith('Namespaced'))
}

/** KubeArmor keeps processes from files, networks and programs, unless it is told only to write down what they do. */
function armourDecides(subject: Subject): JsonValue | undefined {
  const said = specOf(subject)
  return /"action":"(?:Block|Allow)"/i.test(canonicalJson(said)) ? said : undefined
}

function armoured(subject: Subject): readonly Target[] {
  const { body, kind } = subject
  if (kind !== 'KubeArmorPolicy') return [{ kind: 'everybody' }]
  return podsOf(selected(at(body, 'spec', 'selector')), subject, false)
}

/** Which calls, files and rights a profile leaves to those who run with it. */
function profileDecides({ body }: Subject): JsonValue | undefined {
  const { disabled: _, ...said } = isObject(body['spec']) ? body['spec'] : {}
  return said
}

function ofNamespace({ namespace, kind }: Subject): readonly Target[] {
  const isOfAll = namespace === undefined || kind.startsWith('Raw')
  return [isOfAll ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

/** Addresses that are given to Services, and how others learn where they are: without them nothing arrives at a gateway. */
function announces({ body }: Subject): JsonValue | undefined {
  const { avoidBuggyIPs: _, serviceAllocation: __, ...said } = isObject(body['spec']) ? body['spec'] : {}
  return said
}

/** Those that lead what pods send by another node, and away from where it went. */
function egress({ body }: Subject): readonly Target[] {
  const selectors = objectsOf(at(body, 'spec', 'selectors')).map((each) => each['podSelector'])
  return selectors.map((selector) => {
    const { 'io.kubernetes.pod.namespace': namespace, ...labels } = Object.fromEntries(
      Object.entries(selected(selector)).map(([key, value]) => [key.replace(/^k8s[:.]/, ''), value]),
    )
    const among = namespace === undefined ? ('all' as const) : { namespace }
    if (Object.keys(labels).length > 0) return { kind: 'pods', labels, among }
    return namespace === undefined ? { kind: 'everybody' } : { kind: 'namespace', namespace }
  })
}

/** Those of its namespace. */
function entered({ namespace }: Subject): readonly Target[] {
  return [{ kind: 'entered', namespace }]
}

/** By which addresses pods of some namespaces are seen outside. */
function egressAddresses({ body }: Subject): readonly Target[] {
  const [namespaces, objects] = ['namespaceSelector', 'podSelector'].map(
    (field) => at(body, 'spec', field) ?? null,
  )
  if (isOpen(namespaces) && isOpen(objects)) return [{ kind: 'everybody' }]
  return [{ kind: 'admitted', of: 'pods', namespaces: namespaces ?? null, objects: objects ?? null }]
}

const network = (group: string, kinds: readonly string[]): KindEntry => ({
  group,
  kinds,
  decides: specOf,
  reach: () => [{ kind: 'everybody' }],
  partial: true,
})

const entry = (group: string, kinds: readonly string[], rest: Pick<KindEntry, 'decides' | 'reach'>) => ({
  group,
  kinds,
  ...rest,
  partial: true as const,
  quiet: true as const,
})

const announcing = (group: string, kinds: readonly string[]): KindEntry => ({
  group,
  kinds,
  decides: announces,
  reach: () => [{ kind: 'everybody' }],
  partial: true,
  harmlessIfNew: true,
})

/** What ends processes of pods or keeps calls from them, and by which addresses a cluster is reached. */
export const enforcers: readonly KindEntry[] = [
  entry('cilium.io', ['TracingPolicy', 'TracingPolicyNamespaced'], {
    decides: tracingDecides,
    reach: traced,
  }),
  entry('security.kubearmor.com', ['KubeArmorPolicy', 'KubeArmorClusterPolicy', 'KubeArmorHostPolicy'], {
    decides: armourDecides,
    reach: armoured,
  }),
  {
    ...entry(
      'security-profiles-operator.x-k8s.io',
      ['SeccompProfile', 'SelinuxProfile', 'RawSelinuxProfile', 'AppArmorProfile'],
      { decides: profileDecides, reach: ofNamespace },
    ),
    harmlessIfNew: true,
  },
  entry('security-profiles-operator.x-k8s.io', ['ProfileBinding'], { decides: specOf, reach: ofNamespace }),
  entry('cilium.io', ['CiliumEgressGatewayPolicy'], { decides: specOf, reach: egress }),
  announcing('metallb.io', [
    'IPAddressPool',
    'AddressPool',
    'L2Advertisement',
    'BGPAdvertisement',
    'BGPPeer',
  ]),
  announcing('cilium.io', [
    'CiliumLoadBalancerIPPool',
    'CiliumL2AnnouncementPolicy',
    'CiliumBGPPeeringPolicy',
    'CiliumBGPClusterConfig',
    'CiliumBGPAdvertisement',
    'CiliumBGPPeerConfig',
  ]),
  network('crd.projectcalico.org', [
    'FelixConfiguration',
    'KubeControllersConfiguration',
    'Tier',
    'HostEndpoint',
  ]),
  network('projectcalico.org', [
    'FelixConfiguration',
    'KubeControllersConfiguration',
    'Tier',
    'HostEndpoint',
  ]),
  network('operator.tigera.io', ['Installation']),
  network('cilium.io', ['CiliumNodeConfig']),
  network('operator.openshift.io', ['Network', 'DNS', 'IngressController']),
  entry('k8s.cni.cncf.io', ['NetworkAttachmentDefinition'], { decides: specOf, reach: entered }),
  entry('k8s.ovn.org', ['EgressFirewall', 'EgressQoS', 'EgressService'], { decides: specOf, reach: entered }),
  entry('k8s.ovn.org', ['EgressIP', 'AdminPolicyBasedExternalRoute'], {
    decides: specOf,
    reach: egressAddresses,
  }),
  ...['projectcalico.org', 'crd.projectcalico.org'].map((group) =>
    announcing(group, ['IPPool', 'BGPConfiguration', 'BGPPeer', 'BGPFilter']),
  ),
  announcing('network.kubesphere.io', ['Eip', 'BgpConf', 'BgpPeer']),
  announcing('purelb.io', ['ServiceGroup', 'LBNodeAgent']),
]
