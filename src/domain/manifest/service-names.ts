/** The services of a cluster that a host may stand for; both are names, or `*` and how the name ends. */
export interface ServiceNames {
  readonly service: string
  readonly namespace: string
  /** Absent where it may as well be a host outside the cluster: two labels and nothing else. */
  readonly sure?: true
}

/** The domain of services that several clusters share (KEP-1645, Istio `constants.DefaultClusterSetLocalDomain`). */
const clusterSet = '.svc.clusterset.local'

/**
 * The services that a host in lower case names: `svc.ns.svc.DOMAIN`, the same of all clusters together, as sidecars know it
 * too `svc.ns.svc` and `svc.ns` (Istio `generateAltVirtualHosts`), and wildcards that cover some. Undefined for a host outside
 * the cluster.
 */
export function serviceNames(host: string, clusterDomain: string): ServiceNames | undefined {
  const suffix = `.svc.${clusterDomain.toLowerCase()}`
  if (host.startsWith('*') && [suffix, clusterSet].some((each) => each.endsWith(host.slice(1))))
    return { service: '*', namespace: '*', sure: true }
  const ending = [suffix, clusterSet, '.svc'].find((each) => host.endsWith(each))
  if (ending !== undefined) return namesIn(host.slice(0, -ending.length))
  const [service = '', namespace = '', ...more] = host.split('.')
  return namespace === '' || more.length > 0 ? undefined : { service, namespace }
}

/** Of names before a service (pods of a headless one) nothing is looked at. */
function namesIn(rest: string): ServiceNames | undefined {
  const labels = rest.split('.')
  const namespace = labels.at(-1) ?? ''
  const service = labels.at(-2)
  if (namespace.startsWith('*')) return { service: '*', namespace, sure: true }
  return service === undefined ? undefined : { service, namespace, sure: true }
}
