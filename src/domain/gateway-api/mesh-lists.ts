import { gatewayApiGroup } from '../manifest/kinds/gateway-api-names.ts'
import { identityOf } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { type List, listOf } from './lists.ts'
import type { Looking } from './looking.ts'
import { hostsOfEntry, type Route } from './objects.ts'
import type { RuleMatch } from './rules.ts'

interface LookingForServices extends Looking {
  readonly serviceEntries: readonly UnmodelledResource[]
}

/** A service that a route is attached to. */
interface Called {
  readonly host: string
  readonly namespace: string
  readonly port?: number
}

/** Whether a route is, by one of its parents, for calls of a service. */
export function isForMesh(route: Route): boolean {
  return (route.decoded.parentRefs ?? []).some(isService)
}

type ParentRef = NonNullable<Route['decoded']['parentRefs']>[number]

function isService({ group = gatewayApiGroup, kind = 'Gateway' }: ParentRef): boolean {
  return (group === '' && kind === 'Service') || isEntry({ group, kind })
}

function isEntry({ group, kind }: ParentRef): boolean {
  return group === 'networking.istio.io' && kind === 'ServiceEntry'
}

/**
 * Routes for calls of services, by the namespace of the route, the port and the host. Whoever has the service has everybody's calls, others
 * those of their own namespace alone.
 */
export function meshListsOf(
  routes: readonly { readonly route: Route; readonly matches: readonly RuleMatch[] }[],
  looking: LookingForServices,
): readonly List[] {
  const attached = routes.flatMap(({ route, matches }) =>
    (route.decoded.parentRefs ?? [])
      .filter(isService)
      .flatMap((parent) => calledBy(route, parent, looking).map((called) => ({ route, called, matches }))),
  )
  const groups = Map.groupBy(attached, ({ route: { namespace }, called: { host, port } }) =>
    JSON.stringify([namespace, host, port]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { route, called } = first
    const isProducer = called.namespace === route.namespace
    const port = called.port === undefined ? '' : `~${called.port}`
    const place = {
      name: `${route.namespace ?? ''}~${called.host}${port}`,
      holder: route,
      spec: { hosts: [called.host], gateways: ['mesh'], ...(!isProducer && { exportTo: ['.'] }) },
      ...(called.port !== undefined && { port: called.port }),
    }
    const distinct = new Map(group.map((each) => [each.route, each.matches]))
    return [listOf(place, [...distinct.values()].flat(), looking.oldest)]
  })
}

function calledBy(
  route: Route,
  { group, kind, namespace = route.namespace ?? '', name = '', port }: ParentRef,
  { surroundings, serviceEntries, missing, clusterDomain }: LookingForServices,
): readonly Called[] {
  const own = { namespace, ...(typeof port === 'number' && { port }) }
  const identity = identityOf({ namespace, name })
  if (isEntry({ group: group ?? '', kind: kind ?? '' })) {
    const entries = serviceEntries.filter((each) => identityOf(each) === identity)
    if (entries.length === 0) missing.add(route, 'parent-unknown', `ServiceEntry ${identity}`)
    return entries.flatMap(hostsOfEntry).map((host) => ({ ...own, host }))
  }
  if (!surroundings.services.has(identity)) {
    missing.add(route, 'parent-unknown', `Service ${identity}`)
    return []
  }
  return [{ ...own, host: `${name}.${namespace}.svc.${clusterDomain}` }]
}
