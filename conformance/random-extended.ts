import type { KubernetesObject, MeshPair, Pod } from './mesh.ts'
import type { Chance } from './random.ts'
import { clusterPods, clusterServices, objectIn, randomAllowed, randomCluster } from './random-cluster.ts'
import { withoutUndefined } from './random-match.ts'
import type { Material } from './random-mesh.ts'
import { policyNames, randomPolicy } from './random-policy.ts'
import { entryRouteNames, randomEntryRoute } from './random-route.ts'

type Json = Readonly<Record<string, unknown>>

const gatewayApi = 'gateway.networking.k8s.io/v1'

/** The port at which gateways of extended meshes speak TLS. */
export const securePort = 443

/** The same proxies, and labels of the shared gateway that no Service selects by. */
export const extendedPods: readonly Pod[] = clusterPods.map((pod, at) =>
  at === 0 ? { ...pod, labels: { ...pod.labels, tier: 'front' } } : pod,
)

/** What every extended mesh has; the Service of the shared gateway leads to other ports of its pods. */
export function extendedServices(chance: Chance): readonly KubernetesObject[] {
  const [plain, secure] = [chance.of([80, 8000, 8000]), chance.of([securePort, 8443])]
  const ports = [
    { name: 'http', port: 80, targetPort: plain },
    { name: 'http-alt', port: 8080, targetPort: 8080 },
    { name: 'https', port: securePort, targetPort: secure },
  ]
  return [
    ...clusterServices.map((each) =>
      each.metadata.name === 'ingress' ? { ...each, spec: { ...each.spec, ports } } : each,
    ),
    serviceEntry,
  ]
}

const serviceEntry = objectIn(['networking.istio.io/v1', 'ServiceEntry'], 'n1/ext', {
  hosts: ['ext.example'],
  location: 'MESH_EXTERNAL',
  resolution: 'DNS',
  ports: [
    { number: 80, name: 'http', protocol: 'HTTP' },
    { number: 8080, name: 'http-alt', protocol: 'HTTP' },
  ],
})

/** What makes the pods of the shared gateway: where it is here, all their labels are known. */
export const gatewayDeployment = objectIn(['apps/v1', 'Deployment'], 'edge/ingress', {
  selector: { matchLabels: { istio: 'ingressgateway' } },
  template: { metadata: { labels: extendedPods[0]?.labels ?? {} }, spec: { containers: [] } },
})

/** A mixed mesh with TLS, ListenerSets, routes of ServiceEntries and policies besides. */
export function randomExtended(material: Material): MeshPair['base'] {
  const { chance } = material
  return [
    ...randomCluster(material).map((each) => extended(each, chance)),
    ...chance
      .shuffled(setNames)
      .slice(0, chance.below(3))
      .map((name) => randomListenerSet(chance, name)),
    ...(chance.oneIn(4) ? chance.some(entryRouteNames, 2) : []).map((name) =>
      randomEntryRoute(material, name),
    ),
    ...chance
      .shuffled(policyNames)
      .slice(0, chance.below(4))
      .map((name) => randomPolicy(chance, name)),
  ]
}

/** The same object, with what only extended meshes have. */
export function extended(object: KubernetesObject, chance: Chance): KubernetesObject {
  const isRoute = object.kind === 'HTTPRoute' || object.kind === 'GRPCRoute'
  if (isRoute) return { ...object, spec: atListenerSets(object.spec, chance) }
  if (object.kind !== 'Gateway') return object
  const { spec } = object
  return {
    ...object,
    spec: object.apiVersion === gatewayApi ? withTls(spec, chance) : withServers(spec, chance),
  }
}

function withTls(spec: Json, chance: Chance): Json {
  const plain = (spec['listeners'] as readonly Json[]).filter(({ port }) => port !== securePort)
  const hosts = chance.oneIn(3) ? [] : chance.some(secureHosts, 2)
  const secure = hosts.map((hostname, at) => ({
    ...secureListener(`t${at}`, hostname, chance),
    allowedRoutes: chance.oneIn(3) ? randomAllowed(chance) : { namespaces: { from: 'All' } },
  }))
  return withoutUndefined({
    ...spec,
    listeners: [...plain, ...secure].map(withoutUndefined),
    allowedListeners: randomAllowedListeners(chance),
  })
}

const secureHosts = [undefined, 'a.example', '*.example', 'b.example', '*.a.example'] as const

function secureListener(name: string, hostname: string | undefined, chance: Chance): Json {
  const hasNone = chance.oneIn(20)
  // Nothing grants a Gateway what is in another namespace.
  const certificate = chance.oneIn(15) ? { name: 'cert', namespace: 'n2' } : { name: 'cert' }
  return withoutUndefined({
    name,
    port: securePort,
    protocol: 'HTTPS',
    hostname,
    tls: hasNone ? undefined : { mode: 'Terminate', certificateRefs: [certificate] },
  })
}

function randomAllowedListeners(chance: Chance): Json | undefined {
  const namespaces = chance.of<Json | undefined>([
    { from: 'All' },
    { from: 'All' },
    { from: 'Same' },
    { from: 'Selector', selector: { matchLabels: { routes: 'yes' } } },
    undefined,
  ])
  return namespaces && { namespaces }
}

function withServers(spec: Json, chance: Chance): Json {
  const plain = (spec['servers'] as readonly { readonly port: { readonly number: number } }[]).filter(
    ({ port }) => port.number !== securePort,
  )
  const isSecure = chance.oneIn(2)
  const server = {
    port: { number: securePort, name: 'https', protocol: 'HTTPS' },
    hosts: chance.some(['a.example', 'b.example', '*.example', '*.a.example', 'n1/x.a.example'], 2),
    tls: { mode: 'SIMPLE', credentialName: 'cert' },
  }
  return { ...spec, servers: [...plain, ...(isSecure ? [server] : [])] }
}

const setNames = ['n1/la', 'n2/lb', 'edge/lc'] as const

/** Further listeners of a Gateway. */
export function randomListenerSet(chance: Chance, identity: string): KubernetesObject {
  const parent = chance.of(['edge/ka', 'edge/ka', 'edge/kb', 'n1/kc'])
  const [namespace = '', name = ''] = parent.split('/')
  const listeners = Array.from({ length: 1 + chance.below(2) }, (_, at) => {
    const hostname = chance.of([
      undefined,
      'a.example',
      '*.example',
      'b.example',
      '*.a.example',
      'x.a.example',
    ])
    const isSecure = chance.oneIn(3)
    const plain = withoutUndefined({
      name: `s${at}`,
      port: chance.of([80, 80, 8080]),
      protocol: 'HTTP',
      hostname,
    })
    return withoutUndefined({
      ...(isSecure ? secureListener(`s${at}`, hostname, chance) : plain),
      allowedRoutes: chance.oneIn(3) ? randomAllowed(chance) : { namespaces: { from: 'All' } },
    })
  })
  return objectIn([gatewayApi, 'ListenerSet'], identity, {
    parentRef: withoutUndefined({
      name,
      namespace: identity.startsWith(`${namespace}/`) && chance.oneIn(2) ? undefined : namespace,
    }),
    listeners: [...new Map(listeners.map((each) => [`${each['port']} ${each['hostname']}`, each])).values()],
  })
}

/** Some routes are at a ListenerSet, too, or there alone. */
function atListenerSets(spec: Json, chance: Chance): Json {
  const parents = (spec['parentRefs'] as readonly Json[]).filter(({ kind }) => kind !== 'ListenerSet')
  const isForMesh = parents.some(({ kind }) => kind !== undefined)
  if (isForMesh || !chance.oneIn(3)) return spec
  const [namespace = '', name = ''] = chance.of(setNames).split('/')
  const set = withoutUndefined({
    group: 'gateway.networking.k8s.io',
    kind: 'ListenerSet',
    name,
    namespace,
    sectionName: chance.oneIn(4) ? chance.of(['s0', 's1']) : undefined,
  })
  return { ...spec, parentRefs: chance.oneIn(2) ? [...parents, set] : [set] }
}
