import { entryOf, type YamlNode } from '../../source/yaml-node.ts'
import { isUnknown, mayBe } from '../placeholders/placeholders.ts'

const versions = ['v1', 'v1beta1', 'v1alpha3']

/** Kinds that people route and forbid by, each in one group but for `Gateway`. */
const groups: ReadonlyMap<string, string> = new Map([
  ...[
    ...['VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar', 'EnvoyFilter'],
    ...['WorkloadEntry', 'WorkloadGroup', 'ProxyConfig'],
  ].map((kind) => [kind, 'networking.istio.io'] as const),
  ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map(
    (kind) => [kind, 'security.istio.io'] as const,
  ),
  ...['Gateway', 'HTTPRoute', 'GRPCRoute'].map((kind) => [kind, 'gateway.networking.k8s.io'] as const),
])

/**
 * An `apiVersion` that another tool fills in, as far as the kind tells which it is: that of the mesh where it may be. Where the
 * kind is not known either, it may be any of the mesh's own. A Gateway with servers is Istio's.
 */
export function apiVersionOfKind(apiVersion: string, kind: string, spec: YamlNode | undefined): string {
  if (!isUnknown(apiVersion)) return apiVersion
  const isOurs = isUnknown(kind) || (kind === 'Gateway' && spec?.kind === 'map' && entryOf(spec, 'servers'))
  const group = isOurs ? 'networking.istio.io' : groups.get(kind)
  const possible = versions.map((version) => `${group}/${version}`)
  const [first] = group === undefined ? [] : possible.filter((each) => mayBe(apiVersion, each))
  return first ?? apiVersion
}
