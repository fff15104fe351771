import { type Attempt, testAttackClass } from '../support/attack-class.ts'
import { objectsWith } from '../support/manifests.ts'

const mine = 'teams/catalog/thing.yaml'
const asked = { conclusion: 'action_required' as const, waitsFor: ['login'] }

const object = objectsWith({ name: 'thing', namespace: 'ns1' })

const login = { app: 'login' }
const template = (labels: object, image = 'a:1') => ({
  metadata: { labels },
  spec: { containers: [{ name: 'a', image }] },
})

const services = {
  'teams/login/service.yaml': object(
    'v1',
    'Service',
    { spec: { selector: login, ports: [{ port: 80 }] } },
    { name: 'login' },
  ),
}

const stopped = (way: string, text: string): Attempt => ({
  way,
  setting: { files: services },
  files: { [mine]: text },
  ...asked,
  silentOn: /no mesh manifest touched|no request changes/,
})
const harmless = (way: string, text: string, before?: string) => ({
  way,
  setting: { files: before === undefined ? services : { ...services, [mine]: before } },
  files: { [mine]: text },
  title: 'OK: no mesh manifest touched',
})

const cloneSet = (labels: object, image = 'a:1') =>
  object('apps.kruise.io/v1alpha1', 'CloneSet', { spec: { replicas: 2, template: template(labels, image) } })
const experiment = (labels: object) =>
  object('argoproj.io/v1alpha1', 'Experiment', {
    spec: { templates: [{ name: 'canary', template: template(labels) }] },
  })

testAttackClass('pods are pods, whoever makes them', {
  attack: {
    ...stopped('a set of clones behind another team’s service', cloneSet(login)),
    title: /^Waiting for login: CloneSet thing is new/,
    says: /for the service login/,
  },
  variants: [
    stopped('an experiment', experiment(login)),
    stopped(
      'a virtual machine',
      object('kubevirt.io/v1', 'VirtualMachine', {
        spec: { template: { metadata: { labels: login }, spec: { domain: {} } } },
      }),
    ),
    stopped(
      'a machine that runs already',
      object('kubevirt.io/v1', 'VirtualMachineInstance', { spec: { domain: {} } }, { labels: login }),
    ),
    stopped(
      'a service of Knative',
      object('serving.knative.dev/v1', 'Service', { spec: { template: template(login) } }),
    ),
    stopped(
      'a configuration of Knative',
      object('serving.knative.dev/v1', 'Configuration', { spec: { template: template(login) } }),
    ),
    stopped('a job', object('batch/v1', 'Job', { spec: { template: template(login) } })),
    stopped(
      'a job by the clock',
      object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: template(login) } } } }),
    ),
    stopped(
      'one of several sets of one object',
      object('apps.kruise.io/v1alpha1', 'UnitedDeployment', {
        spec: { template: { statefulSetTemplate: { spec: { template: template(login) } } } },
      }),
    ),
    stopped(
      'workers of a job of many',
      object('kubeflow.org/v1', 'PyTorchJob', {
        spec: { pytorchReplicaSpecs: { Worker: { template: template(login) } } },
      }),
    ),
    stopped(
      'a workflow',
      object('argoproj.io/v1alpha1', 'Workflow', { spec: { podMetadata: { labels: login }, templates: [] } }),
    ),
    stopped(
      'a kind that nobody has heard of',
      object('things.example/v7', 'Fleet', { spec: { groups: [{ template: template(login) }] } }),
    ),
    stopped(
      'pods of that kind as a gateway',
      object('things.example/v7', 'Fleet', { spec: { template: template({ istio: 'ingressgateway' }) } }),
    ),
    {
      way: 'another team’s clones lose the label by which its service finds them',
      setting: { files: { ...services, 'teams/login/app.yaml': cloneSet(login) } },
      files: { 'teams/login/app.yaml': cloneSet({ app: 'gone' }) },
      ...asked,
    },
    {
      way: 'a policy for another team’s clones, beside pods of one’s own',
      setting: {
        files: {
          'teams/login/app.yaml': cloneSet({ tier: 'web' }),
          'teams/catalog/app.yaml': object(
            'apps/v1',
            'Deployment',
            { spec: { template: template({ tier: 'web' }) } },
            { name: 'catalog' },
          ),
        },
      },
      files: {
        [mine]: object('security.istio.io/v1', 'AuthorizationPolicy', {
          spec: { selector: { matchLabels: { tier: 'web' } } },
        }),
      },
      ...asked,
    },
  ],
  neighbours: [
    harmless('clones behind nobody’s service', cloneSet({ app: 'catalog' })),
    harmless('a new image of clones', cloneSet(login, 'a:2'), cloneSet(login)),
    harmless('an experiment of one’s own', experiment({ app: 'catalog' })),
    harmless(
      'a job behind no service',
      object('batch/v1', 'Job', { spec: { template: template({ 'job-name': 'nightly' }) } }),
    ),
    harmless(
      'the label in another namespace',
      object(
        'apps.kruise.io/v1alpha1',
        'CloneSet',
        { spec: { template: template(login) } },
        { namespace: 'catalog' },
      ),
    ),
    harmless(
      'a label of the object, and none of its pods',
      object(
        'apps.kruise.io/v1alpha1',
        'CloneSet',
        { spec: { template: template({ app: 'x' }) } },
        { labels: login },
      ),
    ),
    harmless(
      'a claim of storage that bears the label',
      object('apps/v1', 'StatefulSet', {
        spec: {
          template: template({ app: 'x' }),
          volumeClaimTemplates: [{ metadata: { name: 'd', labels: login } }],
        },
      }),
    ),
    harmless(
      'a budget',
      object('policy/v1', 'PodDisruptionBudget', { spec: { selector: { matchLabels: login } } }),
    ),
    harmless(
      'how many there are',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', {
        spec: { scaleTargetRef: { kind: 'Deployment', name: 'login' }, maxReplicas: 3 },
      }),
    ),
    harmless(
      'a monitor of another team’s pods',
      object('monitoring.coreos.com/v1', 'PodMonitor', { spec: { selector: { matchLabels: login } } }),
    ),
    harmless(
      'a definition of a kind that has a template',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
        spec: {
          group: 'things.example',
          versions: [
            { schema: { openAPIV3Schema: { properties: { template: { metadata: { labels: login } } } } } },
          ],
        },
      }),
    ),
  ],
})
