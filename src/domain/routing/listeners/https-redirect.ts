import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest, HTTPRoute } from '../../manifest/virtual-service.ts'
import { type Outcome, outcomeOf } from '../action.ts'
import type { EffectiveRoute } from '../route-table.ts'
import type { HttpServer } from './gateways.ts'
import { hostsAsIstioHas } from './server-duplicates.ts'

/** What a redirecting server answers. */
export const httpsRedirect: HTTPRoute = { redirect: { scheme: 'https', redirectCode: 301 } }

export function redirects({ server, plain }: HttpServer): boolean {
  return plain && server.tls?.httpsRedirect === true
}

/**
 * The hosts that a redirecting server names itself. Istio takes a name with the namespace before it as it is written, and no request
 * has such a host.
 */
export function hostsRedirected(server: HttpServer): readonly string[] {
  if (!redirects(server)) return []
  return hostsAsIstioHas(server)
    .filter((host) => !host.includes('/'))
    .map((host) => host.toLowerCase())
}

/** The clients for whom a match is sent. */
export type ClientMatch = Pick<HTTPMatchRequest, 'port' | 'sourceLabels' | 'sourceNamespace'>

/**
 * Who is redirected where a host is one of a redirecting server. `everybody`: the server names the host itself. `itself`: the
 * host is there for those alone for whom this VirtualService has routes. Else a list: the clients for whom others, who share the host,
 * have some on such a server.
 */
export type Redirected = 'everybody' | 'itself' | readonly ClientMatch[]

/**
 * Istio `RequireTls: ALL`: the virtual host answers every request before any of its routes is asked. Whoever has the
 * host is said to answer, since no entry of a secondary does.
 */
export function redirectedRoutes(
  routes: readonly EffectiveRoute[],
  who: Redirected | undefined,
): readonly EffectiveRoute[] {
  if (who === undefined) return routes
  if (who === 'everybody') return routes.slice(0, 1).map((route) => redirectOf(route))
  if (who === 'itself') {
    return clientsSentTo(routes).flatMap((client) =>
      routes.slice(0, 1).map((route) => redirectOf(route, client)),
    )
  }
  return routes.flatMap((route) => [...who.flatMap((client) => redirectFor(route, client)), route])
}

/** The clients for whom there is some route; one without conditions is everybody. */
export function clientsSentTo(routes: readonly EffectiveRoute[]): readonly ClientMatch[] {
  const clients = routes.map(({ match }) => clientsOf(match))
  const everybody = clients.find((each) => Object.keys(each).length === 0)
  if (everybody !== undefined) return [everybody]
  return [...new Map(clients.map((each) => [canonicalJson(each), each])).values()]
}

/** Beside `gateways` the client is not looked at. */
function clientsOf({
  port,
  gateways = [],
  sourceLabels = {},
  sourceNamespace,
}: HTTPMatchRequest = {}): ClientMatch {
  return {
    ...(port !== undefined && { port }),
    ...(gateways.length === 0 && Object.keys(sourceLabels).length > 0 && { sourceLabels }),
    ...(gateways.length === 0 && sourceNamespace !== undefined && { sourceNamespace }),
  }
}

function redirectOf(
  { from: { primary, entry } }: EffectiveRoute,
  match: HTTPMatchRequest = {},
): EffectiveRoute {
  return {
    from: { http: httpsRedirect, primary, entry },
    ...(Object.keys(match).length > 0 && { match }),
    outcome: redirectedOutcome(identityOf(primary)),
  }
}

/** The requests of a route that come from these clients; none where it is for others alone. */
function redirectFor(route: EffectiveRoute, client: ClientMatch): readonly EffectiveRoute[] {
  const { gateways: _, ...match } = route.match ?? {}
  const own = clientsOf(route.match)
  const labels = { ...own.sourceLabels, ...client.sourceLabels }
  const isOther =
    Object.entries(own.sourceLabels ?? {}).some(([name, value]) => labels[name] !== value) ||
    (own.sourceNamespace ?? client.sourceNamespace) !== (client.sourceNamespace ?? own.sourceNamespace)
  return isOther ? [] : [redirectOf(route, { ...match, ...own, ...client, sourceLabels: labels })]
}

/** Whoever has the host, the answer of the port is the same. */
function redirectedOutcome(supplier: string): Outcome {
  const outcome = outcomeOf(httpsRedirect, undefined, supplier)
  return { ...outcome, key: canonicalJson(outcome.action) }
}
