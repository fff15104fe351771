import { decidesAsAWhole } from '../../manifest/deciding-groups.ts'
import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { resolveHost } from '../../manifest/names.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { at, filtered, labelsOf, objectsOf, picked, textOf } from '../written.ts'
import { specOf } from './spec.ts'

/** Labels and annotations that Istio reads on what is not its own: injection, revision, ambient, waypoints, exports. */
const readByIstio = /(?:^|\.)istio\.io\/|^istio-injection$/

/** A Service leads requests to pods: by which labels, on which ports, under which name. */
function serviceDecides({ body, labels, annotations }: Subject): JsonValue {
  const spec = picked(at(body, 'spec'), ['selector', 'ports', 'externalName', 'clusterIP'])
  const isNamed = textOf(at(body, 'spec', 'type')) === 'ExternalName'
  const { clusterIP, ...led } = spec
  const ports = objectsOf(led['ports']).map(({ nodePort: _, ...port }) => port)
  return {
    ...led,
    ...(led['ports'] !== undefined && { ports }),
    ...(clusterIP === 'None' && { headless: true }),
    ...(isNamed && { named: true }),
    istio: [filtered(labels, readByIstio), filtered(annotations, readByIstio)],
  }
}

function serviceReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { name, namespace, body, labels, annotations } = subject
  const host = resolveHost(name, namespace, clusterDomain)
  const istio = { ...filtered(labels, readByIstio), ...filtered(annotations, readByIstio) }
  const selector = labelsOf(at(body, 'spec', 'selector'))
  return [
    { kind: 'backend', host },
    ...(Object.keys(istio).length > 0 ? [{ kind: 'service', host } as const] : []),
    ...(Object.keys(selector).length > 0 ? [{ kind: 'gateway-pods', labels: selector } as const] : []),
  ]
}

/** Its labels decide about injection and waypoints, and which Gateways let its routes in; with it goes all it holds. */
function namespaceDecides({ labels, annotations }: Subject, { namespaceLabels }: Setting): JsonValue {
  const chosen = Object.entries(labels).filter(([key]) => namespaceLabels.has(key))
  return {
    ...filtered(labels, readByIstio),
    ...Object.fromEntries(chosen),
    annotations: filtered(annotations, readByIstio),
  }
}

/** Istio's own ConfigMaps: the mesh's configuration, its networks, what is injected. */
const meshKeys = ['mesh', 'meshNetworks', 'config', 'values']

function configMapDecides({ name, body }: Subject): JsonValue | undefined {
  const data = at(body, 'data')
  const keys = meshKeys.filter((key) => at(data, key) !== undefined)
  if (!/^istio(?:$|-)/.test(name) || keys.length === 0) return undefined
  return Object.fromEntries(keys.map((key) => [key, embedded(at(data, key))]))
}

/** What a text of YAML says; the text where it says nothing that can be read. */
function embedded(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string') return value ?? null
  const documents = parseYaml({ path: '', text: value }, { id: 'invalid-manifest' })
  const roots = documents.flatMap(({ root }) => (root === undefined ? [] : [jsonOf(root)]))
  return roots.length === documents.length ? roots : value
}

function podTemplate(body: JsonObject): JsonValue | undefined {
  return (
    at(body, 'spec', 'template', 'metadata') ??
    at(body, 'spec', 'jobTemplate', 'spec', 'template', 'metadata') ??
    (body['kind'] === 'Pod' ? body['metadata'] : undefined)
  )
}

/** Pods answer for whatever selects their labels; images and replicas are nobody's concern here. */
function workloadDecides({ body }: Subject): JsonValue {
  const metadata = podTemplate(body)
  return {
    labels: labelsOf(at(metadata, 'labels')),
    annotations: filtered(labelsOf(at(metadata, 'annotations')), readByIstio),
  }
}

function workloadReach({ body, namespace }: Subject): readonly Target[] {
  const labels = labelsOf(at(podTemplate(body), 'labels'))
  return [
    { kind: 'selecting', namespace, labels },
    { kind: 'gateway-pods', labels },
  ]
}

/** What Istio reads of a pod itself: whether it has a sidecar, of which revision, how it is set up. */
function sidecarDecides({ body }: Subject): JsonValue | undefined {
  const metadata = podTemplate(body)
  const labels = filtered(labelsOf(at(metadata, 'labels')), readByIstio)
  const annotations = filtered(labelsOf(at(metadata, 'annotations')), readByIstio)
  return Object.keys({ ...labels, ...annotations }).length === 0 ? undefined : [labels, annotations]
}

/** Addresses that somebody writes for a Service by hand. */
function endpointsReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { name, namespace, labels } = subject
  const service = labels['kubernetes.io/service-name'] ?? name
  return [{ kind: 'service', host: resolveHost(service, namespace, clusterDomain) }]
}

/** With a definition go all objects of its kind; a webhook or a policy of admission refuses or rewrites any. */
function definitionDecides(subject: Subject): JsonValue | undefined {
  const { kind, name, body } = subject
  const concerns =
    kind === 'CustomResourceDefinition'
      ? isDecidingGroup(at(body, 'spec', 'group'))
      : /istio/.test(name) || admittedGroups(body).some(isDecidingGroup)
  return concerns ? specOf(subject) : undefined
}

function isDecidingGroup(group: JsonValue | undefined): boolean {
  return decidesAsAWhole(`${textOf(group) ?? ''}/v1`, undefined)
}

/** The groups that the rules of webhooks, or of a policy, name; one for all groups is none of the mesh's. */
function admittedGroups(body: JsonObject): readonly JsonValue[] {
  const webhooks = objectsOf(at(body, 'webhooks')).flatMap(({ rules }) => objectsOf(rules))
  const rules = objectsOf(at(body, 'spec', 'matchConstraints', 'resourceRules'))
  return [...webhooks, ...rules].flatMap(({ apiGroups }) => (Array.isArray(apiGroups) ? apiGroups : []))
}

/** The class of an Ingress: by the annotation, which comes first, or by the field. */
function ingressClass({ body, annotations }: Subject): string | undefined {
  return annotations['kubernetes.io/ingress.class'] ?? textOf(at(body, 'spec', 'ingressClassName'))
}

/** An Ingress without class is none of Istio's (`meshConfig.ingressControllerMode: STRICT`). */
function ingressReach(subject: Subject): readonly Target[] {
  const name = ingressClass(subject)
  if (name === undefined) return []
  const rules = objectsOf(at(subject.body, 'spec', 'rules')).map(({ host }) => textOf(host) ?? '*')
  const hosts = [...new Set(rules.map((host) => host.toLowerCase()))]
  return [{ kind: 'ingress', class: name, hosts }]
}

function ingressClassReach({ name, body }: Subject): readonly Target[] {
  return [{ kind: 'ingress-class', name, controller: textOf(at(body, 'spec', 'controller')) ?? '' }]
}

const workloads = {
  '': ['Pod', 'ReplicationController'],
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  batch: ['Job', 'CronJob'],
  'argoproj.io': ['Rollout'],
}

const definitions = [
  'CustomResourceDefinition',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'MutatingAdmissionPolicy',
]

/** Kinds of Kubernetes itself, of which a part decides. */
export const core: readonly KindEntry[] = [
  { group: '', kinds: ['Service'], decides: serviceDecides, reach: serviceReach, partial: true },
  {
    group: '',
    kinds: ['Namespace'],
    decides: namespaceDecides,
    reach: ({ name }) => [{ kind: 'namespace', namespace: name }],
    partial: true,
  },
  {
    group: '',
    kinds: ['ConfigMap'],
    decides: configMapDecides,
    reach: () => [{ kind: 'everybody' }],
    partial: true,
  },
  ...['', 'discovery.k8s.io'].map(
    (group): KindEntry => ({
      group,
      kinds: ['Endpoints', 'EndpointSlice'],
      decides: (subject) => [specOf(subject), subject.labels['kubernetes.io/service-name'] ?? ''],
      reach: endpointsReach,
      partial: true,
      quiet: true,
    }),
  ),
  ...['apiextensions.k8s.io', 'admissionregistration.k8s.io'].map(
    (group): KindEntry => ({
      group,
      kinds: definitions,
      decides: definitionDecides,
      reach: () => [{ kind: 'everybody' }],
      partial: true,
    }),
  ),
  ...Object.entries(workloads).flatMap(([group, kinds]): readonly KindEntry[] => [
    { group, kinds, decides: workloadDecides, reach: workloadReach, partial: true, quiet: true },
    { group, kinds, decides: sidecarDecides, reach: () => [], partial: true },
  ]),
  {
    group: 'networking.k8s.io',
    kinds: ['Ingress'],
    decides: ingressDecides,
    reach: ingressReach,
    partial: true,
  },
  {
    group: 'networking.k8s.io',
    kinds: ['IngressClass'],
    decides: specOf,
    reach: ingressClassReach,
    partial: true,
  },
]

function ingressDecides(subject: Subject): JsonValue | undefined {
  const name = ingressClass(subject)
  return name === undefined ? undefined : { class: name, said: specOf(subject) }
}
