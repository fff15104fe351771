import { decidesAsAWhole, groupOf } from '../../manifest/deciding-groups.ts'
import { isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Subject, Target } from '../reach.ts'
import { at, objectsOf, picked, textOf, textsOf } from '../written.ts'
import { specOf } from './spec.ts'

/** Whether everything of a group decides about requests; `*` is every group. */
function isDeciding(group: string): boolean {
  return group === '*' || decidesAsAWhole(`${group}/v1`, undefined)
}

/** What requests are led by besides: who may write these writes routes. */
const depended = new Set(['*', '*/*', 'services', 'endpoints', 'endpointslices', 'namespaces', 'ingresses'])

/** The groups of these. */
const partly = new Set(['', 'discovery.k8s.io', 'networking.k8s.io'])

/** A rule of a webhook or of an admission policy: which objects it is asked about. */
function concernsTheMesh(rule: JsonObject): boolean {
  const groups = textsOf(rule['apiGroups'])
  const resources = textsOf(rule['resources'])
  const ofKubernetes = groups.some((each) => partly.has(each))
  return groups.some(isDeciding) || (ofKubernetes && resources.some((each) => depended.has(each)))
}

/** With a definition go all objects of its kind, and so with whatever answers for them instead of the API server. */
function definitionDecides(subject: Subject): JsonValue | undefined {
  const group = textOf(at(subject.body, 'spec', 'group')) ?? ''
  return isDeciding(group) ? specOf(subject) : undefined
}

/** Pods, where nothing keeps a webhook to some of them: whoever rewrites labels and containers decides who answers. */
function rewritesAnyPod(webhook: JsonObject, kind: string): boolean {
  const isOfSome = ['namespaceSelector', 'objectSelector'].some(
    (field) => isObject(webhook[field]) && Object.keys(webhook[field]).length > 0,
  )
  return (
    kind === 'MutatingWebhookConfiguration' &&
    !isOfSome &&
    objectsOf(webhook['rules']).some((rule) => textsOf(rule['resources']).includes('pods'))
  )
}

/** A webhook refuses or rewrites any object that its rules name; its certificate is renewed every other week. */
function webhookDecides({ body, kind, name }: Subject): JsonValue | undefined {
  const webhooks = objectsOf(body['webhooks']).filter(
    (each) => objectsOf(each['rules']).some(concernsTheMesh) || rewritesAnyPod(each, kind),
  )
  if (webhooks.length === 0) return /istio/.test(name) ? (body['webhooks'] ?? []) : undefined
  return webhooks.map(({ clientConfig, ...webhook }) => ({
    ...webhook,
    clientConfig: picked(clientConfig, ['service', 'url']),
  }))
}

function policyDecides(subject: Subject): JsonValue | undefined {
  const rules = objectsOf(at(subject.body, 'spec', 'matchConstraints', 'resourceRules'))
  return rules.some(concernsTheMesh) ? specOf(subject) : undefined
}

/** Kinds that policies select by their names alone. */
const kinds = new Set([
  '*',
  'VirtualService',
  'Gateway',
  'DestinationRule',
  'ServiceEntry',
  'Sidecar',
  'EnvoyFilter',
  'WorkloadEntry',
  'AuthorizationPolicy',
  'RequestAuthentication',
  'PeerAuthentication',
  'HTTPRoute',
  'GRPCRoute',
  'WasmPlugin',
  'Telemetry',
  'Service',
  'Endpoints',
  'EndpointSlice',
  'Namespace',
  'Ingress',
])

/** The texts under the fields that select or write objects: `networking.istio.io/v1/VirtualService`, `VirtualService`, a group. */
function selectedBy(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => selectedBy(each))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    /^(?:kinds?|groups|apiGroups|apiVersion|resources)$/.test(field) && !isObject(inner)
      ? [...textsOf(inner), ...(typeof inner === 'string' ? [inner] : []), ...selectedBy(inner)]
      : selectedBy(inner),
  )
}

function namesTheMesh(text: string): boolean {
  return kinds.has(text.split('/').at(-1) ?? '') || isDeciding(groupOf(text)) || isDeciding(text)
}

/** What other engines rewrite, make, delete or refuse; one that never stops anything (`Audit`) is read as if it did. */
function engineDecides(subject: Subject): JsonValue | undefined {
  const spec = at(subject.body, 'spec')
  return selectedBy(spec).some(namesTheMesh) ? specOf(subject) : undefined
}

function engineReach({ namespace }: Subject): readonly Target[] {
  return [namespace === undefined ? { kind: 'everybody' } : { kind: 'namespace', namespace }]
}

const everybody = (): readonly Target[] => [{ kind: 'everybody' }]

/** Engines that judge and rewrite objects of any kind, by their own objects. */
const engines = {
  'kyverno.io': ['ClusterPolicy', 'Policy', 'ClusterCleanupPolicy', 'CleanupPolicy', 'GlobalContextEntry'],
  'policies.kyverno.io': ['ValidatingPolicy', 'MutatingPolicy', 'GeneratingPolicy', 'DeletingPolicy'],
  'mutations.gatekeeper.sh': ['Assign', 'AssignMetadata', 'ModifySet', 'AssignImage'],
}

/** What stands between a manifest and the API server: definitions, webhooks and policies over objects of the mesh. */
export const admission: readonly KindEntry[] = [
  {
    group: 'apiextensions.k8s.io',
    kinds: ['CustomResourceDefinition'],
    decides: definitionDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'apiregistration.k8s.io',
    kinds: ['APIService'],
    decides: definitionDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
    decides: webhookDecides,
    reach: everybody,
    partial: true,
  },
  {
    group: 'admissionregistration.k8s.io',
    kinds: ['ValidatingAdmissionPolicy', 'MutatingAdmissionPolicy'],
    decides: policyDecides,
    reach: everybody,
    partial: true,
  },
  ...Object.entries(engines).map(
    ([group, each]): KindEntry => ({
      group,
      kinds: each,
      decides: engineDecides,
      reach: engineReach,
      partial: true,
    }),
  ),
]
