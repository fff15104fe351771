import { isObject, type JsonValue } from '../../../manifest/json.ts'
import { at, objectsOf } from '../../../manifest/json-fields.ts'
import type { KindEntry } from '../../kind-entry.ts'
import type { Subject, Target } from '../../reach.ts'
import { isOpen, labelsSelected } from '../../reading/label-selector.ts'
import { quietKinds, specOf } from '../spec.ts'

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
      Object.entries(labelsSelected(selector)).map(([key, value]) => [key.replace(/^k8s[:.]/, ''), value]),
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

const announcing = (group: string, kinds: readonly string[]): KindEntry => ({
  group,
  kinds,
  decides: announces,
  reach: () => [{ kind: 'everybody' }],
  partial: true,
  harmlessIfNew: true,
})

const groupsOfCalico = ['crd.projectcalico.org', 'projectcalico.org']

/** By which addresses a cluster is reached, and seen outside, and what its network is set to. */
export const clusterNetworks: readonly KindEntry[] = [
  quietKinds('cilium.io', ['CiliumEgressGatewayPolicy'], egress),
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
  ...groupsOfCalico.map((group) =>
    network(group, ['FelixConfiguration', 'KubeControllersConfiguration', 'Tier', 'HostEndpoint']),
  ),
  network('operator.tigera.io', ['Installation']),
  network('cilium.io', ['CiliumNodeConfig']),
  network('operator.openshift.io', ['Network', 'DNS', 'IngressController']),
  quietKinds('k8s.cni.cncf.io', ['NetworkAttachmentDefinition'], entered),
  quietKinds('k8s.ovn.org', ['EgressFirewall', 'EgressQoS', 'EgressService'], entered),
  quietKinds('k8s.ovn.org', ['EgressIP', 'AdminPolicyBasedExternalRoute'], egressAddresses),
  ...groupsOfCalico.map((group) => announcing(group, ['IPPool', 'BGPConfiguration', 'BGPPeer', 'BGPFilter'])),
  announcing('network.kubesphere.io', ['Eip', 'BgpConf', 'BgpPeer']),
  announcing('purelb.io', ['ServiceGroup', 'LBNodeAgent']),
]
