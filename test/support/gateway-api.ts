import { identityOf } from '../../src/domain/manifest/names.ts'
import { parseManifests } from '../../src/domain/manifest/parse-manifests.ts'
import { defaultIstioSettings, type IstioSettings } from '../../src/domain/routing/istio-settings.ts'
import { servicesIn } from '../../src/domain/routing/mesh-services.ts'
import { type Mesh, takeSnapshot } from '../../src/domain/routing/snapshot.ts'

const api = 'gateway.networking.k8s.io/v1'

/** The Service of the ingress gateway, whose pods all Gateways here are on. */
export const gatewayService = `apiVersion: v1
kind: Service
metadata: { name: istio-ingressgateway, namespace: istio-system }
spec: { selector: { istio: ingressgateway }, ports: [{ name: http, port: 80, targetPort: 80 }, { name: https, port: 443, targetPort: 443 }] }
`

/** A Kubernetes Gateway on the pods of the ingress gateway, as ASM asks for it. */
export function kubernetesGateway(name = 'k', listener = 'name: http, port: 80, protocol: HTTP'): string {
  return `apiVersion: ${api}
kind: Gateway
metadata: { name: ${name}, namespace: istio-system }
spec:
  gatewayClassName: istio
  addresses: [{ type: Hostname, value: istio-ingressgateway }]
  listeners: [{ ${listener}, allowedRoutes: { namespaces: { from: All } } }]
`
}

/** Parts of an HTTPRoute in YAML; the others are the usual ones. */
interface RouteParts {
  readonly host?: string
  readonly path?: string
  readonly rules?: string
  readonly parents?: string
  readonly kind?: string
}

/** An HTTPRoute (`ns/name`) that leads one prefix to a service of its own name. */
export function httpRoute(identity: string, parts: RouteParts = {}): string {
  const [namespace = '', name = ''] = identity.split('/')
  const { host = 'shop.example', path = '/login', kind = 'HTTPRoute' } = parts
  const rules =
    parts.rules ?? `[{ matches: [{ path: { value: ${path} } }], backendRefs: [{ name: ${name}, port: 80 }] }]`
  return `apiVersion: ${api}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  parentRefs: ${parts.parents ?? '[{ name: k, namespace: istio-system }]'}
  hostnames: ["${host}"]
  rules: ${rules}
`
}

/** The only mesh of some files: path and text. */
export function meshOfFiles(
  files: Readonly<Record<string, string>>,
  settings: Partial<IstioSettings> = {},
): Mesh {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }))
  const all = { ...defaultIstioSettings, ...settings }
  const manifests = parseManifests(sources, { namespaceOf: () => undefined, version: all.version })
  const { meshes } = takeSnapshot(manifests, {
    settings: all,
    complete: true,
    meshOf: () => 'default',
    knownGateways: () => new Set(manifests.gateways.map(identityOf)),
    services: servicesIn([manifests], {
      clusterDomain: all.clusterDomain,
      namespaceOf: () => undefined,
      meshOf: () => 'default',
    }),
  })
  const [mesh] = meshes
  if (mesh === undefined) throw new Error('The files hold no mesh')
  return mesh
}
