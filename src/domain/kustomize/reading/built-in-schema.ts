import type { Schema } from './schema.ts'

/** What is merged below a field; fields that are not named hold no list that is merged. */
interface Shape {
  readonly keys?: readonly string[]
  readonly items?: Shape
  readonly fields?: Readonly<Record<string, Shape>>
}

const by = (...keys: readonly string[]): Shape => ({ keys })
const each = (keys: readonly string[], fields: Readonly<Record<string, Shape>>): Shape => ({
  keys,
  items: { fields },
})
const within = (...path: readonly string[]) => ({
  is: (shape: Shape): Shape => path.reduceRight((inner, name) => ({ fields: { [name]: inner } }), shape),
})

const metadata: Shape = { fields: { finalizers: by(), ownerReferences: by('uid') } }
const conditions = { status: { fields: { conditions: by('type') } } } as const

const inContainer = {
  env: by('name'),
  volumeDevices: by('devicePath'),
  volumeMounts: by('mountPath'),
} as const
const container = each(['name'], { ...inContainer, ports: by('containerPort', 'protocol') })

const pod: Shape = {
  fields: {
    containers: container,
    initContainers: container,
    ephemeralContainers: each(['name'], inContainer),
    hostAliases: by('ip'),
    imagePullSecrets: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
    volumes: each(['name'], { ephemeral: within('volumeClaimTemplate', 'metadata').is(metadata) }),
  },
}
const podTemplate: Shape = { fields: { metadata, spec: pod } }
const workload = { spec: { fields: { template: podTemplate } }, ...conditions } as const
const webhooks = { webhooks: by('name') } as const

/** What is merged in objects of a kind besides their metadata. */
const merged: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  Service: { spec: { fields: { ports: by('port', 'protocol') } }, ...conditions },
  ServiceAccount: { secrets: by('name') },
  Pod: { spec: pod, status: { fields: { conditions: by('type'), podIPs: by('ip') } } },
  PodTemplate: { template: podTemplate },
  ReplicationController: workload,
  Deployment: workload,
  DaemonSet: workload,
  ReplicaSet: workload,
  Job: workload,
  StatefulSet: {
    spec: {
      fields: {
        template: podTemplate,
        volumeClaimTemplates: { items: { fields: { metadata, ...conditions } } },
      },
    },
    ...conditions,
  },
  CronJob: {
    spec: within('jobTemplate').is({ fields: { metadata, spec: within('template').is(podTemplate) } }),
  },
  Namespace: conditions,
  Node: {
    spec: { fields: { podCIDRs: by() } },
    status: { fields: { addresses: by('type'), conditions: by('type') } },
  },
  ComponentStatus: { conditions: by('type') },
  PersistentVolumeClaim: conditions,
  PodDisruptionBudget: conditions,
  APIService: conditions,
  MutatingWebhookConfiguration: webhooks,
  ValidatingWebhookConfiguration: webhooks,
}

/** The kinds of Kubernetes 1.21, whose schema is built into Kustomize. */
const kinds: Readonly<Record<string, string>> = {
  v1:
    'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim ' +
    'Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io/v1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1beta1': 'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
  'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
  'apiregistration.k8s.io/v1': 'APIService',
  'apiregistration.k8s.io/v1beta1': 'APIService',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2beta1': 'HorizontalPodAutoscaler',
  'autoscaling/v2beta2': 'HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'batch/v1beta1': 'CronJob',
  'certificates.k8s.io/v1': 'CertificateSigningRequest',
  'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
  'coordination.k8s.io/v1': 'Lease',
  'coordination.k8s.io/v1beta1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'discovery.k8s.io/v1beta1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event',
  'events.k8s.io/v1beta1': 'Event',
  'extensions/v1beta1': 'Ingress',
  'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
  'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
  'networking.k8s.io/v1beta1': 'Ingress IngressClass',
  'node.k8s.io/v1': 'RuntimeClass',
  'node.k8s.io/v1beta1': 'RuntimeClass',
  'policy/v1': 'PodDisruptionBudget',
  'policy/v1beta1': 'Eviction PodDisruptionBudget PodSecurityPolicy',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'scheduling.k8s.io/v1beta1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSIDriver CSINode StorageClass VolumeAttachment',
  'storage.k8s.io/v1beta1': 'CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment',
}

const known = new Map(
  Object.entries(kinds).flatMap(([apiVersion, names]) =>
    names.split(' ').map((kind) => {
      const own = Object.hasOwn(merged, kind) ? merged[kind] : undefined
      return [`${apiVersion} ${kind}`, schemaOf({ fields: { metadata, ...own } })] as const
    }),
  ),
)

/** The lists that are merged in objects of a built-in kind; nothing for other kinds, where every list is replaced. */
export function builtInSchema(apiVersion: string, kind: string): Schema | undefined {
  return known.get(`${apiVersion} ${kind}`)
}

function schemaOf({ keys, items, fields }: Shape): Schema {
  return {
    ...(keys && { mergeKeys: keys }),
    field: (name) => {
      const found = fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
      return found && schemaOf(found)
    },
    items: () => items && schemaOf(items),
  }
}
