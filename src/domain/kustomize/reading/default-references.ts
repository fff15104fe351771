import type { Gvk } from '../naming/identity.ts'
import type { FieldSpec } from '../values/field-spec.ts'

/** Which fields hold the name of an object of a kind. */
export interface NameReference {
  readonly to: Gvk
  readonly from: readonly FieldSpec[]
}

type Conditions = Partial<Omit<FieldSpec, 'path' | 'kind'>>

function reference(kind: string, path: string, conditions: Conditions = {}): FieldSpec {
  return { group: '', version: '', create: false, ...conditions, kind, path }
}

function to(kind: string, from: readonly FieldSpec[], gvk: Partial<Gvk> = {}): NameReference {
  return { to: { group: '', version: '', ...gvk, kind }, from }
}

/** Where each kind holds a pod. */
const pods: readonly (readonly [kind: string, place: string, conditions?: Conditions])[] = [
  ['Pod', 'spec', { version: 'v1' }],
  ['PodTemplate', 'template/spec'],
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'].map(
    (kind) => [kind, 'spec/template/spec'] as const,
  ),
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
]

const inPods = (paths: readonly string[]): readonly FieldSpec[] =>
  pods.flatMap(([kind, place, conditions]) =>
    paths.map((path) => reference(kind, `${place}/${path}`, conditions)),
  )

const inContainers = (path: string) => [`containers/${path}`, `initContainers/${path}`]

/** The pods of those that name what their pods run as, ReplicaSets and templates left out. */
const workloads = (path: string): readonly FieldSpec[] => [
  reference('Pod', `spec/${path}`),
  ...['StatefulSet', 'Deployment', 'ReplicationController', 'Job', 'DaemonSet'].map((kind) =>
    reference(kind, `spec/template/spec/${path}`),
  ),
  reference('CronJob', `spec/jobTemplate/spec/template/spec/${path}`),
]

const roles = ['Role', 'ClusterRole'].map((kind) => reference(kind, 'rules/resourceNames'))
const annotation = (name: string) => reference('Ingress', `metadata/annotations/${name.replace('/', '\\/')}`)
const rbac = { group: 'rbac.authorization.k8s.io' } as const
const admission = { group: 'admissionregistration.k8s.io' } as const

const configMap = to(
  'ConfigMap',
  [
    ...inPods([
      'volumes/configMap/name',
      ...inContainers('env/valueFrom/configMapKeyRef/name'),
      ...inContainers('envFrom/configMapRef/name'),
      'volumes/projected/sources/configMap/name',
    ]),
    reference('Node', 'spec/configSource/configMap'),
    ...roles,
    annotation('nginx.ingress.kubernetes.io/fastcgi-params-configmap'),
  ],
  { version: 'v1' },
)

const secret = to(
  'Secret',
  [
    ...inPods([
      'volumes/secret/secretName',
      ...inContainers('env/valueFrom/secretKeyRef/name'),
      ...inContainers('envFrom/secretRef/name'),
      'imagePullSecrets/name',
      'volumes/projected/sources/secret/name',
    ]),
    reference('Ingress', 'spec/tls/secretName'),
    annotation('ingress.kubernetes.io/auth-secret'),
    annotation('nginx.ingress.kubernetes.io/auth-secret'),
    annotation('nginx.ingress.kubernetes.io/auth-tls-secret'),
    reference('ServiceAccount', 'imagePullSecrets/name'),
    ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) =>
      reference('StorageClass', `parameters/${name}`),
    ),
    ...roles,
    reference('Service', 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name', {
      group: 'serving.knative.dev',
      version: 'v1',
    }),
    reference('PersistentVolume', 'spec/azureFile/secretName'),
  ],
  { version: 'v1' },
)

const service = to(
  'Service',
  [
    reference('StatefulSet', 'spec/serviceName', { group: 'apps' }),
    ...[
      'spec/rules/http/paths/backend/serviceName',
      'spec/backend/serviceName',
      'spec/rules/http/paths/backend/service/name',
      'spec/defaultBackend/service/name',
    ].map((path) => reference('Ingress', path)),
    reference('APIService', 'spec/service/name', { group: 'apiregistration.k8s.io' }),
    reference('ValidatingWebhookConfiguration', 'webhooks/clientConfig/service', admission),
    reference('MutatingWebhookConfiguration', 'webhooks/clientConfig/service', admission),
  ],
  { version: 'v1' },
)

const serviceAccount = to(
  'ServiceAccount',
  [
    reference('RoleBinding', 'subjects', rbac),
    reference('ClusterRoleBinding', 'subjects', rbac),
    ...workloads('serviceAccountName'),
  ],
  { version: 'v1' },
)

const storage = [
  to('PersistentVolumeClaim', workloads('volumes/persistentVolumeClaim/claimName'), { version: 'v1' }),
  to(
    'PersistentVolume',
    [reference('PersistentVolumeClaim', 'spec/volumeName'), reference('ClusterRole', 'rules/resourceNames')],
    { version: 'v1' },
  ),
  to(
    'StorageClass',
    [
      reference('PersistentVolume', 'spec/storageClassName'),
      reference('PersistentVolumeClaim', 'spec/storageClassName'),
      reference('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
    { version: 'v1', group: 'storage.k8s.io' },
  ),
]

/** The references that Kustomize follows without anybody saying so. None is of Istio. */
export const nameReferences: readonly NameReference[] = [
  ...['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) =>
    to(kind, [reference('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')]),
  ),
  configMap,
  secret,
  service,
  to('Role', [reference('RoleBinding', 'roleRef/name', rbac)], rbac),
  to(
    'ClusterRole',
    ['RoleBinding', 'ClusterRoleBinding'].map((kind) => reference(kind, 'roleRef/name', rbac)),
    rbac,
  ),
  serviceAccount,
  ...storage,
  to('PriorityClass', workloads('priorityClassName'), { version: 'v1', group: 'scheduling.k8s.io' }),
  // The group that is written there is none that an object can have.
  to('IngressClass', [reference('Ingress', 'spec/ingressClassName')], {
    version: 'v1',
    group: 'networking.k8s.io/v1',
  }),
  to(
    'ValidatingAdmissionPolicy',
    [reference('ValidatingAdmissionPolicyBinding', 'spec/policyName', admission)],
    admission,
  ),
]
