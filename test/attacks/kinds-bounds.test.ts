import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const object = (kind: string, spec: object, namespace = 'ns2') =>
  `${JSON.stringify({ apiVersion: 'v1', kind, metadata: { name: 'thing', namespace }, spec })}\n`
const quota = (hard: object, namespace?: string) => object('ResourceQuota', { hard }, namespace)
const limits = (limit: object, namespace?: string) => object('LimitRange', { limits: [limit] }, namespace)
const base: Files = {
  'teams/login/service.yaml': object('Service', { selector: { app: 'login' }, ports: [{ port: 80 }] }),
  'teams/catalog/service.yaml': object(
    'Service',
    { selector: { app: 'web' }, ports: [{ port: 80 }] },
    'catalog',
  ),
}

const stopped = (way: string, text: string | null, before?: string): Attempt => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string | null, before?: string) => ({
  way,
  setting: { files: { ...base, ...(before !== undefined && { [mine]: before }) } },
  files: { [mine]: text },
})

testAttackClass('what bounds the pods of a namespace in which another team lives', {
  attack: stopped('no pod may be made there', quota({ pods: '0' })),
  variants: [
    stopped('of whatever kind makes them', quota({ 'count/deployments.apps': '0' })),
    stopped('by what they may ask for', quota({ 'requests.cpu': '1m' })),
    stopped('by what they may use', quota({ 'limits.memory': '1' })),
    stopped('no Service', quota({ services: '0' })),
    stopped('no balancer of load', quota({ 'services.loadbalancers': 0 })),
    stopped('no more claims', quota({ persistentvolumeclaims: '0' })),
    stopped(
      'of one class',
      object('ResourceQuota', { hard: { pods: '0' }, scopeSelector: { matchExpressions: [] } }),
    ),
    stopped('what one container may have', limits({ type: 'Container', max: { cpu: '1m' } })),
    stopped('what it has to have', limits({ type: 'Pod', min: { memory: '900Gi' } })),
    stopped('what it has by default', limits({ type: 'Container', default: { memory: '1Ki' } })),
    stopped('another number', quota({ pods: '0' }), quota({ pods: '50' })),
    stopped('another namespace than before', quota({ pods: '0' }), quota({ pods: '0' }, 'catalog')),
    stopped('it is taken away', null, limits({ type: 'Container', default: { memory: '1Gi' } })),
    stopped(
      'there and below',
      `${JSON.stringify({ apiVersion: 'hnc.x-k8s.io/v1alpha2', kind: 'HierarchicalResourceQuota', metadata: { name: 'a', namespace: 'ns2' }, spec: { hard: { pods: '0' } } })}\n`,
    ),
    stopped('where both live', quota({ pods: '0' }, 'ns1')),
  ],
  neighbours: [
    harmless('in one’s own namespace', quota({ pods: '0' }, 'catalog')),
    harmless('limits in one’s own', limits({ type: 'Container', max: { cpu: '2' } }, 'catalog')),
    harmless('where nobody lives', quota({ pods: '0' }, 'nobody')),
    harmless('how many ConfigMaps', quota({ configmaps: '10' })),
    harmless('how many Secrets', quota({ 'count/secrets': '10', secrets: '10' })),
    harmless('another layout', `# ours\n${quota({ pods: '5' })}`, quota({ pods: '5' })),
    harmless('another order', quota({ cpu: '1', pods: '5' }), quota({ pods: '5', cpu: '1' })),
    harmless('one’s own is gone', null, quota({ pods: '5' }, 'catalog')),
    harmless('one’s own number', quota({ pods: '5' }, 'catalog'), quota({ pods: '9' }, 'catalog')),
    harmless(
      'how many may be away',
      JSON.stringify({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'a', namespace: 'ns2' },
        spec: { maxUnavailable: 1 },
      }),
    ),
    harmless(
      'a quota of somebody else’s kind',
      JSON.stringify({
        apiVersion: 'acme.io/v1',
        kind: 'ResourceQuota',
        metadata: { name: 'a', namespace: 'ns2' },
        spec: { hard: { pods: '0' } },
      }),
    ),
  ],
})
