import { testAttackClass } from '../support/attack-class.ts'
import { attemptsAt } from '../support/attempt.ts'
import { objectsWith, workload } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing' })
const service = (namespace: string) =>
  object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } }, { namespace })
const base: Files = {
  'teams/login/service.yaml': service('ns2'),
  'teams/login/web.yaml': workload('ns2'),
  'teams/catalog/service.yaml': service('catalog'),
  'teams/catalog/web.yaml': workload('catalog'),
}
const { stopped, harmless } = attemptsAt(mine, base)

const taint = { key: 'a', effect: 'NoSchedule' }
const pool = (own: object = {}, more: object = {}) =>
  object('karpenter.sh/v1', 'NodePool', {
    spec: { template: { spec: { requirements: [], ...own } }, ...more },
  })
const provisioner = (spec: object) => object('karpenter.sh/v1alpha5', 'Provisioner', { spec })
const nodeClass = (spec: object) => object('karpenter.k8s.aws/v1', 'EC2NodeClass', { spec })
const machines = (replicas: number) =>
  object('cluster.x-k8s.io/v1beta1', 'MachineDeployment', { spec: { replicas, template: { spec: {} } } })
const runtime = (handler: string) => object('node.k8s.io/v1', 'RuntimeClass', { handler })
const configMap = (data: object) => object('v1', 'ConfigMap', { data }, { namespace: 'kube-system' })
const descheduling = (more = '') =>
  configMap({
    'policy.yaml': `apiVersion: descheduler/v1alpha2\nkind: DeschedulerPolicy\n${more}profiles: []\n`,
  })
const rule = (taints: readonly object[]) =>
  object('nfd.k8s-sigs.io/v1alpha1', 'NodeFeatureRule', { spec: { rules: [{ name: 'a', taints }] } })
const sidecars = (spec: object) =>
  object('apps.kruise.io/v1alpha1', 'SidecarSet', {
    spec: { containers: [{ name: 'a', image: 'a:1' }], ...spec },
  })
const autoscaler = (namespace: string, more: object = {}) =>
  object(
    'autoscaling.k8s.io/v1',
    'VerticalPodAutoscaler',
    { spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, ...more } },
    { namespace },
  )
const tiny = {
  resourcePolicy: { containerPolicies: [{ containerName: '*', maxAllowed: { memory: '1Mi' } }] },
}
const spread = (namespace: string) =>
  object(
    'apps.kruise.io/v1alpha1',
    'WorkloadSpread',
    {
      spec: {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        subsets: [{ maxReplicas: 0 }],
      },
    },
    { namespace },
  )

testAttackClass('what decides which nodes there are, and who may stay on them', {
  attack: stopped('a taint for a pool of nodes', pool({ taints: [taint] }), { before: pool() }),
  variants: [
    stopped('a pool may have no nodes any more', pool({}, { limits: { cpu: 0 } }), {
      before: pool({}, { limits: { cpu: 100 } }),
    }),
    stopped('less of a unit', pool({}, { limits: { memory: '9Gi' } }), {
      before: pool({}, { limits: { memory: '1Ti' } }),
    }),
    stopped('a limit where there was none', pool({}, { limits: { cpu: 1 } }), { before: pool() }),
    stopped('a pool goes', null, { before: pool() }),
    stopped(
      'other nodes',
      pool({ requirements: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }] }),
      { before: pool() },
    ),
    stopped(
      'a label of its nodes goes',
      pool({}, { template: { metadata: { labels: {} }, spec: { requirements: [] } } }),
      {
        before: pool({}, { template: { metadata: { labels: { tier: 'web' } }, spec: { requirements: [] } } }),
      },
    ),
    stopped('a taint by an older kind', provisioner({ taints: [taint] }), { before: provisioner({}) }),
    stopped('a limit by an older kind', provisioner({ limits: { resources: { cpu: 1 } } }), {
      before: provisioner({}),
    }),
    stopped('other networks', nodeClass({ subnetSelectorTerms: [{ id: 'b' }] }), {
      before: nodeClass({ subnetSelectorTerms: [{ id: 'a' }] }),
    }),
    stopped('no machines', machines(0), { before: machines(3) }),
    stopped('another way to start pods', runtime('none'), { before: runtime('runc') }),
    stopped('taints by what nodes have', rule([taint])),
    stopped(
      'a node is emptied',
      object('nodemaintenance.medik8s.io/v1beta1', 'NodeMaintenance', { spec: { nodeName: 'a' } }),
    ),
    stopped('pods are driven off', descheduling()),
    stopped('pods of a namespace are driven off', descheduling('a: { namespaces: { include: [ns2] } }\n'), {
      waitsFor: ['login'],
    }),
    stopped('another scheduler', configMap({ 'c.yaml': 'kind: KubeSchedulerConfiguration\nprofiles: []\n' })),
    stopped('containers for all pods', sidecars({})),
    stopped(
      'containers for the pods of another team',
      sidecars({ namespace: 'ns2', selector: { matchLabels: { app: 'a' } } }),
      { waitsFor: ['login'] },
    ),
    stopped('how large the pods of another team are', autoscaler('ns2', tiny), { waitsFor: ['login'] }),
    stopped('where the pods of another team run', spread('ns2'), { waitsFor: ['login'] }),
  ],
  neighbours: [
    harmless('a new pool', pool()),
    harmless('a new pool with a taint', pool({ taints: [taint] })),
    harmless('more nodes', pool({}, { limits: { memory: '1Ti' } }), pool({}, { limits: { memory: '9Gi' } })),
    harmless('no limit any more', pool(), pool({}, { limits: { cpu: 1 } })),
    harmless('a taint less', pool(), pool({ taints: [taint] })),
    harmless('a taint that only asks', pool({ taints: [{ key: 'a', effect: 'PreferNoSchedule' }] }), pool()),
    harmless('when nodes are put together', pool({}, { disruption: { consolidateAfter: '1m' } }), pool()),
    harmless('a new class of nodes', nodeClass({ subnetSelectorTerms: [{ id: 'a' }] })),
    harmless(
      'another image of nodes',
      nodeClass({ amiSelectorTerms: [{ alias: 'b' }] }),
      nodeClass({ amiSelectorTerms: [{ alias: 'a' }] }),
    ),
    harmless('more machines', machines(4), machines(3)),
    harmless('a new way to start pods', runtime('gvisor')),
    harmless('labels by what nodes have', rule([])),
    harmless(
      'a budget for disruptions',
      object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 0 } }, { namespace: 'ns2' }),
    ),
    harmless('how large one’s own pods are', autoscaler('catalog', tiny)),
    harmless('where one’s own pods run', spread('catalog')),
    harmless(
      'containers for one’s own pods',
      sidecars({ namespace: 'catalog', selector: { matchLabels: { app: 'a' } } }),
    ),
    harmless(
      'their next image',
      sidecars({ containers: [{ name: 'a', image: 'a:2' }] }),
      sidecars({ containers: [{ name: 'a', image: 'a:1' }] }),
    ),
    harmless(
      'pods of one’s own namespace are driven off',
      descheduling('a: { namespaces: { include: [catalog] } }\n'),
    ),
    harmless('another ConfigMap', configMap({ 'c.yaml': 'kind: Dashboard\n' })),
  ],
})
