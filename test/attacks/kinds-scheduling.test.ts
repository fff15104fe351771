import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = objectsWith({ name: 'thing' })
const service = (namespace: string) =>
  object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } }, { namespace })
const base: Files = {
  'teams/login/service.yaml': service('ns2'),
  'teams/login/namespace.yaml': object('v1', 'Namespace', {}, { name: 'ns2', labels: { team: 'login' } }),
  'teams/catalog/service.yaml': service('catalog'),
  'teams/catalog/namespace.yaml': object(
    'v1',
    'Namespace',
    {},
    { name: 'catalog', labels: { team: 'catalog' } },
  ),
}
const node = (spec: object) => object('v1', 'Node', { spec })
const priority = (said: object) => object('scheduling.k8s.io/v1', 'PriorityClass', said)
const quota = (selector: object, hard: object = { pods: '0' }) =>
  object('quota.openshift.io/v1', 'ClusterResourceQuota', { spec: { quota: { hard }, selector } })
const ofTeam = (team: string) => ({ labels: { matchLabels: { team } } })
const match = (...kinds: readonly string[]) => ({ any: [{ resources: { kinds } }] })
const policy = (rule: object, kind = 'ClusterPolicy', metadata: object = {}) =>
  object(
    'kyverno.io/v1',
    kind,
    { spec: { rules: [{ name: 'a', match: match('ConfigMap'), ...rule }] } },
    metadata,
  )
const made = (apiVersion: string, kind: string, namespace: string, data: object = {}) => ({
  apiVersion,
  kind,
  name: 'a',
  namespace,
  data,
})
const generates = (...all: Parameters<typeof made>) => policy({ generate: made(...all) })
const bounding = { spec: { hard: { pods: '0' } } }
const patches = (kind: string, patchStrategicMerge: object) =>
  policy({ match: match(kind), mutate: { patchStrategicMerge } })
const assign = (location: string) =>
  object('mutations.gatekeeper.sh/v1', 'Assign', {
    spec: { applyTo: [{ groups: ['apps'], kinds: ['Deployment'], versions: ['v1'] }], location },
  })
const generating = (expression: string) =>
  object('policies.kyverno.io/v1', 'GeneratingPolicy', { spec: { generate: [{ expression }] } })

const stopped = (
  way: string,
  text: string,
  waitsFor: readonly string[] = ['mesh-admins'],
  before?: string,
): Attempt => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before?: string) => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
})
const login = ['login']

testAttackClass('what keeps the pods of others from running', {
  attack: stopped('a node on which none may stay', node({ taints: [{ key: 'a', effect: 'NoExecute' }] })),
  variants: [
    stopped('a node to which none comes', node({ taints: [{ key: 'a', effect: 'NoSchedule' }] })),
    stopped('a node that is closed', node({ unschedulable: true })),
    stopped(
      'one more taint',
      node({
        taints: [
          { key: 'a', effect: 'NoSchedule' },
          { key: 'b', effect: 'NoExecute' },
        ],
      }),
      ['mesh-admins'],
      node({ taints: [{ key: 'a', effect: 'NoSchedule' }] }),
    ),
    stopped('a class that goes before all others', priority({ value: 1_000_000 })),
    stopped('a class of all that name none', priority({ value: -5, globalDefault: true })),
    stopped(
      'a class that waits no more',
      priority({ value: 9 }),
      ['mesh-admins'],
      priority({ value: 9, preemptionPolicy: 'Never' }),
    ),
    stopped('a quota of several namespaces', quota(ofTeam('login')), login),
    stopped('a quota by annotations', quota({ annotations: { 'openshift.io/requester': 'a' } })),
    stopped('a quota of all namespaces', quota({ labels: {} }), ['login', 'mesh-admins']),
    stopped(
      'limits of a tenant',
      object('capsule.clastix.io/v1beta2', 'Tenant', { spec: { limitRanges: { items: [{ limits: [] }] } } }),
    ),
    stopped(
      'a share of the scheduler',
      object(
        'scheduling.x-k8s.io/v1alpha1',
        'ElasticQuota',
        { spec: { max: { cpu: 0 } } },
        { namespace: 'ns2' },
      ),
      login,
    ),
    stopped('a quota that a policy makes there', generates('v1', 'ResourceQuota', 'ns2', bounding), login),
    stopped(
      'limits that a policy makes there',
      generates('v1', 'LimitRange', 'ns2', { spec: { limits: [{ type: 'Pod', max: { cpu: '1m' } }] } }),
      login,
    ),
    stopped('a quota that a policy makes anywhere', generates('v1', 'ResourceQuota', '{{ a }}', bounding)),
    stopped(
      'a policy of networks that a policy makes there',
      generates('networking.k8s.io/v1', 'NetworkPolicy', 'ns2', { spec: { podSelector: {} } }),
      login,
    ),
    stopped(
      'rights that a policy gives there',
      generates('rbac.authorization.k8s.io/v1', 'RoleBinding', 'ns2', {
        roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      }),
      login,
    ),
    stopped(
      'for each of a list',
      policy({ generate: { foreach: [{ list: 'a', ...made('v1', 'ResourceQuota', 'ns2', bounding) }] } }),
      login,
    ),
    stopped(
      'a copy of one',
      policy({
        generate: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          name: 'a',
          namespace: 'ns2',
          clone: { name: 'b' },
        },
      }),
      login,
    ),
    stopped(
      'copies of all of some kinds',
      policy({
        generate: { namespace: 'ns2', cloneList: { namespace: 'catalog', kinds: ['v1/LimitRange'] } },
      }),
    ),
    stopped('by an expression', generating('generator.Apply(ns, [{ "kind": "ResourceQuota" }])')),
    stopped('none run, by a policy', patches('Deployment', { spec: { replicas: 0 } })),
    stopped('where there is no node, by a policy', patches('Pod', { spec: { nodeSelector: { a: 'b' } } })),
    stopped('none run, by an assignment', assign('spec.replicas')),
  ],
  neighbours: [
    harmless('a label of a node', object('v1', 'Node', {}, { labels: { a: 'b' } })),
    harmless(
      'what a node would rather not have',
      node({ taints: [{ key: 'a', effect: 'PreferNoSchedule' }] }),
    ),
    harmless('a node that goes', null, node({ unschedulable: true })),
    harmless('a class that waits', priority({ value: 100, preemptionPolicy: 'Never' })),
    harmless('a class that gives way', priority({ value: -10 })),
    harmless(
      'what a class is for',
      priority({ value: 9, description: 'b' }),
      priority({ value: 9, description: 'a' }),
    ),
    harmless('a quota of one’s own namespaces', quota(ofTeam('catalog'))),
    harmless('how many ConfigMaps', quota(ofTeam('login'), { configmaps: '5' })),
    harmless('who has a tenant', object('capsule.clastix.io/v1beta2', 'Tenant', { spec: { owners: [] } })),
    harmless(
      'a quota that a policy makes in one’s own',
      generates('v1', 'ResourceQuota', 'catalog', bounding),
    ),
    harmless('a ConfigMap that a policy makes there', generates('v1', 'ConfigMap', 'ns2', { data: {} })),
    harmless(
      'who may look there',
      generates('rbac.authorization.k8s.io/v1', 'RoleBinding', 'ns2', {
        roleRef: { kind: 'ClusterRole', name: 'view' },
      }),
    ),
    harmless('a policy that is gone', null, generates('v1', 'ResourceQuota', '{{ a }}', bounding)),
    harmless('ConfigMaps by an expression', generating('generator.Apply(ns, [{ "kind": "ConfigMap" }])')),
    harmless('when images are pulled, by a policy', patches('Pod', { spec: { imagePullPolicy: 'Always' } })),
    harmless(
      'a share of one’s own',
      object(
        'scheduling.x-k8s.io/v1alpha1',
        'ElasticQuota',
        { spec: { max: { cpu: 0 } } },
        { namespace: 'catalog' },
      ),
    ),
  ],
})
