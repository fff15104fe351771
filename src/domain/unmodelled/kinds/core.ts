import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { at, filtered, labelsOf, objectsOf, picked, textOf } from '../../manifest/json-fields.ts'
import { resolveHost } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Setting, Subject, Target } from '../reach.ts'
import { addressesOf, portsOf } from '../reading/known-by.ts'
import { readByIstio } from './read-by-istio.ts'
import { settingUp } from './setting-up.ts'
import { specOf } from './spec.ts'

/** A Service leads requests to pods: by which labels, on which ports, under which name. */
function serviceDecides({ body, labels, annotations }: Subject, { serviceLabels }: Setting): JsonValue {
  const spec = picked(at(body, 'spec'), ['selector', 'ports', 'externalName', 'clusterIP'])
  const isNamed = textOf(at(body, 'spec', 'type')) === 'ExternalName'
  const { clusterIP, ...led } = spec
  const ports = objectsOf(led['ports']).map(({ nodePort: _, ...port }) => port)
  return {
    ...led,
    ...(led['ports'] !== undefined && { ports }),
    ...(clusterIP === 'None' && { headless: true }),
    ...(isNamed && { named: true }),
    // Pods of other nodes are not reached by it.
    ...(at(body, 'spec', 'internalTrafficPolicy') === 'Local' && { ofNode: true }),
    istio: [filtered(labels, readByIstio), filtered(annotations, readByIstio)],
    ...(serviceLabels.size > 0 && { scope: chosen(labels, serviceLabels) }),
  }
}

/** Further ports concern who leads there without naming one; those that share a number or a port of the pods may change what is there. */
function morePorts(before: Subject, after: Subject, setting: Setting): readonly Target[] | undefined {
  const [old, now] = [before, after].map((each) => decidingApart(each, setting))
  if (old === undefined || now === undefined || old.rest !== now.rest || old.ports.length === 0)
    return undefined
  const known = old.ports.map((port) => canonicalJson(port))
  const said = now.ports.map((port) => canonicalJson(port))
  const added = now.ports.filter((port) => !known.includes(canonicalJson(port)))
  const isApart = [...old.ports, ...added].every((port, at, all) =>
    all.slice(0, at).every((other) => arePortsApart(port, other)),
  )
  if (added.length === 0 || !isApart || !known.every((each) => said.includes(each))) return undefined
  const { name, namespace } = after
  return [{ kind: 'backend-without-port', host: resolveHost(name, namespace, setting.clusterDomain) }]
}

function decidingApart(subject: Subject, setting: Setting) {
  const decides = serviceDecides(subject, setting)
  if (!isObject(decides)) return undefined
  const { ports, ...rest } = decides
  return { rest: canonicalJson(rest), ports: objectsOf(ports) }
}

/** A port of the pods that has a name may be any number. */
function arePortsApart(a: JsonObject, b: JsonObject): boolean {
  const [target, other] = [a, b].map(({ port, targetPort }) => targetPort ?? port ?? null)
  return a['port'] !== b['port'] && typeof target === typeof other && target !== other
}

function chosen(labels: Subject['labels'], keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => keys.has(key)))
}

function serviceReach(subject: Subject, setting: Setting): readonly Target[] {
  const { clusterDomain, rootNamespaces, serviceLabels } = setting
  const { name, namespace, labels, annotations } = subject
  // Every proxy has its configuration from there.
  if (rootNamespaces.has(namespace ?? '') && /^istiod(?:-|$)/.test(name)) return [{ kind: 'everybody' }]
  const host = resolveHost(name, namespace, clusterDomain)
  const istio = {
    ...filtered(labels, readByIstio),
    ...filtered(annotations, readByIstio),
    ...chosen(labels, serviceLabels),
  }
  return [
    { kind: 'backend', host },
    ...(Object.keys(istio).length > 0 ? [{ kind: 'service', host } as const] : []),
    ...ledToGateways(subject),
    { kind: 'made-for-gateway', namespace, name },
  ]
}

/** A Service selects the pods of a gateway by whichever of their labels. */
function ledToGateways({ body, namespace }: Subject): readonly Target[] {
  const labels = labelsOf(at(body, 'spec', 'selector'))
  if (Object.keys(labels).length === 0) return []
  return [
    { kind: 'gateway-pods', labels },
    { kind: 'gateway-pods', labels, behind: { namespace } },
  ]
}

/** By the Services that select a pod its proxy knows which protocol comes in at which port, whoever has them. */
function inboundDecides({ body }: Subject): JsonValue | undefined {
  const selector = labelsOf(at(body, 'spec', 'selector'))
  if (Object.keys(selector).length === 0) return undefined
  const ports = objectsOf(at(body, 'spec', 'ports')).map(({ nodePort: _, ...port }) => port)
  return [selector, ports]
}

/** Who gets to a gateway's Service from outside, and by which address. */
function entranceDecides({ body, annotations }: Subject): JsonValue {
  const said = picked(at(body, 'spec'), [
    'type',
    'externalIPs',
    'loadBalancerIP',
    'loadBalancerClass',
    'loadBalancerSourceRanges',
  ])
  return {
    ...said,
    ...(at(body, 'spec', 'externalTrafficPolicy') === 'Local' && { ofNode: true }),
    annotations: filtered(annotations, balancing),
  }
}

/** Annotations by which whoever gives out addresses, and balances what comes in by them, is told how. */
const balancing =
  /^(?:service\.(?:beta\.|alpha\.)?kubernetes\.io|(?:cloud|networking)\.(?:google\.com|gke\.io)|metallb\.(?:io|universe\.tf)|lbipam\.cilium\.io|io\.cilium|kube-vip\.io|purelb\.io|loadbalancer\.openstack\.org|load-balancer\.hetzner\.cloud)\//

/** Addresses that it asks for may be those of another. */
function addressesDecide(subject: Subject): JsonValue | undefined {
  const addresses = addressesOf(subject).filter((each) => each !== 'None')
  return addresses.length === 0 ? undefined : [[...addresses], [...portsOf(subject)]]
}

/** Its labels decide about injection and waypoints, and which Gateways let its routes in; with it goes all it holds. */
function namespaceDecides({ labels, annotations }: Subject, { namespaceLabels }: Setting): JsonValue {
  return {
    ...filtered(labels, readByIstio),
    ...chosen(labels, namespaceLabels),
    annotations: filtered(annotations, readByIstio),
  }
}

/** Of a namespace that is not discovered Istio knows no service: whatever leads there fails. */
function discoveryDecides({ labels }: Subject, { discoveryLabels }: Setting): JsonValue | undefined {
  return discoveryLabels.size === 0 ? undefined : chosen(labels, discoveryLabels)
}

/** Addresses that somebody writes for a Service by hand. */
function endpointsReach(subject: Subject, { clusterDomain }: Setting): readonly Target[] {
  const { name, namespace, labels } = subject
  const service = labels['kubernetes.io/service-name'] ?? name
  return [{ kind: 'service', host: resolveHost(service, namespace, clusterDomain) }]
}

/** The class of an Ingress: by the annotation, which comes first, or by the field. */
function ingressClass({ body, annotations }: Subject): string | undefined {
  return annotations['kubernetes.io/ingress.class'] ?? textOf(at(body, 'spec', 'ingressClassName'))
}

/** An Ingress without class is Istio's where its class is the default one, or `meshConfig.ingressControllerMode` is `DEFAULT`. */
function ingressReach(subject: Subject): readonly Target[] {
  const name = ingressClass(subject) ?? ''
  const rules = objectsOf(at(subject.body, 'spec', 'rules')).map(({ host }) => textOf(host) ?? '*')
  const hosts = [...new Set(rules.map((host) => host.toLowerCase()))]
  return [{ kind: 'ingress', class: name, hosts }]
}

/** Ingresses that name no class are of this one. */
const defaultClass = 'ingressclass.kubernetes.io/is-default-class'

function ingressClassReach({ name, body }: Subject): readonly Target[] {
  return [{ kind: 'ingress-class', name, controller: textOf(at(body, 'spec', 'controller')) ?? '' }]
}

/** Kinds of Kubernetes itself, of which a part decides. */
export const core: readonly KindEntry[] = [
  {
    group: '',
    kinds: ['Service'],
    decides: serviceDecides,
    reach: serviceReach,
    reachOfMore: morePorts,
    partial: true,
    quietIfNew: true,
  },
  {
    group: '',
    kinds: ['Service'],
    decides: inboundDecides,
    reach: ({ body, namespace }) => [
      { kind: 'selected', namespace, labels: labelsOf(at(body, 'spec', 'selector')) },
    ],
    partial: true,
    quiet: true,
    quietIfGone: true,
  },
  {
    group: '',
    kinds: ['Service'],
    decides: entranceDecides,
    reach: ledToGateways,
    partial: true,
    quiet: true,
  },
  {
    group: '',
    kinds: ['Service'],
    decides: addressesDecide,
    reach: (subject) => [{ kind: 'addresses', addresses: addressesOf(subject), ports: portsOf(subject) }],
    partial: true,
    quiet: true,
  },
  {
    group: '',
    kinds: ['Namespace'],
    decides: namespaceDecides,
    reach: ({ name }, { rootNamespaces }) => [
      rootNamespaces.has(name) ? { kind: 'everybody' } : { kind: 'namespace', namespace: name },
    ],
    partial: true,
  },
  {
    group: '',
    kinds: ['Namespace'],
    decides: () => 'there',
    reach: ({ name }) => [{ kind: 'led-into', namespace: name }],
    partial: true,
    quiet: true,
    harmlessIfNew: true,
  },
  {
    group: '',
    kinds: ['Namespace'],
    decides: discoveryDecides,
    reach: ({ name }) => [
      { kind: 'namespace', namespace: name },
      { kind: 'led-into', namespace: name },
    ],
    partial: true,
  },
  settingUp,
  {
    group: 'networking.gke.io',
    kinds: ['MultiClusterService', 'MultiClusterIngress'],
    decides: specOf,
    reach: ({ name, namespace }, { clusterDomain }) => [
      { kind: 'service', host: resolveHost(name, namespace, clusterDomain) },
    ],
    partial: true,
    quiet: true,
  },
  {
    group: 'multicluster.x-k8s.io',
    kinds: ['ServiceExport', 'ServiceImport'],
    decides: specOf,
    reach: ({ name, namespace }, { clusterDomain }) => [
      { kind: 'service', host: resolveHost(name, namespace, clusterDomain) },
    ],
    partial: true,
    quiet: true,
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
    decides: (subject) => [specOf(subject), subject.annotations[defaultClass] ?? ''],
    reach: ingressClassReach,
    partial: true,
  },
]

function ingressDecides(subject: Subject): JsonValue {
  return { class: ingressClass(subject) ?? '', said: specOf(subject) }
}
