import type { Gvk } from '../naming/identity.ts'

/** The kinds that the schema built into Kustomize (of Kubernetes 1.21) knows to stand in no namespace, by group and versions. */
const known: readonly (readonly [group: string, versions: string, kinds: string])[] = [
  ['', 'v1', 'ComponentStatus Namespace Node NodeProxyOptions PersistentVolume'],
  [
    'admissionregistration.k8s.io',
    'v1 v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
  ],
  ['apiextensions.k8s.io', 'v1 v1beta1', 'CustomResourceDefinition'],
  ['apiregistration.k8s.io', 'v1 v1beta1', 'APIService'],
  ['certificates.k8s.io', 'v1 v1beta1', 'CertificateSigningRequest'],
  ['flowcontrol.apiserver.k8s.io', 'v1beta1', 'FlowSchema PriorityLevelConfiguration'],
  ['networking.k8s.io', 'v1 v1beta1', 'IngressClass'],
  ['node.k8s.io', 'v1 v1beta1', 'RuntimeClass'],
  ['policy', 'v1beta1', 'PodSecurityPolicy'],
  ['rbac.authorization.k8s.io', 'v1 v1beta1', 'ClusterRole ClusterRoleBinding'],
  ['scheduling.k8s.io', 'v1 v1beta1', 'PriorityClass'],
  ['storage.k8s.io', 'v1 v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment'],
]

const keys = new Set(
  known.flatMap(([group, versions, kinds]) =>
    versions.split(' ').flatMap((version) => kinds.split(' ').map((kind) => `${group}/${version} ${kind}`)),
  ),
)

/** Whether Kustomize knows the kind to be cluster-scoped. It takes any kind that it does not know for a namespaced one. */
export function isClusterScoped({ group, version, kind }: Gvk): boolean {
  return keys.has(`${group}/${version} ${kind}`)
}
