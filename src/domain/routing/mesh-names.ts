/**
 * The names under which a sidecar may know the host that a client writes (Istio `generateAltVirtualHosts`): the name
 * itself, then the Kubernetes service that `svc`, `svc.ns` or `svc.ns.svc` stands for. `svc` alone is looked up in the
 * client's namespace.
 */
export function namesInMesh(
  name: string,
  clientNamespace: string | undefined,
  clusterDomain: string,
): readonly string[] {
  const parts = name.split('.')
  const domain = `svc.${clusterDomain.toLowerCase()}`
  if (parts.some((part) => part === '')) return [name]
  if (parts.length === 1) {
    return clientNamespace === undefined ? [name] : [name, `${name}.${clientNamespace}.${domain}`]
  }
  if (parts.length === 2) return [name, `${name}.${domain}`]
  return parts.length === 3 && parts[2] === 'svc' ? [name, `${parts[0]}.${parts[1]}.${domain}`] : [name]
}

/** The other names, wildcards included, under which sidecars may know a host: `svc` only beside its own namespace. */
export function otherNamesInMesh(host: string, clusterDomain: string): readonly string[] {
  const suffix = `.svc.${clusterDomain.toLowerCase()}`
  if (!host.endsWith(suffix)) return []
  const parts = host.slice(0, -suffix.length).split('.')
  if (parts.length === 1) return parts[0] === '*' ? ['*'] : []
  const [service = '', namespace] = parts
  if (parts.length > 2) return []
  return [service, `${service}.${namespace}`, `${service}.${namespace}.svc`]
}
