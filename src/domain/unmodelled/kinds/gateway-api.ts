import { at, labelsOf, objectsOf, textOf, textsOf } from '../../manifest/json-fields.ts'
import { gatewayApiGroup, gatewayNameLabel } from '../../manifest/kinds/gateway-api-names.ts'
import { nameMadeFor } from '../../manifest/kinds/made-for-gateways.ts'
import { resolveHost } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Reference, Setting, Subject, Target } from '../reach.ts'
import { attachments, referenceOf } from './attached.ts'
import { specOf } from './spec.ts'

function attached(
  subject: Subject,
  parents: readonly Reference[],
  hosts: readonly string[],
): readonly Target[] {
  const { namespace } = subject
  return [
    ...parents.map((parent): Target => ({ kind: 'parent', parent, hosts, from: namespace })),
    { kind: 'entered', namespace },
  ]
}

/** Whatever Gateway there is, where another tool says to which one a route goes. */
const anyGateway: Reference = { group: gatewayApiGroup, kind: 'Gateway', namespace: undefined, name: '' }

function routeReach(subject: Subject): readonly Target[] {
  const isOpen = [['spec'], ['spec', 'parentRefs']].some((path) => {
    const written = textOf(at(subject.body, ...path))
    return written !== undefined && isUnknown(written)
  })
  const parents = isOpen
    ? [anyGateway]
    : objectsOf(at(subject.body, 'spec', 'parentRefs')).map((each) => referenceOf(each, subject))
  const hosts = textsOf(at(subject.body, 'spec', 'hostnames')).map((host) => host.toLowerCase())
  return attached(subject, parents, hosts)
}

/** Hosts of listeners; one without takes every host. */
function listenerHosts(subject: Subject): readonly string[] {
  const hosts = objectsOf(at(subject.body, 'spec', 'listeners')).map(
    ({ hostname }) => textOf(hostname) ?? '*',
  )
  return [...new Set(hosts.map((host) => host.toLowerCase()))]
}

/** Labels that the pods of a Gateway get make them endpoints of whatever selects them. */
function behindServices({ body, name, namespace }: Subject): readonly Target[] {
  const labels = labelsOf(at(body, 'spec', 'infrastructure', 'labels'))
  if (Object.keys(labels).length === 0) return []
  return [{ kind: 'selecting', namespace, labels: { ...labels, [gatewayNameLabel]: name } }]
}

/** What an HTTPRoute leads to by another name than a Service's: pods that something else chooses among. */
function poolReach({ name, namespace }: Subject, { clusterDomain }: Setting): readonly Target[] {
  return [{ kind: 'backend', host: resolveHost(name, namespace, clusterDomain) }]
}

function gatewayReach(subject: Subject): readonly Target[] {
  const { name, namespace } = subject
  return [
    ...attached(
      subject,
      [{ group: gatewayApiGroup, kind: 'Gateway', namespace, name }],
      listenerHosts(subject),
    ),
    ...behindServices(subject),
    { kind: 'made-for-gateway', namespace, name: nameMade(subject) },
  ]
}

function nameMade({ name, annotations, body }: Subject): string {
  return nameMadeFor({ name, annotations, className: textOf(at(body, 'spec', 'gatewayClassName')) ?? '' })
}

function listenerSetReach(subject: Subject): readonly Target[] {
  const parents = objectsOf(at(subject.body, 'spec', 'parentRef')).map((each) => referenceOf(each, subject))
  return attached(subject, parents, listenerHosts(subject))
}

function grantReach({ body, namespace }: Subject): readonly Target[] {
  const from = objectsOf(at(body, 'spec', 'from')).flatMap((each) => textOf(each['namespace']) ?? [])
  return [
    { kind: 'grant', from, to: namespace },
    { kind: 'entered', namespace },
  ]
}

/** Policies that are attached to Services, Gateways or routes; what it names else is somewhere in its namespace. */
function attachedReach(subject: Subject, setting: Setting): readonly Target[] {
  const { body, namespace } = subject
  const isAttached = ['targetRefs', 'targetRef', 'targetSelectors'].some(
    (field) => objectsOf(at(body, 'spec', field)).length > 0,
  )
  // Of the cluster, and attached to nothing: the mesh itself.
  if (!isAttached && namespace === undefined) return [{ kind: 'everybody' }]
  const targets = attachments(subject, setting)
  const rest: Target = { kind: 'namespace', namespace }
  return [...(isAttached && targets.length === 0 ? [rest] : targets), { kind: 'entered', namespace }]
}

function classReach({ name, body }: Subject): readonly Target[] {
  const controller = textOf(at(body, 'spec', 'controllerName')) ?? ''
  return [{ kind: 'gateway-class', name, controller }]
}

const pools = ['inference.networking.k8s.io', 'inference.networking.x-k8s.io'].map(
  (each): KindEntry => ({
    group: each,
    kinds: ['InferencePool'],
    decides: specOf,
    reach: poolReach,
    partial: true,
    quiet: true,
  }),
)

const own: readonly KindEntry[] = [gatewayApiGroup, 'gateway.networking.x-k8s.io'].flatMap((each) => [
  {
    group: each,
    kinds: ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'],
    decides: specOf,
    reach: routeReach,
  },
  { group: each, kinds: ['Gateway'], decides: specOf, reach: gatewayReach },
  { group: each, kinds: ['ListenerSet', 'XListenerSet'], decides: specOf, reach: listenerSetReach },
  { group: each, kinds: ['ReferenceGrant'], decides: specOf, reach: grantReach },
  { group: each, kinds: ['GatewayClass'], decides: specOf, reach: classReach },
  { group: each, decides: specOf, reach: attachedReach },
])

/** Everything of the Gateway API, by Istio as it is or as an experiment, and what its routes lead to beside Services. */
export const gatewayApi: readonly KindEntry[] = [...own, ...pools]
