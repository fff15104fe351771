import { at, objectsOf, textOf } from '../../manifest/json-fields.ts'
import { gatewayApiGroup } from '../../manifest/kinds/gateway-api-names.ts'
import { resolveHost } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Reference, Setting, Subject, Target } from '../reach.ts'
import { specOf } from './spec.ts'

/** A reference with the API server's defaults filled in: a Gateway of the object's own namespace. */
export function referenceOf(
  written: ReturnType<typeof objectsOf>[number],
  { namespace }: Pick<Subject, 'namespace'>,
): Reference {
  return {
    group: typeof written['group'] === 'string' ? written['group'] : gatewayApiGroup,
    kind: textOf(written['kind']) ?? 'Gateway',
    namespace: textOf(written['namespace']) ?? namespace,
    name: textOf(written['name']) ?? '',
  }
}

/** What a policy is attached to: `targetRefs` of the Gateway API, as any vendor's policies have them. */
export function attachments(subject: Subject, setting: Setting): readonly Target[] {
  const { body } = subject
  const written = ['targetRefs', 'targetRef'].flatMap((field) => objectsOf(at(body, 'spec', field)))
  const selected = objectsOf(at(body, 'spec', 'targetSelectors'))
  return [
    ...written.flatMap((each) => attachedTo(referenceOf(each, subject), subject, setting)),
    ...selected.flatMap((each) => {
      const { name: _, ...kind } = referenceOf(each, subject)
      return attachedTo({ ...kind, name: '' }, subject, setting)
    }),
  ]
}

const routes = new Set(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'])

/** Nothing for what leads no requests: a Deployment that is scaled, for example. */
function attachedTo(
  target: Reference,
  { namespace }: Subject,
  { clusterDomain }: Setting,
): readonly Target[] {
  const { kind, name, namespace: there } = target
  if (routes.has(kind)) return [{ kind: 'object', of: target }]
  switch (kind) {
    case 'Gateway':
    case 'ListenerSet':
    case 'XListenerSet':
      return [{ kind: 'parent', parent: target, hosts: [], from: namespace }]
    case 'Service':
      return [{ kind: 'service', host: resolveHost(name, there, clusterDomain) }]
    case 'Hostname':
      return [{ kind: 'calls', host: name.toLowerCase() }]
    case 'VirtualService':
      return [{ kind: 'virtual-service', named: { name, namespace: there }, all: false }]
    case 'Namespace':
      return [{ kind: 'namespace', namespace: name }]
    case 'GatewayClass':
      return [{ kind: 'everybody' }]
    case 'ServiceEntry':
    case 'DestinationRule':
    case 'InferencePool':
    case 'Backend':
      return [{ kind: 'object', of: target }]
    default:
      return []
  }
}

function attachedDecides(subject: Subject, setting: Setting) {
  return attachments(subject, setting).length > 0 ? specOf(subject) : undefined
}

/** Policies of whatever vendor: who attaches one to a Gateway, a route or a Service changes what happens there. */
export const attached: readonly KindEntry[] = [
  { group: '*', decides: attachedDecides, reach: attachments, partial: true, quiet: true },
]
