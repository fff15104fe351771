import type { FieldSpec } from '../values/field-spec.ts'

type Conditions = Partial<Omit<FieldSpec, 'path'>>

/** A field of one kind; `any` kind is ''. */
function field(kind: string, path: string, conditions: Conditions = {}): FieldSpec {
  return { group: '', version: '', create: false, ...conditions, kind, path }
}

const makes = { create: true } as const
const apps = { group: 'apps' } as const
const batch = { group: 'batch' } as const
const core = { version: 'v1' } as const

/** Kinds that hold a template of pods, and where. */
const templates = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'] as const

const podMetadata = (below: string): readonly FieldSpec[] => [
  field('ReplicationController', `spec/template/metadata/${below}`, { ...core, ...makes }),
  ...templates.map((kind) =>
    field(kind, `spec/template/metadata/${below}`, {
      ...makes,
      ...(kind === 'StatefulSet' && below === 'labels' && apps),
    }),
  ),
  field('Job', `spec/template/metadata/${below}`, { ...batch, ...makes }),
  field('CronJob', `spec/jobTemplate/metadata/${below}`, { ...batch, ...makes }),
  field('CronJob', `spec/jobTemplate/spec/template/metadata/${below}`, { ...batch, ...makes }),
]

/** Where `labels` with `includeTemplates` reach. */
export const templateLabels: readonly FieldSpec[] = [
  field('', 'metadata/labels', makes),
  ...podMetadata('labels'),
  field('StatefulSet', 'spec/volumeClaimTemplates[]/metadata/labels', { ...apps, ...makes }),
]

const affinities = ['podAffinity', 'podAntiAffinity'].flatMap((each) => [
  `affinity/${each}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels`,
  `affinity/${each}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels`,
])

const podSelectors = ['Deployment', 'StatefulSet'].flatMap((kind) =>
  [...affinities, 'topologySpreadConstraints/labelSelector/matchLabels'].map((path) =>
    field(kind, `spec/template/spec/${path}`, apps),
  ),
)

const networkPolicy = { group: 'networking.k8s.io' } as const

/** Where `commonLabels`, and `labels` with `includeSelectors`, reach. */
export const commonLabels: readonly FieldSpec[] = [
  field('Service', 'spec/selector', { ...core, ...makes }),
  field('ReplicationController', 'spec/selector', { ...core, ...makes }),
  field('Deployment', 'spec/selector/matchLabels', makes),
  field('ReplicaSet', 'spec/selector/matchLabels', makes),
  field('DaemonSet', 'spec/selector/matchLabels', makes),
  field('StatefulSet', 'spec/selector/matchLabels', { ...apps, ...makes }),
  ...podSelectors,
  field('Job', 'spec/selector/matchLabels', batch),
  field('CronJob', 'spec/jobTemplate/spec/selector/matchLabels', batch),
  field('PodDisruptionBudget', 'spec/selector/matchLabels', { group: 'policy' }),
  field('NetworkPolicy', 'spec/podSelector/matchLabels', networkPolicy),
  field('NetworkPolicy', 'spec/ingress/from/podSelector/matchLabels', networkPolicy),
  field('NetworkPolicy', 'spec/egress/to/podSelector/matchLabels', networkPolicy),
  ...templateLabels,
]

/** Where `labels` alone reach. */
export const metadataLabels: FieldSpec = field('', 'metadata/labels', makes)

/** Where `commonAnnotations` reach. */
export const commonAnnotations: readonly FieldSpec[] = [
  field('', 'metadata/annotations', makes),
  ...podMetadata('annotations'),
]

/** What a prefix or a suffix is put on. */
export const names: readonly FieldSpec[] = [field('', 'metadata/name')]

/** What `namespace` sets besides `metadata.namespace`. */
export const namespaces: readonly FieldSpec[] = [
  field('Namespace', 'metadata/name', makes),
  field('APIService', 'spec/service/namespace', { group: 'apiregistration.k8s.io', ...makes }),
  field('CustomResourceDefinition', 'spec/conversion/webhook/clientConfig/service/namespace', {
    group: 'apiextensions.k8s.io',
  }),
]

/** Where `images` are looked for. */
export const images: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((pod) =>
  ['containers[]/image', 'initContainers[]/image', 'volumes[]/image/reference'].map((path) =>
    field('', `${pod}/${path}`, makes),
  ),
)

/** What `replicas` sets. */
export const replicas: readonly FieldSpec[] = [
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
].map((kind) => field(kind, 'spec/replicas', makes))

const podVariables = [
  ...['containers', 'initContainers'].flatMap((each) =>
    ['args', 'command', 'env/value', 'volumeMounts/mountPath'].map((path) => `${each}/${path}`),
  ),
  'volumes/nfs/server',
]

/** Where a variable is replaced without anybody saying so. */
export const variables: readonly FieldSpec[] = [
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].flatMap((kind) =>
    podVariables
      .filter((path) => kind !== 'StatefulSet' || !path.startsWith('volumes'))
      .map((path) => field(kind, `spec/template/spec/${path}`)),
  ),
  ...podVariables.map((path) =>
    field('CronJob', `spec/jobTemplate/spec/template/${path.startsWith('volumes') ? '' : 'spec/'}${path}`),
  ),
  ...podVariables.map((path) => field('Pod', `spec/${path}`)),
  field('Deployment', 'spec/template/metadata/annotations'),
  ...['spec/rules/host', 'spec/tls/hosts', 'spec/tls/secretName'].map((path) => field('Ingress', path)),
  ...['spec/ports/port', 'spec/ports/targetPort'].map((path) => field('Service', path)),
  field('StatefulSet', 'spec/volumeClaimTemplates/spec/nfs/server'),
  field('PersistentVolume', 'spec/nfs/server'),
  field('', 'metadata/labels'),
  field('', 'metadata/annotations'),
]
