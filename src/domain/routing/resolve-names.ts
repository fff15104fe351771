import { folderOf } from '../manifest/layers/paths.ts'
import { resolveGatewayName, resolveHost } from '../manifest/names.ts'
import { isWhollyUnknown, placeholderIn } from '../manifest/placeholders/placeholders.ts'
import type {
  Destination,
  HTTPMatchRequest,
  HTTPRoute,
  VirtualService,
  VirtualServiceSpec,
} from '../manifest/virtual-service.ts'
import { memoized } from '../source/memoized.ts'

interface Context {
  readonly namespace: string | undefined
  readonly clusterDomain: string
}

/**
 * The same VirtualService with short host and gateway names spelled out, by its own namespace (Istio
 * `ResolveVirtualServiceShortnames`, which runs before delegates are merged). Origins are kept. A host of which nothing is
 * known is another one in each directory: there every application has its own `${HOST}`.
 */
export function resolveNames(virtualService: VirtualService, clusterDomain: string): VirtualService {
  const known = resolvedBy(virtualService)
  const resolved = known.get(clusterDomain) ?? withNames(virtualService, clusterDomain)
  known.set(clusterDomain, resolved)
  return resolved
}

const resolvedBy = memoized((_: VirtualService) => new Map<string, VirtualService>())

function withNames(virtualService: VirtualService, clusterDomain: string): VirtualService {
  const context: Context = { namespace: virtualService.namespace, clusterDomain }
  const { spec } = virtualService
  const resolved: VirtualServiceSpec = {
    ...spec,
    ...(spec.hosts && { hosts: spec.hosts.map((host) => ownHostIn(host, virtualService, context)) }),
    ...(spec.gateways && { gateways: gatewaysIn(spec.gateways, context) }),
    ...(spec.http && { http: spec.http.map((route) => resolveRoute(route, context)) }),
  }
  return { ...virtualService, spec: resolved }
}

function ownHostIn(host: string, { file }: VirtualService, context: Context): string {
  if (!isWhollyUnknown(host)) return hostIn(host, context)
  return placeholderIn(host, folderOf(file.path) || '.')
}

function hostIn(host: string, context: Context): string {
  return resolveHost(host, context.namespace, context.clusterDomain)
}

function gatewaysIn(gateways: readonly string[], context: Context): readonly string[] {
  return gateways.map((gateway) => resolveGatewayName(gateway, context.namespace))
}

function resolveRoute(route: HTTPRoute, context: Context): HTTPRoute {
  return {
    ...route,
    ...(route.match && { match: route.match.map((match) => resolveMatch(match, context)) }),
    ...(route.route && {
      route: route.route.map((target) => ({ ...target, ...destinationIn(target.destination, context) })),
    }),
    ...(route.mirror && { mirror: resolveDestination(route.mirror, context) }),
    ...(route.mirrors && {
      mirrors: route.mirrors.map((mirror) => ({ ...mirror, ...destinationIn(mirror.destination, context) })),
    }),
  }
}

function resolveMatch(match: HTTPMatchRequest, context: Context): HTTPMatchRequest {
  return match.gateways === undefined ? match : { ...match, gateways: gatewaysIn(match.gateways, context) }
}

function destinationIn(
  destination: Destination | undefined,
  context: Context,
): { readonly destination?: Destination } {
  return destination === undefined ? {} : { destination: resolveDestination(destination, context) }
}

function resolveDestination(destination: Destination, context: Context): Destination {
  return destination.host === undefined
    ? destination
    : { ...destination, host: hostIn(destination.host, context) }
}
