import type { JsonObject } from '../../manifest/json.ts'
import { textsOf } from '../../manifest/json-fields.ts'
import { decidingGroups } from '../../manifest/kinds/deciding-groups.ts'

/** Groups of which everything decides about requests. */
const deciding: readonly string[] = [...decidingGroups.strict, ...decidingGroups.other]

/** What requests are led by besides, by the names of resources in the API. */
const resources = ['services', 'endpoints', 'endpointslices', 'namespaces', 'ingresses']

/** The groups of these. */
const partly: readonly string[] = ['', 'discovery.k8s.io', 'networking.k8s.io']

/** Kinds that policies select by their names alone: those of these groups, and of these resources. */
const ofPartly = ['Service', 'Endpoints', 'EndpointSlice', 'Namespace', 'Ingress']
const ofDeciding = [
  'VirtualService',
  'Gateway',
  'DestinationRule',
  'ServiceEntry',
  'Sidecar',
  'EnvoyFilter',
  'WorkloadEntry',
  'WorkloadGroup',
  'ProxyConfig',
  'AuthorizationPolicy',
  'RequestAuthentication',
  'PeerAuthentication',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'ListenerSet',
  'ReferenceGrant',
  'GatewayClass',
  'BackendTLSPolicy',
  'WasmPlugin',
  'Telemetry',
  'IstioOperator',
  'Canary',
]

/** What people call some of them on a command line. */
const short: Readonly<Record<string, string>> = {
  vs: 'VirtualService',
  gw: 'Gateway',
  dr: 'DestinationRule',
  se: 'ServiceEntry',
  we: 'WorkloadEntry',
  wg: 'WorkloadGroup',
  ap: 'AuthorizationPolicy',
  ra: 'RequestAuthentication',
  pa: 'PeerAuthentication',
  telemetry: 'Telemetry',
  svc: 'Service',
  ep: 'Endpoints',
  ns: 'Namespace',
  ing: 'Ingress',
}

const byWord: ReadonlyMap<string, string> = new Map([
  ...[...ofDeciding, ...ofPartly].flatMap((kind) => [
    [kind.toLowerCase(), kind] as const,
    [resourceOf(kind), kind] as const,
  ]),
  ...Object.entries(short),
])

/** The kind of the mesh that a word of a command line means, be it with its group behind it. */
export function kindCalled(word: string): string | undefined {
  return byWord.get(word.split('.')[0]?.toLowerCase() ?? '')
}

/** The same by the names of resources in the API. */
const meshResources = [...[...ofDeciding, ...ofPartly].map(resourceOf), 'endpoints']

function resourceOf(kind: string): string {
  const name = kind.toLowerCase()
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`
  return name.endsWith('s') ? `${name}es` : `${name}s`
}

/** Whether a pattern of API groups takes one of which everything decides. */
export function takesDecidingGroup(pattern: string): boolean {
  return deciding.some((group) => takes(pattern, group))
}

/** Whether a text names such a group anywhere. */
export function namesDecidingGroup(text: string): boolean {
  return deciding.some((group) => text.includes(group))
}

/** Whether a rule of the API server's (`apiGroups`, `resources`) is about objects that lead, or refuse, requests. */
export function concernsTheMesh(rule: JsonObject): boolean {
  const groups = textsOf(rule['apiGroups'])
  const named = textsOf(rule['resources']).map(withoutAll)
  return (
    groups.some((each) => each !== '*' && takesDecidingGroup(each)) ||
    (groups.includes('*') &&
      (named.length === 0 || named.some((each) => meshResources.some((own) => takes(each, own))))) ||
    (groups.some((each) => partly.includes(each)) &&
      named.some((each) => each === '*' || resources.includes(each)))
  )
}

/** What makes pods, by the names of resources, each with its group. */
const makers: Readonly<Record<string, readonly string[]>> = {
  '': ['pods', 'podtemplates', 'replicationcontrollers'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
}

/** Whether such a rule is about pods themselves, or about what they are made by. */
export function concernsPods(rule: JsonObject): boolean {
  const groups = textsOf(rule['apiGroups'])
  const named = textsOf(rule['resources']).map(withoutAll)
  return Object.entries(makers).some(
    ([group, own]) =>
      groups.some((each) => each === group || each === '*') &&
      named.some((each) => each === '*' || own.includes(each)),
  )
}

/** Kinds that make pods, by their names alone. */
const makingPods = [
  'Pod',
  'PodTemplate',
  'ReplicationController',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
]

/** Whether a kind, or a pattern, takes one that makes pods. */
export function takesPods(kind: string): boolean {
  return makingPods.some((each) => takes(kind, each))
}

/** A resource with all of its subresources is the resource. */
function withoutAll(resource: string): string {
  return resource.endsWith('/*') ? resource.slice(0, -2) : resource
}

/** Whether a group and a kind, or patterns of them, take an object of the mesh; a group that is not told is any. */
export function takesMeshKind(group: string | undefined, kind: string): boolean {
  const isAny = group === undefined || group === '*'
  if (!isAny && takesDecidingGroup(group)) return true
  if (isAny) return [...ofDeciding, ...ofPartly].some((each) => takes(kind, each))
  return partly.some((each) => takes(group, each)) && ofPartly.some((each) => takes(kind, each))
}

/** Whether a pattern with `*` and `?` takes all of a text, in steps of its length times the text's at most. */
function takes(pattern: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0]
  while (from < text.length) {
    const wanted = pattern[at]
    if (wanted === '*') {
      star = at
      mark = from
      at += 1
    } else if (wanted === '?' || wanted === text[from]) {
      at += 1
      from += 1
    } else if (star >= 0) {
      at = star + 1
      mark += 1
      from = mark
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}
