import type { KubernetesObject, ObjectKind, Pod } from './mesh.ts'
import type { Chance } from './random.ts'
import { withoutUndefined } from './random-match.ts'
import { type Material, randomGateway, randomVirtualServices, serviceObjects } from './random-mesh.ts'
import { grpcNames, meshRouteNames, randomMeshRoute, randomRoute, routeNames } from './random-route.ts'

type Json = Readonly<Record<string, unknown>>

const gatewayApi = 'gateway.networking.k8s.io/v1'

/** The label of pods that Istio makes for a Gateway. */
export const madeByIstio = 'gateway.networking.k8s.io/gateway-name'

/** The proxies of every mixed mesh: the gateway that everybody shares, one that Istio deploys, and sidecars. */
export const clusterPods: readonly Pod[] = [
  { type: 'router', namespace: 'edge', labels: { istio: 'ingressgateway' } },
  { type: 'router', namespace: 'edge', labels: { [madeByIstio]: 'km' } },
  { type: 'sidecar', namespace: 'n1', labels: { app: 'web' } },
  { type: 'sidecar', namespace: 'n2', labels: { app: 'db' } },
  { type: 'sidecar', namespace: 'n3', labels: { app: 'other' } },
]

/** The ports that these gateways may have. */
export const clusterPorts = [80, 8080] as const

/** An object of any kind, as old as everything else until somebody says how old it is. */
export function objectIn(
  [apiVersion, kind]: readonly [string, ObjectKind],
  identity: string,
  spec: Json,
  metadata: Partial<KubernetesObject['metadata']> = {},
): KubernetesObject {
  const [namespace = '', name = ''] = identity.split('/')
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    spec,
  }
}

/** What every mixed mesh has: services, among which that of the shared gateway. */
export const clusterServices: readonly KubernetesObject[] = [
  ...serviceObjects,
  objectIn(['v1', 'Service'], 'edge/ingress', {
    selector: { istio: 'ingressgateway' },
    ports: [
      { name: 'http', port: 80 },
      { name: 'http-alt', port: 8080 },
    ],
  }),
]

/** Objects of all kinds that meet on one host. */
export function randomCluster(material: Material): readonly KubernetesObject[] {
  const { chance } = material
  return [
    ...randomNamespaces(chance),
    ...randomIstioGateways(material),
    ...(chance.oneIn(4) ? [] : randomVirtualServices(material).slice(0, 3)),
    ...randomKubernetesGateways(chance),
    ...randomClasses(chance),
    ...randomRoutes(material),
    ...(chance.oneIn(3) ? [] : chance.some(grantNames, 2).map((name) => randomGrant(chance, name))),
    ...(chance.oneIn(3) ? chance.some(ingressNames, 2).map((name) => randomIngress(chance, name)) : []),
    ...(chance.oneIn(4) ? [ingressClass] : []),
  ]
}

/** The routes of a mixed mesh. */
function randomRoutes(material: Material): readonly KubernetesObject[] {
  const { chance } = material
  return [
    ...chance
      .shuffled(routeNames)
      .slice(0, 2 + chance.below(5))
      .map((name) => randomRoute(material, 'HTTPRoute', name)),
    ...(chance.oneIn(4) ? chance.some(grpcNames, 2) : []).map((name) =>
      randomRoute(material, 'GRPCRoute', name),
    ),
    ...(chance.oneIn(2) ? chance.some(meshRouteNames, 3) : []).map((name) => randomMeshRoute(material, name)),
  ]
}

const labels = [{ routes: 'yes' }, { routes: 'no' }, { team: 'one' }, {}] as const

function randomNamespaces(chance: Chance): readonly KubernetesObject[] {
  const names = chance.oneIn(12) ? ['n1', 'edge'] : ['n1', 'n2', 'edge']
  return names.map((name) => randomNamespace(chance, name))
}

/** A namespace with some labels. */
export function randomNamespace(chance: Chance, name: string): KubernetesObject {
  return objectIn(['v1', 'Namespace'], `/${name}`, {}, { labels: chance.of(labels) })
}

function randomIstioGateways({ chance, gateways }: Material): readonly KubernetesObject[] {
  return gateways.map((identity) => {
    const { servers } = randomGateway('plain', chance)
    return objectIn(['networking.istio.io/v1', 'Gateway'], identity, {
      selector: { istio: 'ingressgateway' },
      servers,
    })
  })
}

const kubernetesGateways = ['edge/kb', 'n1/kc'] as const

/** Meshes with a Gateway on pods of its own, which is not told apart from the others by pod. */
const madeOneIn = 12

function randomKubernetesGateways(chance: Chance): readonly KubernetesObject[] {
  const others = chance.some(kubernetesGateways, 2)
  const made = chance.oneIn(madeOneIn) ? ['edge/km'] : []
  return ['edge/ka', ...others, ...made].map((identity) =>
    objectIn([gatewayApi, 'Gateway'], identity, randomKubernetesGateway(chance, identity)),
  )
}

/** A Gateway of the Gateway API: `km` has pods of its own, the others are bound to those that everybody shares. */
export function randomKubernetesGateway(chance: Chance, identity: string): Json {
  const count = 1 + chance.below(3)
  const places = new Map(
    Array.from({ length: count }, () => {
      const port = chance.of([80, 80, 8080])
      const hostname = chance.of([
        undefined,
        undefined,
        undefined,
        '*.example',
        'a.example',
        '*.a.example',
        'b.example',
      ])
      return [`${port} ${hostname}`, { port, hostname }] as const
    }),
  )
  const listeners = [...places.values()].map(({ port, hostname }, at) =>
    withoutUndefined({
      name: `l${at}`,
      port,
      protocol: 'HTTP',
      hostname,
      allowedRoutes: randomAllowed(chance),
    }),
  )
  const addresses = [
    { type: 'Hostname', value: chance.oneIn(4) ? 'ingress' : 'ingress.edge.svc.cluster.local' },
  ]
  return withoutUndefined({
    gatewayClassName: chance.oneIn(12) ? chance.of(['other', 'asm']) : 'istio',
    listeners,
    addresses: identity === 'edge/km' ? undefined : addresses,
  })
}

/** Whose routes a listener takes. */
export function randomAllowed(chance: Chance): Json | undefined {
  const kinds = chance.oneIn(12) ? [{ kind: chance.of(['HTTPRoute', 'GRPCRoute']) }] : undefined
  const namespaces = chance.of<Json | undefined>([
    { from: 'All' },
    { from: 'All' },
    { from: 'All' },
    { from: 'Selector', selector: { matchLabels: { routes: 'yes' } } },
    {
      from: 'Selector',
      selector: { matchExpressions: [{ key: 'routes', operator: 'NotIn', values: ['no'] }] },
    },
    { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'n1' } } },
    chance.oneIn(2) ? { from: 'Same' } : undefined,
  ])
  return kinds === undefined && namespaces === undefined ? undefined : withoutUndefined({ kinds, namespaces })
}

function randomClasses(chance: Chance): readonly KubernetesObject[] {
  const classOf = (name: string, controllerName: string) =>
    objectIn([gatewayApi, 'GatewayClass'], `/${name}`, { controllerName })
  return [
    classOf('asm', 'istio.io/gateway-controller'),
    classOf('other', 'example.com/controller'),
    ...(chance.oneIn(2) ? [classOf('istio', 'istio.io/gateway-controller')] : []),
  ]
}

const grantNames = ['n1/g', 'n2/g', 'n2/h', 'edge/g'] as const

/** Lets routes of some namespaces use services. */
export function randomGrant(chance: Chance, identity: string): KubernetesObject {
  const from = chance.some(['n1', 'n2', 'edge'], 2).map((namespace) => ({
    group: 'gateway.networking.k8s.io',
    kind: chance.oneIn(6) ? 'GRPCRoute' : 'HTTPRoute',
    namespace,
  }))
  const to = { group: '', kind: 'Service', ...(chance.oneIn(3) && { name: chance.of(['web', 'db']) }) }
  return objectIn(['gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'], identity, { from, to: [to] })
}

const ingressNames = ['n1/ia', 'n2/ib', 'n1/ic'] as const

const ingressClass = objectIn(['networking.k8s.io/v1', 'IngressClass'], '/named', {
  controller: 'istio.io/ingress-controller',
})

/** An Ingress, most of them of Istio's class. */
export function randomIngress(chance: Chance, identity: string): KubernetesObject {
  const isNamed = chance.oneIn(4)
  const annotation = chance.oneIn(10) ? 'nginx' : 'istio'
  const rules = Array.from({ length: 1 + chance.below(2) }, () =>
    withoutUndefined({
      host: chance.of([undefined, 'a.example', 'a.example', 'b.example', '*.example']),
      http: { paths: Array.from({ length: 1 + chance.below(3) }, () => randomIngressPath(chance)) },
    }),
  )
  return objectIn(
    ['networking.k8s.io/v1', 'Ingress'],
    identity,
    { ...(isNamed && { ingressClassName: 'named' }), rules },
    isNamed ? {} : { annotations: { 'kubernetes.io/ingress.class': annotation } },
  )
}

function randomIngressPath(chance: Chance): Json {
  const pathType = chance.of(['Prefix', 'Prefix', 'Exact', 'ImplementationSpecific'])
  const loose = ['/a/*', '/b.*', '/a', '/b/a'] as const
  const path =
    pathType === 'ImplementationSpecific' ? chance.of(loose) : chance.of(['/', '/a', '/a/b', '/b', '/ab'])
  return {
    path,
    pathType,
    backend: { service: { name: chance.of(['web', 'web', 'db']), port: { number: chance.of([80, 8080]) } } },
  }
}
