import { createHash } from 'node:crypto'
import { canonicalJson } from '../src/domain/manifest/json.ts'
import type { EnvoyRoute, Json } from './istio.ts'
import type { End } from './mesh.ts'

/** What a route does, as far as both sides can say it in the same words. */
export interface Deed {
  readonly to?: readonly (readonly [place: string, percent: number])[]
  readonly redirect?: Json
  readonly status?: number
  readonly timeout?: string
  readonly rewrite?: string
  readonly headers?: readonly string[]
}

/** What replaces a prefix, which is written with or without a slash behind it. */
export function withoutSlash(path: string | undefined): string | undefined {
  return path !== undefined && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** A deed in one line: equal deeds have equal lines. */
export function summaryOf(deed: Deed): string {
  const headers = deed.headers && deed.headers.length > 0 ? { headers: deed.headers.toSorted() } : {}
  const { headers: _, ...rest } = deed
  return canonicalJson({ ...rest, ...headers })
}

/** How requests end that Envoy gives to a route. */
export function endOf(route: EnvoyRoute): End {
  const { name = '', match, metadata: _, decorator: __, stat_prefix: ___, ...does } = route
  if (route.route?.['cluster'] === 'PassthroughCluster') return { end: 'passthrough' }
  if (name === 'default' && typeof route.route?.['cluster'] === 'string') return { end: 'service' }
  const { route: action } = does
  const same = { ...does, ...(action && { route: withShares(action) }), replaces: replacedBy(route, match) }
  const digest = createHash('sha256').update(canonicalJson(same)).digest('hex').slice(0, 8)
  return { route: name, does: summaryOf(deedOf(route)), digest }
}

/**
 * Weights of which only the shares count; who has all of it has it as if nobody else were named. Without what is answered
 * where there is no cluster, which routes of the Gateway API say and others do not.
 */
function withShares({
  weighted_clusters: weighted,
  cluster_not_found_response_code: _,
  ...action
}: Json): Json {
  if (weighted === undefined) return action
  const { clusters, ...rest } = weighted as WeightedClusters
  const shares = sharesIn(clusters).filter(({ share }) => share > 0)
  const [only, ...others] = shares
  const isAlone = only !== undefined && others.length === 0 && Object.keys(only).length === 2
  return isAlone
    ? { ...action, cluster: only.name }
    : { ...action, weighted_clusters: { ...rest, clusters: shares } }
}

/** A rewritten prefix is the one that was matched, so that the same rewrite sends a request elsewhere under another match. */
function replacedBy({ route = {}, redirect = {} }: EnvoyRoute, match: Json): unknown {
  const rewrites = route['prefix_rewrite'] !== undefined || redirect['prefix_rewrite'] !== undefined
  return rewrites ? (match['prefix'] ?? match['path_separated_prefix'] ?? match['path'] ?? '') : ''
}

function deedOf(route: EnvoyRoute): Deed {
  const { redirect, direct_response: direct, route: action } = route
  const headers = headersOf(route)
  if (redirect !== undefined) return { redirect: redirectOf(redirect), headers }
  if (direct !== undefined) return { status: Number(direct['status']), headers }
  if (action === undefined) return { headers }
  const { timeout } = action
  const rewrite = action['prefix_rewrite'] ?? (action['regex_rewrite'] as Json | undefined)?.['substitution']
  if (leadsNowhere(action)) return { status: internalServerError, headers }
  return {
    to: placesOf(action),
    headers,
    ...(typeof timeout === 'string' && timeout !== '0s' && { timeout }),
    ...(typeof rewrite === 'string' && { rewrite: withoutSlash(rewrite) ?? '' }),
  }
}

/** A cluster that nobody has: Envoy answers by itself. */
const unknownService = 'UnknownService'
const internalServerError = 500

function leadsNowhere(action: Json): boolean {
  const weighted = action['weighted_clusters'] as WeightedClusters | undefined
  const clusters = weighted?.clusters ?? [{ name: String(action['cluster']) }]
  return clusters.every(({ name }) => name === unknownService)
}

const codes: Readonly<Record<string, number>> = {
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
}

function redirectOf(redirect: Json): Json {
  const { path_redirect: whole, prefix_rewrite: prefix, host_redirect: host, response_code: code } = redirect
  const path = withoutSlash((whole || prefix) as string | undefined)
  return {
    code: codes[String(code)] ?? 301,
    ...(path !== undefined && path !== '' && { path }),
    ...(host !== undefined && host !== '' && { host }),
  }
}

interface WeightedCluster {
  readonly name: string
  readonly weight?: number
}

interface WeightedClusters {
  readonly clusters?: readonly WeightedCluster[]
}

/** Which share of one each has. */
function sharesIn(clusters: readonly WeightedCluster[] = []) {
  const total = clusters.reduce((sum, { weight = 0 }) => sum + weight, 0)
  return clusters.map(({ weight = 0, ...each }) => ({ ...each, share: weight / total }))
}

function placesOf(action: Json): Deed['to'] & object {
  const weighted = action['weighted_clusters'] as WeightedClusters | undefined
  const shares = sharesIn(weighted?.clusters ?? [{ name: String(action['cluster']), weight: 1 }])
  return sharesOf(shares.map(({ name, share }) => [placeOf(name), share]))
}

/** Shares of the same place are one, in percent. */
export function sharesOf(parts: readonly (readonly [string, number])[]): Deed['to'] & object {
  const byPlace = Map.groupBy(parts, ([place]) => place)
  return [...byPlace]
    .map(
      ([place, own]) =>
        [place, Math.round(own.reduce((sum, [, share]) => sum + share, 0) * 1e4) / 100] as const,
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** `outbound|80|v1|web.n1.svc.cluster.local`: the port may not have been written. */
function placeOf(cluster: string): string {
  const [name = '', , subset = '', host = name] = cluster.split('|')
  return `${host} ${subset}`
}

const headerFields = [
  ['request_headers_to_add', '+'],
  ['request_headers_to_remove', '-'],
  ['response_headers_to_add', '<+'],
  ['response_headers_to_remove', '<-'],
] as const

function headersOf(route: EnvoyRoute): readonly string[] {
  return headerFields.flatMap(([field, sign]) =>
    ((route[field] ?? []) as readonly (string | { readonly header: { readonly key: string } })[]).map(
      (each) => `${sign}${typeof each === 'string' ? each : each.header.key}`,
    ),
  )
}
