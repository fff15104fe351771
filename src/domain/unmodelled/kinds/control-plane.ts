import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, picked, textOf } from '../../manifest/json-fields.ts'
import { secretTypeLabel } from '../../manifest/kinds/argo-cd-secrets.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Setting, type Subject, type Target } from '../reach.ts'
import { podTemplatesOf } from '../reading/pod-templates.ts'
import { secretSays, secretsOf } from './credentials.ts'
import { specOf } from './spec.ts'

/** The images of what programs every proxy, and leads pods to them. */
const image = /(?:^|\/)(?:istio[^/:@]*\/pilot|istiod|ztunnel|install-cni)(?:[:@-]|$)/

/** Its workloads by their names, where images are filled in elsewhere. */
const named = /^(?:istiod|ztunnel|istio-cni)(?:-|$)/

/** The images of proxies. */
const proxy = /(?:^|\/)proxyv2(?:[:@-]|$)|^auto$/

function isControlPlane({ name, namespace, body }: Subject, { rootNamespaces }: Setting): boolean {
  const isSystem = namespace === undefined || rootNamespaces.has(namespace) || namespace === 'kube-system'
  return (named.test(name) && isSystem) || containersIn(body).some((each) => image.test(imageOf(each)))
}

function containersIn(body: JsonObject): readonly JsonObject[] {
  return podTemplatesOf(body).flatMap(({ containers }) => containers)
}

function imageOf(container: JsonObject): string {
  return textOf(container['image']) ?? ''
}

/** How a container is started, and from where its image comes; which version of it is nobody's concern here. */
function startOf(container: JsonObject): JsonObject {
  const repository = imageOf(container)
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
  return { ...picked(container, ['name', 'command', 'args', 'env', 'envFrom']), repository }
}

function planeDecides(subject: Subject, setting: Setting): JsonValue | undefined {
  const containers = containersIn(subject.body)
  if (containers.length === 0 || !isControlPlane(subject, setting)) return undefined
  return containers.map(startOf)
}

/** How the proxies of a gateway are started: their bootstrap, and what they are told of the mesh. */
function proxyDecides({ body }: Subject): JsonValue | undefined {
  const proxies = containersIn(body).filter((each) => proxy.test(imageOf(each)))
  if (proxies.length === 0) return undefined
  return proxies.map((each) => {
    const env = objectsOf(each['env']).filter(({ name }) =>
      /^(?:ISTIO|PILOT|PROXY|CA|ENVOY)_/.test(String(name)),
    )
    return { ...picked(each, ['command', 'args']), env }
  })
}

function proxyReach({ body }: Subject): readonly Target[] {
  return podTemplatesOf(body).map(({ labels }) => ({ kind: 'gateway-pods', labels }))
}

/** The fields by which pods name objects, in their environment or as volumes. */
const naming = {
  ConfigMap: /^(?:configMap|configMapRef|configMapKeyRef)$/,
  Secret: /^(?:secret|secretRef|secretKeyRef)$/,
}

/** The ConfigMaps, or Secrets, that a control plane names, by environment or volume. */
export function namedByControlPlane(
  of: 'ConfigMap' | 'Secret',
  subject: Subject,
  setting: Setting,
): readonly string[] {
  return isControlPlane(subject, setting) ? namesIn(subject.body, naming[of]) : []
}

function namesIn(value: JsonValue | undefined, fields: RegExp): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => namesIn(each, fields))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    fields.test(field)
      ? (textOf(at(inner, 'name')) ?? textOf(at(inner, 'secretName')) ?? [])
      : namesIn(inner, fields),
  )
}

/** Its own ConfigMaps besides those of the mesh's configuration: what the CNI and ztunnel are told. */
function tellingDecides({ name, namespace, body }: Subject, setting: Setting): JsonValue | undefined {
  const isOwn = /^(?:istio-cni|ztunnel)(?:-|$)/.test(name) || setting.planeConfigMaps.has(name)
  const isThere =
    namespace === undefined || setting.rootNamespaces.has(namespace) || namespace === 'kube-system'
  if (!isOwn || !isThere) return undefined
  const { data = null, binaryData = null } = body
  return { data: isObject(data) ? withoutVersions(data) : data, binaryData }
}

function withoutVersions(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).filter(
      ([key]) => !/^(?:CURRENT_AGENT_VERSION|mesh|meshNetworks|config|values)$/.test(key),
    ),
  )
}

/** Keys that Istio signs certificates with. */
const key = /^(?:cacerts|istio-ca-secret|istio-ca-root-cert|istio-kubeconfig|istiod-tls)$/

/** Another cluster that it reads, by the name that `istioctl` gives or by the label that it looks for. */
const remote = /^istio-remote-secret-/

/** Whatever is, or makes, a Secret of its own: what is in it is nobody's to read here. */
function planeSecretDecides(subject: Subject, setting: Setting): JsonValue | undefined {
  const { rootNamespaces, planeSecrets } = setting
  if (!rootNamespaces.has(subject.namespace ?? '')) return undefined
  const isOwn = secretsOf(subject).some(
    (each) => key.test(each) || remote.test(each) || planeSecrets.has(each),
  )
  return isOwn || isLabelled(subject) ? secretSays(subject) : undefined
}

/** By itself, or by the template of what it makes. */
function isLabelled({ labels, body }: Subject): boolean {
  const templates = [
    ['spec', 'template'],
    ['spec', 'target', 'template'],
    ['spec', 'secretTemplate'],
  ].flatMap((place) => [at(body, ...place, 'metadata', 'labels'), at(body, ...place, 'labels')])
  return [labels, ...templates.map(labelsOf)].some((each) => each['istio/multiCluster'] === 'true')
}

/** What it, or a gateway, may do, by the names that its charts give, whatever the revision or the namespace behind them. */
const permitted = /^(?:istiod|ztunnel|istio-(?:reader|cni|pilot|ingress|egress|[a-z-]*gateway))(?:-|$)/

/** Rights by their name, or because they are given to an account of its own. */
function rightsDecide(subject: Subject, { rootNamespaces }: Setting): JsonValue | undefined {
  const isOwn = (account: JsonObject) => {
    const namespace = textOf(account['namespace']) ?? subject.namespace ?? ''
    return permitted.test(textOf(account['name']) ?? '') && isOfSystem(namespace, rootNamespaces)
  }
  const isGiven = objectsOf(subject.body['subjects']).some(isOwn)
  return permitted.test(subject.name) || isGiven ? specOf(subject) : undefined
}

function isOfSystem(namespace: string, rootNamespaces: ReadonlySet<string>): boolean {
  return namespace === '' || namespace === 'kube-system' || rootNamespaces.has(namespace)
}

/** The account itself: without it nothing of it starts. */
function accountDecides(
  { name, namespace = '' }: Subject,
  { rootNamespaces }: Setting,
): JsonValue | undefined {
  return permitted.test(name) && isOfSystem(namespace, rootNamespaces) ? 'there' : undefined
}

/** By which every proxy of a namespace knows whether it speaks to Istio. */
const rootCertificate = 'istio-ca-root-cert'

/** That of one namespace, whoever writes it there. */
export const rootCertificates: KindEntry = {
  group: '',
  kinds: ['ConfigMap'],
  decides: ({ name, body }) => (name === rootCertificate ? (body['data'] ?? null) : undefined),
  reach: ({ namespace }, { rootNamespaces }) => [
    rootNamespaces.has(namespace ?? '') ? { kind: 'everybody' } : { kind: 'residents', namespace },
  ],
  partial: true,
  quiet: true,
}

/** Whoever holds one of these leads, and without a leader nothing that one does is done. */
const lock = /^istio-(?:leader|.*-(?:leader|election)|gateway-deployment.*|.*-leader-.*)$/

function lockDecides({ name, namespace, body }: Subject, { rootNamespaces }: Setting): JsonValue | undefined {
  if (!(lock.test(name) && rootNamespaces.has(namespace ?? ''))) return undefined
  return [at(body, 'spec') ?? null, at(body, 'data') ?? null, labelsOf(at(body, 'metadata', 'annotations'))]
}

/** What delivers to clusters, where it is written out, by its name and that of its namespace. */
const deployers =
  /^(?:argocd-(?:repo-server|application-controller|applicationset-controller|server)|(?:kustomize|helm|source|image-automation)-controller)$/

function deployerDecides({ name, namespace = '', body }: Subject): JsonValue | undefined {
  if (!deployers.test(name) || !/argo|flux|gitops/.test(namespace)) return undefined
  const containers = containersIn(body)
  return containers.length === 0 ? undefined : containers.map(startOf)
}

/** Packages that install a mesh, by their names. */
const installing = /istio|service-?mesh|sail-?operator|maistra/i

/** Istio itself where it is written out: how it is started decides about the requests of all. */
export const controlPlane: readonly KindEntry[] = [
  { group: '*', decides: planeDecides, reach: everybody, partial: true },
  { group: '*', decides: proxyDecides, reach: proxyReach, partial: true, quiet: true },
  { group: '*', decides: planeSecretDecides, reach: everybody, partial: true },
  { group: '', kinds: ['ConfigMap'], decides: tellingDecides, reach: everybody, partial: true },
  {
    group: 'rbac.authorization.k8s.io',
    kinds: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
    decides: rightsDecide,
    reach: everybody,
    partial: true,
  },
  { group: '', kinds: ['ServiceAccount'], decides: accountDecides, reach: everybody, partial: true },
  rootCertificates,
  {
    group: 'trust.cert-manager.io',
    kinds: ['Bundle'],
    decides: (subject) => (subject.name === rootCertificate ? specOf(subject) : undefined),
    reach: everybody,
    partial: true,
  },
  { group: 'apps', decides: deployerDecides, reach: everybody, partial: true },
  {
    group: '',
    kinds: ['Secret'],
    decides: ({ name, labels, body }) =>
      name === 'argocd-secret' && labels[secretTypeLabel] === undefined
        ? [body['data'] ?? null, body['stringData'] ?? null]
        : undefined,
    reach: everybody,
    partial: true,
  },
  { group: '', kinds: ['ConfigMap'], decides: lockDecides, reach: everybody, partial: true },
  { group: 'coordination.k8s.io', kinds: ['Lease'], decides: lockDecides, reach: everybody, partial: true },
  {
    group: 'operators.coreos.com',
    kinds: ['Subscription', 'ClusterServiceVersion'],
    decides: (subject) => {
      const name = textOf(at(subject.body, 'spec', 'name')) ?? subject.name
      return installing.test(name)
        ? picked(at(subject.body, 'spec'), ['name', 'source', 'sourceNamespace', 'config'])
        : undefined
    },
    reach: everybody,
    partial: true,
  },
  // How much of the API anybody gets: Istio reads all that it knows from there.
  {
    group: 'flowcontrol.apiserver.k8s.io',
    kinds: ['FlowSchema', 'PriorityLevelConfiguration'],
    decides: specOf,
    reach: everybody,
    partial: true,
  },
]
