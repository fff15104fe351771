import { gatewayApiGroup } from '../manifest/kinds/gateway-api-names.ts'
import { hostMatches, kindAndName } from '../manifest/names.ts'
import { isAllowed, type Listener, type Parents } from './listeners.ts'
import type { Looking } from './looking.ts'
import type { Route } from './objects.ts'

/** A route at a listener, under one of its hosts as the route says it; `*` where it says none. */
export interface Attachment {
  readonly route: Route
  readonly listener: Listener
  readonly host: string
}

type ParentRef = NonNullable<Route['decoded']['parentRefs']>[number]

/** Of Istio's kinds a route is attached to ServiceEntries, as far as is known here. */
const istioGroup = 'networking.istio.io'
const parentKinds = new Set(['Gateway', 'ListenerSet'])

/** Where the routes are attached, each listener and host once. */
export function attachmentsOf(
  routes: readonly Route[],
  parents: Parents,
  looking: Looking,
): readonly Attachment[] {
  return routes.flatMap((route) => {
    const listeners = new Set(
      (route.decoded.parentRefs ?? []).flatMap((parent) => listenersNamed(route, parent, parents, looking)),
    )
    return [...listeners].flatMap((listener) =>
      hostsAt(route, listener, parents).map((host) => ({ route, listener, host })),
    )
  })
}

function listenersNamed(
  route: Route,
  {
    group = gatewayApiGroup,
    kind = 'Gateway',
    namespace = route.namespace,
    name = '',
    sectionName,
    port,
  }: ParentRef,
  parents: Parents,
  looking: Looking,
): readonly Listener[] {
  if (group === istioGroup && kind !== 'ServiceEntry')
    looking.missing.add(route, 'parent-unknown', `${kind} ${name}`)
  if (group !== gatewayApiGroup || !parentKinds.has(kind)) return []
  const key = kindAndName({ kind, namespace, name })
  const listeners = parents.listenersOf(key)
  const written = parents.written(key)
  if (written === undefined) looking.missing.add(route, 'parent-unknown', key)
  else if (looking.missing.of(written).length > 0) looking.missing.add(route, 'parent-unmodelled', key)
  return (listeners ?? []).filter(
    (listener) =>
      (sectionName === undefined || listener.name === sectionName) &&
      (port === undefined || listener.port === port) &&
      takesKind(listener, route) &&
      takesNamespace(listener, route, looking),
  )
}

function takesKind({ written }: Listener, { kind }: Route): boolean {
  const kinds = written.allowedRoutes?.kinds ?? []
  return (
    kinds.length === 0 ||
    kinds.some(({ group = gatewayApiGroup, kind: own }) => group === gatewayApiGroup && own === kind)
  )
}

function takesNamespace({ written, parent }: Listener, route: Route, looking: Looking): boolean {
  const { from = 'Same', selector = {} } = written.allowedRoutes?.namespaces ?? {}
  return isAllowed({ from, selector }, route, parent.namespace, looking)
}

/** The hosts of a route that a listener takes, as they are written; of each that another listener is more special for, none. */
function hostsAt(route: Route, listener: Listener, parents: Parents): readonly string[] {
  const { hostnames = [] } = route.decoded
  if (hostnames.length === 0) return ['*']
  const hosts = hostnames.map((host) => host.toLowerCase())
  return [...new Set(hosts)].filter(
    (host) => hostMatches(host, listener.hostname) && parents.isLeftTo(listener, host),
  )
}
