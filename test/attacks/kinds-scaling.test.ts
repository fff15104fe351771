import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import type { Files } from '../support/stage.ts'

const mine = 'teams/catalog/thing.yaml'
const theirs = 'teams/login/productpage.yaml'
const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) =>
  `---\n${JSON.stringify({ apiVersion, kind, metadata: { name: 'thing', namespace: 'default', ...metadata }, spec })}\n`
const deployment = (name: string, metadata: object = {}, more: object = {}) =>
  object(
    'apps/v1',
    'Deployment',
    {
      ...more,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
    },
    { name, ...metadata },
  )
const service = (name: string, metadata: object = {}) =>
  object('v1', 'Service', { selector: { app: name }, ports: [{ port: 9080 }] }, { name, ...metadata })
const own = { namespace: 'catalog' }
const base: Files = {
  [theirs]: `# ours\n${deployment('productpage')}${service('productpage')}`,
  'teams/catalog/web.yaml': `# ours\n${deployment('web', own)}${service('web', own)}`,
}
const target = (name: string, more: object = {}) => ({
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
  ...more,
})
const hpa = (spec: object, metadata: object = {}) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 0, ...spec }, metadata)
const scaledObject = (spec: object, metadata: object = {}) =>
  object('keda.sh/v1alpha1', 'ScaledObject', { minReplicaCount: 0, ...spec }, metadata)

const stopped = (way: string, files: Files, rest: Partial<Attempt> = {}): Attempt => ({
  way,
  setting: { files: base },
  files,
  conclusion: 'action_required',
  waitsFor: ['login'],
  silentOn: /no mesh manifest touched|no request changes/,
  ...rest,
})
const scaling = (way: string, text: string, rest: Partial<Attempt> = {}) =>
  stopped(way, { [mine]: text }, rest)
const harmless = (way: string, files: Files, more: Files = {}) => ({
  way,
  setting: { files: { ...base, ...more } },
  files,
})
const on = (more: Files) => ({ setting: { files: { ...base, ...more } } })
const edited = (path: string, from: string, to: string): Files => ({
  [path]: String(base[path]).replace(from, to),
})

testAttackClass('nothing runs any more where the routes of another team lead', {
  attack: scaling('by an autoscaler of their workload', scaledObject(target('productpage'))),
  variants: [
    scaling('by the name alone', scaledObject({ scaleTargetRef: { name: 'productpage' } })),
    scaling('by one of Kubernetes', hpa(target('productpage'))),
    scaling(
      'by the clock',
      object(
        'autoscaling.alibabacloud.com/v1beta1',
        'CronHorizontalPodAutoscaler',
        target('productpage', { jobs: [] }),
      ),
    ),
    scaling(
      'by requests',
      object('http.keda.sh/v1alpha1', 'HTTPScaledObject', target('productpage', { hosts: ['a.example'] })),
    ),
    scaling(
      'by a kind that nobody knows',
      object('scale.example.io/v1', 'Sleeper', { target: target('productpage') }),
    ),
    scaling(
      'another of one’s own turns to it',
      hpa(target('productpage')),
      on({ [mine]: hpa(target('web')) }),
    ),
    scaling(
      'it is paused',
      hpa(target('productpage', { maxReplicas: 0 })),
      on({ [mine]: hpa(target('productpage', { maxReplicas: 3 })) }),
    ),
    stopped('in their own file', edited(theirs, '"spec":{', '"spec":{"replicas":0,')),
    stopped(
      'in their own file it is paused',
      { 'teams/login/hpa.yaml': hpa(target('productpage', { maxReplicas: 0 })) },
      on({ 'teams/login/hpa.yaml': hpa(target('productpage')) }),
    ),
    stopped('it is removed', { [theirs]: `# ours\n${service('productpage')}` }),
    stopped('a second one of its name', { [mine]: deployment('productpage', {}, { replicas: 0 }) }),
    scaling(
      'a whole namespace sleeps',
      object('kube-green.com/v1alpha1', 'SleepInfo', { sleepAt: '20:00' }, { namespace: 'ns1' }),
    ),
    scaling(
      'where they live, of what is not here',
      hpa(target('elsewhere'), { namespace: 'auth' }),
      on({ 'teams/login/service.yaml': service('auth', { namespace: 'auth' }) }),
    ),
  ],
  neighbours: [
    harmless('an autoscaler of one’s own', { [mine]: hpa(target('web'), own) }),
    harmless('one’s own to nothing', edited('teams/catalog/web.yaml', '"spec":{', '"spec":{"replicas":0,')),
    harmless('another number', edited('teams/catalog/web.yaml', '"spec":{', '"spec":{"replicas":5,')),
    harmless('an image', edited('teams/catalog/web.yaml', 'a:1', 'a:2')),
    harmless(
      'how many at most',
      { [mine]: hpa(target('web', { maxReplicas: 9 }), own) },
      { [mine]: hpa(target('web', { maxReplicas: 5 }), own) },
    ),
    harmless('an autoscaler of one’s own is gone', { [mine]: null }, { [mine]: hpa(target('web'), own) }),
    harmless('how many may be away', {
      [mine]: object('policy/v1', 'PodDisruptionBudget', { maxUnavailable: 1 }),
    }),
    harmless('one’s own namespace sleeps', {
      [mine]: object('kube-green.com/v1alpha1', 'SleepInfo', {}, own),
    }),
    harmless('a workload of one’s own that is not here', { [mine]: scaledObject(target('worker'), own) }),
    harmless(
      'by which measure theirs is scaled',
      { [mine]: hpa(target('productpage', { metrics: [] })) },
      { [mine]: hpa(target('productpage')) },
    ),
    harmless('how large its pods are to be', {
      [mine]: object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', {
        targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'productpage' },
      }),
    }),
  ],
})
