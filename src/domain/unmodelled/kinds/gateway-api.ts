import { resolveHost } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Reference, Setting, Subject, Target } from '../reach.ts'
import { at, objectsOf, textOf, textsOf } from '../written.ts'
import { specOf } from './spec.ts'

const group = 'gateway.networking.k8s.io'

/** A reference with the API server's defaults filled in: a Gateway of the object's own namespace. */
function referenceOf(written: ReturnType<typeof objectsOf>[number], { namespace }: Subject): Reference {
  return {
    group: typeof written['group'] === 'string' ? written['group'] : group,
    kind: textOf(written['kind']) ?? 'Gateway',
    namespace: textOf(written['namespace']) ?? namespace,
    name: textOf(written['name']) ?? '',
  }
}

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

function routeReach(subject: Subject): readonly Target[] {
  const parents = objectsOf(at(subject.body, 'spec', 'parentRefs')).map((each) => referenceOf(each, subject))
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

function gatewayReach(subject: Subject): readonly Target[] {
  const { name, namespace } = subject
  return attached(subject, [{ group, kind: 'Gateway', namespace, name }], listenerHosts(subject))
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

/** Policies that are attached to Services, Gateways or routes. */
function attachedReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { body, namespace } = subject
  const targets = [...objectsOf(at(body, 'spec', 'targetRefs')), ...objectsOf(at(body, 'spec', 'targetRef'))]
  // Of the cluster, and attached to nothing: the mesh itself.
  if (targets.length === 0 && namespace === undefined) return [{ kind: 'everybody' }]
  return [
    ...targets.flatMap((each): readonly Target[] => {
      const target = referenceOf(each, subject)
      if (target.kind === 'Gateway') return [{ kind: 'parent', parent: target, hosts: [], from: namespace }]
      if (target.kind !== 'Service') return [{ kind: 'namespace', namespace }]
      return [{ kind: 'service', host: resolveHost(target.name, target.namespace, clusterDomain) }]
    }),
    { kind: 'entered', namespace },
  ]
}

function classReach({ name, body }: Subject): readonly Target[] {
  const controller = textOf(at(body, 'spec', 'controllerName')) ?? ''
  return [{ kind: 'gateway-class', name, controller }]
}

/** Everything of the Gateway API, by Istio as it is or as an experiment. */
export const gatewayApi: readonly KindEntry[] = [group, 'gateway.networking.x-k8s.io'].flatMap((each) => [
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
