import type { JsonObject, JsonValue } from '../manifest/json.ts'
import { canonicalJson } from '../manifest/json.ts'
import type {
  Destination,
  HTTPMatchRequest,
  HTTPRoute,
  HTTPRouteDestination,
} from '../manifest/virtual-service.ts'

/** What happens to a request: the action in normal form, and the VirtualService (`ns/name`) that supplied it. */
export interface Outcome {
  readonly action: JsonObject
  readonly supplier: string
  /** Two outcomes are equal exactly when their keys are. */
  readonly key: string
}

/** The outcome of a merged entry for the requests of one of its matches. */
export function outcomeOf(http: HTTPRoute, match: HTTPMatchRequest | undefined, supplier: string): Outcome {
  const action = normalAction(http, match)
  return { action, supplier, key: `${supplier} ${canonicalJson(action)}` }
}

/**
 * The action of a route as far as a request can tell (Istio `TranslateRoute`): redirect before directResponse before
 * route; destinations without order, with their share of the traffic; a rewrite together with what it replaces.
 */
function normalAction(http: HTTPRoute, match?: HTTPMatchRequest): JsonObject {
  if (http.redirect !== undefined) return redirectAction(http.redirect, match, http)
  if (http.directResponse !== undefined) {
    return present({ kind: 'directResponse', ...http.directResponse, headers: http.headers })
  }
  const destinations = normalDestinations(http.route ?? [])
  if (destinations.length === 0) return { kind: 'none' }
  return present({ kind: 'route', destinations, ...modifiers(http, match) })
}

function modifiers(http: HTTPRoute, match: HTTPMatchRequest | undefined): JsonObject {
  return {
    rewrite: http.rewrite && { ...replacement(http.rewrite, 'uri', match), ...http.rewrite },
    timeout: http.timeout,
    retries: http.retries,
    fault: http.fault,
    mirrors: normalMirrors(http),
    corsPolicy: http.corsPolicy,
    headers: http.headers,
  }
}

function redirectAction(
  redirect: JsonObject,
  match: HTTPMatchRequest | undefined,
  http: HTTPRoute,
): JsonObject {
  const code = redirect['redirectCode'] ?? 301
  return present({
    kind: 'redirect',
    ...replacement(redirect, 'prefixRewrite', match),
    ...redirect,
    redirectCode: code,
    headers: http.headers,
    corsPolicy: http.corsPolicy,
  })
}

/** A rewrite to `/` of `/log*` is another action than of `/login*`: Envoy replaces the prefix that matched. */
function replacement(object: JsonObject, field: string, match: HTTPMatchRequest | undefined): JsonObject {
  if (object[field] === undefined) return {}
  const uri = match?.uri
  if (uri?.exact !== undefined || uri?.regex !== undefined) return { replaces: 'path' }
  return { replaces: `prefix ${uri?.prefix ?? '/'}` }
}

/** Shares that another tool fills in are kept as they are written. */
function unknownShares(routes: readonly HTTPRouteDestination[]): readonly JsonObject[] {
  return routes.map(({ destination, headers, weight = 0 }) =>
    present({ ...normalDestination(destination), headers, weight }),
  )
}

/** Exactly one destination gets everything, whatever its weight; of several, those of weight zero get nothing. */
function normalDestinations(routes: readonly HTTPRouteDestination[]): readonly JsonObject[] {
  const written = routes.map(({ weight = 0 }) => (routes.length === 1 ? 1 : weight))
  const weights = written.filter((weight) => typeof weight === 'number')
  if (weights.length < routes.length) return unknownShares(routes)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = new Map<string, { destination: JsonObject; weight: number }>()
  for (const [index, route] of routes.entries()) {
    const weight = (weights[index] ?? 0) / total
    if (!(weight > 0)) continue
    const destination = present({ ...normalDestination(route.destination), headers: route.headers })
    const key = canonicalJson(destination)
    shares.set(key, { destination, weight: (shares.get(key)?.weight ?? 0) + weight })
  }
  return [...shares.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { destination, weight }]) => ({ ...destination, weight: percent(weight) }))
}

/** A share as a percentage, rounded so that sums of the same shares in another order are equal. */
function percent(share: number): number {
  return Math.round(share * 1e8) / 1e6
}

function normalDestination(destination: Destination | undefined): JsonObject {
  return present({
    host: destination?.host,
    subset: destination?.subset,
    port: destination?.port?.number,
  })
}

/** `mirror` with its percentage and `mirrors` say the same thing in two ways. */
function normalMirrors(http: HTTPRoute): readonly JsonValue[] | undefined {
  const single = http.mirror && [
    present({
      ...normalDestination(http.mirror),
      percentage: http.mirrorPercentage?.['value'] ?? http.mirrorPercent ?? (http.mirrorPercentage ? 0 : 100),
    }),
  ]
  const many = (http.mirrors ?? []).map((mirror) =>
    present({
      ...normalDestination(mirror.destination),
      percentage: mirror.percentage ? (mirror.percentage['value'] ?? 0) : 100,
    }),
  )
  const all = [...(single ?? []), ...many].filter((mirror) => mirror['percentage'] !== 0)
  return all.length === 0 ? undefined : all.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
}

function present(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}
