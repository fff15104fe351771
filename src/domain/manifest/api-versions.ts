const usual = ['v1', 'v1beta1', 'v1alpha3']

/** The kinds of networking.istio.io that were never promoted, with what clusters serve of them. */
const unusual: ReadonlyMap<string, readonly string[]> = new Map([
  ['EnvoyFilter', ['v1alpha3']],
  ['ProxyConfig', ['v1beta1']],
])

/** Whether a cluster with Istio knows the version of this kind; an object of any other never gets into one. */
export function isServed(apiVersion: string, kind: string): boolean {
  return (unusual.get(kind) ?? usual).includes(versionOf(apiVersion))
}

/** What stands behind the group; the core group has no name. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}
