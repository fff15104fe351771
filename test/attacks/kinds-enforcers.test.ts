import { testAttackClass } from '../support/attack-class.ts'
import { attemptsAt } from '../support/attempt.ts'
import { workload } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', ...metadata }, spec })}\n`
const service = (namespace: string, app: string) =>
  object('v1', 'Service', { selector: { app }, ports: [{ port: 80 }] }, { namespace, name: app })
const base: Files = {
  'teams/login/service.yaml': service('ns2', 'accounts'),
  'teams/login/web.yaml': workload('ns2', 'accounts', 'accounts'),
  'teams/catalog/service.yaml': service('catalog', 'books'),
  'teams/catalog/web.yaml': workload('catalog', 'books', 'books'),
}
const login = ['login']
const { stopped, harmless } = attemptsAt(mine, base)

const tracing = (spec: object, kind = 'TracingPolicy', namespace?: string) =>
  object('cilium.io/v1alpha1', kind, spec, namespace === undefined ? {} : { namespace })
const kills = (action = 'Sigkill') => ({
  kprobes: [{ call: 'tcp_connect', selectors: [{ matchActions: [{ action }] }] }],
})
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } })
const pool = (addresses: readonly string[], more: object = {}) =>
  object('metallb.io/v1beta1', 'IPAddressPool', { addresses, ...more }, { namespace: 'metallb-system' })
const announced = (pools: readonly string[]) =>
  object('metallb.io/v1beta1', 'L2Advertisement', { ipAddressPools: pools }, { namespace: 'metallb-system' })
const armour = (spec: object, kind = 'KubeArmorPolicy', namespace = 'ns2') =>
  object('security.kubearmor.com/v1', kind, spec, { namespace })
const blocks = (app: string, action = 'Block') => ({
  selector: { matchLabels: { app } },
  network: { matchProtocols: [{ protocol: 'tcp' }] },
  action,
})
const profile = (defaultAction: string, namespace = 'ns2') =>
  object('security-profiles-operator.x-k8s.io/v1beta1', 'SeccompProfile', { defaultAction }, { namespace })
const bound = (namespace: string) =>
  object(
    'security-profiles-operator.x-k8s.io/v1alpha1',
    'ProfileBinding',
    { profileRef: { kind: 'SeccompProfile', name: 'p' }, image: '*' },
    { namespace },
  )
const egress = (labels: object) =>
  object('cilium.io/v2', 'CiliumEgressGatewayPolicy', {
    selectors: [{ podSelector: { matchLabels: labels } }],
    destinationCIDRs: ['0.0.0.0/0'],
    egressGateway: { nodeSelector: {} },
  })

testAttackClass(
  'what ends processes of others’ pods, or takes away the addresses that a cluster is reached by',
  {
    attack: stopped('a policy that kills whoever opens a connection', tracing(kills())),
    variants: [
      stopped('in the pods of another team', tracing({ ...kills(), ...pods('accounts') }), {
        waitsFor: login,
      }),
      stopped(
        'in the namespace of another team',
        tracing(kills('Override'), 'TracingPolicyNamespaced', 'ns2'),
        {
          waitsFor: login,
        },
      ),
      stopped('it only watched before', tracing(kills()), { before: tracing(kills('Post')) }),
      stopped('pods are kept from the network', armour(blocks('accounts')), { waitsFor: login }),
      stopped('all of a cluster is', armour(blocks('x'), 'KubeArmorClusterPolicy')),
      stopped('a profile leaves less', profile('SCMP_ACT_KILL'), {
        before: profile('SCMP_ACT_LOG'),
        waitsFor: login,
      }),
      stopped('a profile goes', null, { before: profile('SCMP_ACT_LOG'), waitsFor: login }),
      stopped('a profile is laid on all images of a namespace', bound('ns2'), { waitsFor: login }),
      stopped('what their pods send takes another way', egress({ app: 'accounts' }), { waitsFor: login }),
      stopped('what a namespace sends', egress({ 'io.kubernetes.pod.namespace': 'ns2' }), {
        waitsFor: login,
      }),
      stopped('addresses for gateways go', null, { before: pool(['10.0.0.0/24']) }),
      stopped('there are others', pool(['10.1.0.0/24']), { before: pool(['10.0.0.0/24']) }),
      stopped('nobody tells where they are', null, { before: announced(['web']) }),
      stopped('of another pool alone', announced(['other']), { before: announced(['web']) }),
      stopped('a pool of Cilium goes', null, {
        before: object('cilium.io/v2', 'CiliumLoadBalancerIPPool', { blocks: [{ cidr: '10.0.0.0/24' }] }),
      }),
      stopped('a peer of Calico goes', null, {
        before: object('projectcalico.org/v3', 'BGPPeer', { peerIP: '10.0.0.1', asNumber: 64512 }),
      }),
    ],
    neighbours: [
      harmless('a policy that watches', tracing(kills('Post'))),
      harmless('in one’s own pods', tracing({ ...kills(), ...pods('books') })),
      harmless('in one’s own namespace', tracing(kills(), 'TracingPolicyNamespaced', 'catalog')),
      harmless(
        'one’s own pods are kept from the network',
        armour(blocks('books'), 'KubeArmorPolicy', 'catalog'),
      ),
      harmless('it is written down what they do', armour(blocks('accounts', 'Audit'))),
      harmless('a profile that nobody uses yet', profile('SCMP_ACT_ERRNO')),
      harmless(
        'a profile of one’s own',
        profile('SCMP_ACT_KILL', 'catalog'),
        profile('SCMP_ACT_LOG', 'catalog'),
      ),
      harmless('on one’s own images', bound('catalog')),
      harmless('what one’s own pods send', egress({ app: 'books' })),
      harmless('more addresses', pool(['10.9.0.0/24'])),
      harmless('where they are is told', announced(['new'])),
      harmless(
        'how a pool is given out',
        pool(['10.0.0.0/24'], { avoidBuggyIPs: true }),
        pool(['10.0.0.0/24']),
      ),
      harmless(
        'a label of a pool',
        pool(['10.0.0.0/24']).replace('"name":"thing"', '"name":"thing","labels":{"a":"b"}'),
        pool(['10.0.0.0/24']),
      ),
    ],
  },
)
