import {
  indexOfLiteral,
  isUnknown,
  mayBe,
  type NamePattern,
  patternOf,
  patternsMeet,
} from './placeholders/placeholders.ts'
import type { ResourceName } from './resource.ts'
import { isIpAddress } from './validation/values/ip-address.ts'

/** `namespace/name`; the namespace is `?` where nothing says which it is. */
export type NamespacedName = `${string}/${string}`

const unknownNamespace = '?'

/** The namespace and the name as one text. */
function namespacedName(namespace: string | undefined, name: string): NamespacedName {
  return `${namespace ?? unknownNamespace}/${name}`
}

/** What a resource is called in findings and in references. */
export function identityOf(resource: ResourceName): NamespacedName {
  return namespacedName(resource.namespace, resource.name)
}

/**
 * Whether two `ns/name` may be the same: equal, of a namespace that nothing says (`?`), or as far as placeholders are
 * known.
 */
export function mayBeIdentity(a: string, b: string): boolean {
  if (a === b) return true
  const [slash, other] = [indexOfLiteral(a, '/'), indexOfLiteral(b, '/')]
  // A placeholder may hold the slash, too; `mesh` has none.
  if (slash === -1 || other === -1) return mayBe(a, b)
  return mayBe(a.slice(slash), b.slice(other)) && mayBeNamespace(a.slice(0, slash), b.slice(0, other))
}

/** Whether two names are the same as far as they are written: a namespace that nothing says may be any. */
export function mayBeSame(a: ResourceName, b: ResourceName): boolean {
  const isOpen = a.namespace === undefined || b.namespace === undefined
  return a.name === b.name && (isOpen || a.namespace === b.namespace)
}

/** Whether an `ns/name` has a namespace that something says. */
export function saysNamespace(name: string): boolean {
  return !name.startsWith(`${unknownNamespace}/`)
}

/** A namespace that nothing says may be any. */
export function mayBeNamespace(a: string | undefined, b: string | undefined): boolean {
  const known = [a, b].every((each) => each !== undefined && each !== unknownNamespace)
  return !known || mayBe(a ?? '', b ?? '')
}

/**
 * A host as Istio reads it (`ResolveShortnameToFQDN`): a short name belongs to `namespace`; `*`, addresses and names
 * with a dot stay as they are. So does what another tool fills in: whether it will be short is not known.
 */
export function resolveHost(host: string, namespace: string | undefined, clusterDomain: string): string {
  if (host === '' || host === '*' || host.includes('.') || isIpAddress(host) || isUnknown(host)) return host
  return `${host}.${namespace ?? unknownNamespace}.svc.${clusterDomain}`
}

/**
 * A gateway name as Istio reads it (`resolveGatewayName`), the legacy form `name.namespace[.anything]` included. One that
 * begins with a placeholder stays as it is: that may hold the namespace.
 */
export function resolveGatewayName(name: string, namespace: string | undefined): string {
  if (name === 'mesh' || (isUnknown(name) && patternOf(name)[0] === '')) return name
  if (name.startsWith('./')) return namespacedName(namespace, name.slice(2))
  if (indexOfLiteral(name, '/') !== -1) return name
  if (indexOfLiteral(name, '.') === -1) return namespacedName(namespace, name)
  const [first = '', second = ''] = name.split('.')
  return `${second}/${first}`
}

/**
 * Whether something of `ownNamespace` with this `exportTo` is visible in `namespace`; an empty list means the mesh's
 * default. Where a namespace is unknown and the answer hangs on it, the answer is yes.
 */
export function isVisibleTo(
  exportTo: readonly string[] | undefined,
  ownNamespace: string | undefined,
  namespace: string | undefined,
  defaultExportTo: readonly string[],
): boolean {
  const list = exportTo === undefined || exportTo.length === 0 ? defaultExportTo : exportTo
  return list.some((entry) => {
    if (entry === '*') return true
    if (entry === '~') return false
    const exported = entry === '.' ? ownNamespace : entry
    return mayBeNamespace(exported, namespace)
  })
}

/** `*`, or `*` and the rest of a name: the rest must be preceded by at least one character. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*')
}

/** Whether some name is covered by both hosts (Istio `host.Name.Matches`). `*.foo.com` does not cover `foo.com`. */
export function hostMatches(a: string, b: string): boolean {
  return hostSubsetOf(a, b) || hostSubsetOf(b, a)
}

/** Whether some name may be covered by both hosts once all placeholders are filled in. */
export function hostsMayMeet(a: string, b: string): boolean {
  return isUnknown(a) || isUnknown(b) ? patternsMeet(hostPattern(a), hostPattern(b)) : hostMatches(a, b)
}

/** The pieces of a host that are known, in order: anything may stand in place of its star and of its placeholders. */
export function hostPattern(host: string): NamePattern {
  return isWildcard(host) ? ['', ...patternOf(host.slice(1))] : patternOf(host)
}

/** Whether every name that `a` covers is covered by `b` (Istio `host.Name.SubsetOf`). */
export function hostSubsetOf(a: string, b: string): boolean {
  if (!isWildcard(b)) return a === b
  return isWildcard(a) ? a.length >= b.length && a.endsWith(b.slice(1)) : a.endsWith(b.slice(1))
}

/**
 * The hosts that both lists cover, the narrower name of each overlapping pair, in the order of the first list. Where a
 * placeholder leaves open which is narrower, what the VirtualService says.
 */
export function intersectHosts(
  serverHosts: readonly string[],
  virtualServiceHosts: readonly string[],
): readonly string[] {
  const common = serverHosts.flatMap((server) =>
    virtualServiceHosts
      .filter((host) => hostsMayMeet(server, host))
      .map((host) => (hostSubsetOf(server, host) ? server : host)),
  )
  return [...new Set(common)]
}

/**
 * The host parts of a Gateway server's `hosts` that a VirtualService of `virtualServiceNamespace` may bind to: a plain
 * host or one after `*` and a slash is for everybody, `./host` for the Gateway's own namespace, `ns/host` for that one
 * (Istio `NamesForNamespace`). An unknown namespace may be any.
 */
export function hostsForNamespace(
  serverHosts: readonly string[],
  gatewayNamespace: string | undefined,
  virtualServiceNamespace: string | undefined,
): readonly string[] {
  if (serverHosts.includes('*/*')) return ['*']
  return serverHosts.flatMap((entry) => {
    const slash = indexOfLiteral(entry, '/')
    if (slash === -1) return [entry]
    const written = entry.slice(0, slash)
    const namespace = written === '.' ? gatewayNamespace : written
    const mayBind = written === '*' || mayBeNamespace(namespace, virtualServiceNamespace)
    return mayBind ? [entry.slice(slash + 1)] : []
  })
}
