import type { HTTPRoute, HTTPRouteDestination } from '../virtual-service.ts'

/** Routes of a VirtualService of which something sets the weights while it runs. */
export interface WeightedRoutes {
  /** Whether it is the VirtualService of this `ns/name`; `?/name` where the namespace is not known. */
  readonly isOf: (identity: string) => boolean
  /** Who does it, as `Kind ns/name`, or the setting that says so. */
  readonly by: string
  /** The file of the object that says so: it speaks of its own mesh. */
  readonly path?: string
  /** Whether it is this entry, of a VirtualService with so many. */
  readonly isEntry: (entry: HTTPRoute, count: number) => boolean
  /** Whether the requests are shared between these two. */
  readonly isPair: (one: HTTPRouteDestination, other: HTTPRouteDestination) => boolean
}

/** Two services of a namespace, in either order; their hosts as they are written there. */
export function betweenServices(
  services: readonly string[],
  namespace: string | undefined,
): WeightedRoutes['isPair'] {
  const serviceOf = ({ destination }: HTTPRouteDestination) =>
    services.find((name) => isHostOf(name, namespace, destination?.host ?? ''))
  return (one, other) => {
    const [a, b] = [serviceOf(one), serviceOf(other)]
    return a !== undefined && b !== undefined && a !== b
  }
}

function isHostOf(name: string, namespace: string | undefined, host: string): boolean {
  if (host === name) return true
  const inNamespace = `${name}.${namespace}`
  return namespace !== undefined && (host === inNamespace || host.startsWith(`${inNamespace}.svc`))
}

/** Two subsets of one host, in either order. */
export function betweenSubsets(subsets: readonly string[]): WeightedRoutes['isPair'] {
  return ({ destination: one }, { destination: other }) =>
    one !== undefined &&
    one.host === other?.host &&
    one.subset !== other?.subset &&
    [one, other].every((each) => each?.subset !== undefined && subsets.includes(each.subset))
}
