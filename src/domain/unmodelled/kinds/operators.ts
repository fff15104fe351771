import type { JsonObject, JsonValue } from '../../manifest/json.ts'
import { isObject } from '../../manifest/json.ts'
import { at, labelsOf, objectsOf, picked, textOf, textsOf } from '../../manifest/json-fields.ts'
import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { gatewayApiGroup } from '../../manifest/kinds/gateway-api-names.ts'
import { canaryServiceName } from '../../manifest/made-by-flagger.ts'
import { resolveHost } from '../../manifest/names.ts'
import type { KindEntry } from '../kind-entry.ts'
import { everybody, type Reference, type Setting, type Subject, type Target } from '../reach.ts'
import { workloadsReached } from './selected.ts'
import { specOf } from './spec.ts'

/** Flagger writes a VirtualService named after the service, or the target, of a Canary (its `istio` router). */
function canaryReach({ body, namespace }: Subject, { clusterDomain }: Setting): readonly Target[] {
  const service = at(body, 'spec', 'service')
  const name = canaryServiceName(body)
  const gateways = textsOf(at(service, 'gateways'))
  const hosts = textsOf(at(service, 'hosts')).map((host) => host.toLowerCase())
  const target = at(body, 'spec', 'targetRef')
  const taken = {
    group: groupOf(textOf(at(target, 'apiVersion')) ?? ''),
    kind: textOf(at(target, 'kind')) ?? '',
    namespace,
    name: textOf(at(target, 'name')) ?? '',
  }
  return [
    // Its pods are copied under another name, and it is scaled to nothing.
    ...(taken.name === '' ? [] : [{ kind: 'object', of: taken } as const]),
    { kind: 'virtual-service', named: { name, namespace }, all: true },
    ...(gateways.some((gateway) => gateway !== 'mesh') && hosts.length > 0
      ? [{ kind: 'hosts', hosts } as const]
      : []),
    // With the Gateway API it writes an HTTPRoute instead.
    ...objectsOf(at(service, 'gatewayRefs')).map(
      (each): Target => ({ kind: 'parent', parent: parentOf(each, namespace), hosts, from: namespace }),
    ),
    { kind: 'service', host: resolveHost(name, namespace, clusterDomain) },
    { kind: 'entered', namespace },
  ]
}

function parentOf(written: JsonObject, own: string | undefined): Reference {
  return {
    group: textOf(written['group']) ?? gatewayApiGroup,
    kind: textOf(written['kind']) ?? 'Gateway',
    namespace: textOf(written['namespace']) ?? own,
    name: textOf(written['name']) ?? '',
  }
}

/** What Argo Rollouts does to traffic; the pods, their images and how many there are concern no route. */
function rolloutDecides({ body }: Subject): JsonObject | undefined {
  const strategy = at(body, 'spec', 'strategy')
  const canary = picked(at(strategy, 'canary'), [
    'trafficRouting',
    'steps',
    'canaryService',
    'stableService',
    'pingPong',
    'canaryMetadata',
    'stableMetadata',
  ])
  const blueGreen = picked(at(strategy, 'blueGreen'), ['activeService', 'previewService'])
  const workloadRef = at(body, 'spec', 'workloadRef') ?? null
  const { steps: _, ...led } = canary
  if (Object.keys({ ...led, ...blueGreen }).length === 0 && workloadRef === null) return undefined
  return { canary, blueGreen, workloadRef }
}

/** Services that Argo Rollouts points to the pods of this one. */
function rolloutServices({ body, namespace }: Subject, { clusterDomain }: Setting): readonly Target[] {
  const strategy = at(body, 'spec', 'strategy')
  const names = [
    ...['canaryService', 'stableService'].map((field) => at(strategy, 'canary', field)),
    ...['activeService', 'previewService'].map((field) => at(strategy, 'blueGreen', field)),
    at(strategy, 'canary', 'pingPong', 'pingService'),
    at(strategy, 'canary', 'pingPong', 'pongService'),
    at(strategy, 'canary', 'trafficRouting', 'smi', 'rootService'),
  ].flatMap((each) => textOf(each) ?? [])
  return names.map((name) => ({ kind: 'service', host: resolveHost(name, namespace, clusterDomain) }))
}

/** What else it writes to: a DestinationRule, routes of the Gateway API, the workload whose pods it makes its own. */
function rolloutObjects({ body, namespace }: Subject): readonly Target[] {
  const routing = at(body, 'spec', 'strategy', 'canary', 'trafficRouting')
  const plugin = at(routing, 'plugins', 'argoproj-labs/gatewayAPI')
  const there = textOf(at(plugin, 'namespace')) ?? namespace
  const object = (kind: string, name: JsonValue | undefined, group: string, own = namespace) =>
    textOf(name) === undefined
      ? []
      : [{ kind: 'object', of: { group, kind, namespace: own, name: textOf(name) ?? '' } } as const]
  const workload = at(body, 'spec', 'workloadRef')
  return [
    ...object('DestinationRule', at(routing, 'istio', 'destinationRule', 'name'), 'networking.istio.io'),
    ...(['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'] as const).flatMap((kind) => {
      const field = kind.replace(/^[A-Z]+(?=Route)/, (letters) => letters.toLowerCase())
      const listed = objectsOf(at(plugin, `${field}s`)).map(({ name }) => name)
      return [at(plugin, field), ...listed].flatMap((name) => object(kind, name, gatewayApiGroup, there))
    }),
    ...object(
      textOf(at(workload, 'kind')) ?? '',
      at(workload, 'name'),
      groupOf(textOf(at(workload, 'apiVersion')) ?? ''),
    ),
  ]
}

function rolloutReach(subject: Subject, setting: Setting): readonly Target[] {
  return [...rolloutRoutes(subject), ...rolloutServices(subject, setting), ...rolloutObjects(subject)]
}

function rolloutRoutes({ body, namespace }: Subject): readonly Target[] {
  const canary = at(body, 'spec', 'strategy', 'canary')
  const routing = at(canary, 'trafficRouting')
  const istio = at(routing, 'istio')
  const named = [...objectsOf(at(istio, 'virtualService')), ...objectsOf(at(istio, 'virtualServices'))]
  // Managed routes stand before all others of the VirtualService.
  const all = objectsOf(at(routing, 'managedRoutes')).length > 0
  return named.flatMap(({ name }) => {
    const [first = '', second] = (textOf(name) ?? '').split('.')
    return [{ kind: 'virtual-service', named: { name: first, namespace: second ?? namespace }, all } as const]
  })
}

/** The operator's patch becomes part of the VirtualService that it names. */
function mergeReach({ body, namespace }: Subject): readonly Target[] {
  const target = at(body, 'spec', 'target')
  const named = {
    name: textOf(at(target, 'name')) ?? '',
    namespace: textOf(at(target, 'namespace')) ?? namespace,
  }
  return [
    { kind: 'virtual-service', named, all: true },
    { kind: 'entered', namespace },
  ]
}

/** The names under `field`, wherever it stands in a value. */
function namesUnder(value: unknown, field: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => namesUnder(each, field))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key !== field) return namesUnder(inner, field)
    return typeof inner === 'string' ? [inner] : textsOf(Array.isArray(inner) ? inner : [])
  })
}

/**
 * A lane of ASM makes a VirtualService on the gateway named ingressgateway out of its `ingressRules`, and rules for the
 * services that it names; the other kinds of the vendor select workloads as Istio's do.
 */
function laneReach(subject: Subject, setting: Setting): readonly Target[] {
  const { body, namespace } = subject
  const spec = at(body, 'spec')
  const hosts = ['hosts', 'host', 'hostname']
    .flatMap((field) => namesUnder(spec, field))
    .map((host) => host.toLowerCase())
  const services = objectsOf(at(spec, 'services')).flatMap((each) => {
    const name = textOf(each['name'])
    return name === undefined
      ? []
      : [resolveHost(name, textOf(each['namespace']) ?? namespace, setting.clusterDomain)]
  })
  const routes = ['ingressRules', 'ingress'].some((field) => at(spec, field) !== undefined)
  const named: readonly Target[] = [
    ...(hosts.length > 0 || routes
      ? [{ kind: 'hosts', hosts: hosts.length > 0 ? hosts : ['*'] } as const]
      : []),
    ...services.map((host) => ({ kind: 'service', host }) as const),
  ]
  if (named.length > 0) return namespace === undefined ? named : [...named, { kind: 'entered', namespace }]
  const selects = Object.keys(labelsOf(at(spec, 'workloadSelector', 'labels'))).length > 0
  return namespace === undefined && !selects ? [{ kind: 'everybody' }] : workloadsReached(subject, setting)
}

/** Knative and KServe make VirtualServices and a Service of the name of theirs; a DomainMapping has the name of its host. */
function servingReach({ kind, name, namespace }: Subject, { clusterDomain }: Setting): readonly Target[] {
  if (kind === 'DomainMapping') return [{ kind: 'hosts', hosts: [name.toLowerCase()] }]
  return [{ kind: 'service', host: resolveHost(name, namespace, clusterDomain) }]
}

/** Others that make objects of Istio's out of theirs, by hosts, services or workloads as the vendor's lanes do. */
const writers = [
  'admiral.io',
  'authorino.kuadrant.io',
  'gateway.kyma-project.io',
  'gateway.tsb.tetrate.io',
  'metaprotocol.aeraki.io',
  'microservice.slime.io',
  'networking.gloo.solo.io',
  'traffic.tsb.tetrate.io',
]

/** Whatever installs the mesh, or says who belongs to it. */
const installers = [
  'install.istio.io',
  'sailoperator.io',
  'maistra.io',
  'federation.maistra.io',
  'servicemesh.cisco.com',
]

/** What an instance of Argo CD keeps to itself, compares not, or builds with other means, of whatever Application. */
function argoDecides({ body }: Subject): JsonValue | undefined {
  const said = picked(at(body, 'spec'), [
    'resourceExclusions',
    'resourceInclusions',
    'resourceCustomizations',
    'resourceIgnoreDifferences',
    'resourceTrackingMethod',
    'applicationInstanceLabelKey',
    'kustomizeBuildOptions',
    'kustomizeVersions',
    'configManagementPlugins',
    'sourceNamespaces',
    'extraConfig',
  ])
  return isObject(said) && Object.keys(said).length > 0 ? said : undefined
}

/** Operators that write routes, or the mesh itself, from objects of their own. */
export const operators: readonly KindEntry[] = [
  { group: 'flagger.app', kinds: ['Canary'], decides: canaryDecides, reach: canaryReach },
  { group: 'argoproj.io', kinds: ['Rollout'], decides: rolloutDecides, reach: rolloutReach, partial: true },
  {
    group: 'argoproj.io',
    kinds: ['ArgoCD'],
    decides: argoDecides,
    reach: everybody,
    partial: true,
    quiet: true,
  },
  { group: '*', kinds: ['VirtualServiceMerge'], decides: specOf, reach: mergeReach },
  { group: 'istio.alibabacloud.com', decides: specOf, reach: laneReach },
  ...['serving.knative.dev', 'serving.kserve.io'].map(
    (group): KindEntry => ({
      group,
      kinds: ['Service', 'Route', 'DomainMapping', 'InferenceService'],
      decides: ({ body, kind }) => (kind === 'DomainMapping' ? (at(body, 'spec', 'ref') ?? null) : {}),
      reach: servingReach,
      partial: true,
      quiet: true,
    }),
  ),
  ...writers.map((group): KindEntry => ({ group, decides: specOf, reach: laneReach })),
  {
    group: 'maistra.io',
    kinds: ['ServiceMeshMember', 'ServiceMeshExtension'],
    decides: specOf,
    reach: workloadsReached,
  },
  ...installers.map((group): KindEntry => ({ group, decides: specOf, reach: everybody })),
]

/** How fast a canary goes concerns nobody but its team; where it goes, everybody on its hosts. */
function canaryDecides({ body }: Subject): JsonObject {
  const analysis = at(body, 'spec', 'analysis') ?? at(body, 'spec', 'canaryAnalysis')
  return {
    ...picked(at(body, 'spec'), ['service', 'targetRef', 'provider', 'ingressRef', 'routeRef']),
    analysis: isObject(analysis)
      ? picked(analysis, ['match', 'mirror', 'mirrorWeight', 'sessionAffinity'])
      : {},
  }
}
