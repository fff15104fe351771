import type { Specified } from '../manifest/gateway-api.ts'
import type { HTTPRoute, HTTPRouteDestination } from '../manifest/virtual-service.ts'
import { type Located, origin } from '../source/located.ts'
import { type Backends, backendOf } from './backends.ts'
import { fieldsOfFilters, headersOfBackend } from './filters.ts'
import { type Asked, askedBy } from './matches.ts'
import type { Route } from './objects.ts'

/** One match of one rule of a route, and what is done with its requests. */
export interface RuleMatch {
  readonly route: Route
  /** Its place among the rules of the route. */
  readonly rule: number
  readonly asked: Asked
  /** Entries in Istio's own terms, one after the other: two where the path and what lies below are rewritten unlike. */
  readonly entries: readonly HTTPRoute[]
}

/** Backends of a rule that are answered with 500. */
export interface Unreached {
  readonly route: Route
  readonly rule: number
  readonly why: 'no-grant' | 'missing' | 'other-kind' | 'no-backend'
  readonly name: string
}

/** Why Istio takes nothing of a route. */
export interface DroppedRoute {
  readonly route: Route
  readonly rule: number
  readonly why: 'filter' | 'backend-filter' | 'backend'
  readonly of: string
}

/** What becomes of a route as a whole. */
export type ReadRoute =
  | {
      readonly kind: 'rules'
      readonly matches: readonly RuleMatch[]
      readonly unreached: readonly Unreached[]
    }
  | { readonly kind: 'dropped'; readonly dropped: DroppedRoute }

/** A rule but for its matches, which the kinds of routes say each in its own way. */
export type Rule = Omit<NonNullable<Specified<'HTTPRoute'>['decoded']['rules']>[number], 'matches'>

/** The rules of a route; an HTTPRoute without any has one, for everything, that leads nowhere (the default of its CRD alone). */
export function rulesOf(route: Route): readonly Rule[] {
  const rules: readonly Rule[] = route.decoded.rules ?? []
  return rules.length === 0 && route.kind === 'HTTPRoute' ? [{}] : rules
}

/** The rules of a route as Istio converts them; one of them that it cannot takes all others with it. */
export function readRoute(route: Route, backends: Backends): ReadRoute {
  const matches: RuleMatch[] = []
  const unreached: Unreached[] = []
  for (const [at, rule] of rulesOf(route).entries()) {
    const led = ledTo(rule, { route, rule: at, backends })
    if (led.kind === 'dropped') return led
    unreached.push(...led.unreached)
    for (const asked of askedBy(route, at)) {
      const fields = fieldsOfFilters(rule.filters ?? [], { path: asked.path, route, backends })
      if ('unknown' in fields)
        return { kind: 'dropped', dropped: { route, rule: at, why: 'filter', of: fields.unknown } }
      const action = fields.redirect === undefined ? led.action : {}
      const http = { ...timesOf(rule), ...fields, ...action, ...namedAs(rule), ...originOf(rule, route) }
      matches.push({ route, rule: at, asked, entries: entriesOf(http, asked) })
    }
  }
  return { kind: 'rules', matches, unreached }
}

function namedAs({ name }: Rule): Pick<HTTPRoute, 'name'> {
  return name === undefined ? {} : { name }
}

/** Where a rule is written. */
export function originOf(rule: Rule, route: Route): Located {
  const at = rule[origin] ?? route[origin]
  return at === undefined ? {} : { [origin]: at }
}

/** A prefix that is rewritten is cut off what lies below it, and the path itself is replaced. */
function entriesOf(http: HTTPRoute, { path, matches }: Asked): readonly HTTPRoute[] {
  const { rewrite, redirect } = http
  const isByPrefix = rewrite?.uri !== undefined || redirect?.prefixRewrite !== undefined
  if (path.kind !== 'segments' || !isByPrefix) return [{ ...http, match: matches }]
  return matches.map((match) => {
    const isBelow = match.uri?.prefix !== undefined
    return { ...http, ...replacing(http, isBelow), match: [match] }
  })
}

function replacing({ rewrite, redirect }: HTTPRoute, isBelow: boolean): Partial<HTTPRoute> {
  const by = (text: string) => (isBelow && !text.endsWith('/') ? `${text}/` : text)
  if (redirect?.prefixRewrite !== undefined) {
    const { prefixRewrite, ...rest } = redirect
    // Istio's redirect leaves the slash of a prefix that is replaced by one: `//x`.
    const below = prefixRewrite === '/' ? '//' : by(prefixRewrite)
    return { redirect: isBelow ? { ...rest, prefixRewrite: below } : { ...rest, uri: prefixRewrite } }
  }
  return rewrite?.uri === undefined ? {} : { rewrite: { ...rewrite, uri: by(rewrite.uri) } }
}

const internalServerError = 500

type Led =
  | { readonly kind: 'led'; readonly action: Partial<HTTPRoute>; readonly unreached: readonly Unreached[] }
  | { readonly kind: 'dropped'; readonly dropped: DroppedRoute }

interface Leading {
  readonly route: Route
  readonly rule: number
  readonly backends: Backends
}

/** A host that no cluster has: whatever is sent there is answered with 500. */
const unknownService = 'UnknownService'

function ledTo({ backendRefs = [], filters = [] }: Rule, { route, rule, backends }: Leading): Led {
  const destinations: HTTPRouteDestination[] = []
  const unreached: Unreached[] = []
  const dropped = (why: DroppedRoute['why'], of: string): Led => ({
    kind: 'dropped',
    dropped: { route, rule, why, of },
  })
  for (const { weight = 1, filters: own = [], ...reference } of backendRefs) {
    // Istio leaves those out before it looks at them.
    if (weight === 0) continue
    const { name = '' } = reference
    const backend = backendOf(reference, route, backends)
    if (backend.kind === 'refused') return dropped('backend', name)
    const headers = headersOfBackend(own)
    if ('unknown' in headers) return dropped('backend-filter', headers.unknown)
    if (backend.kind === 'nowhere') unreached.push({ route, rule, why: backend.why, name })
    else if (backend.isMissing) unreached.push({ route, rule, why: 'missing', name })
    const destination = backend.kind === 'destination' ? backend.destination : { host: unknownService }
    destinations.push({ destination, weight, ...headers })
  }
  const isRedirect = filters.some(({ type }) => type === 'RequestRedirect')
  if (isRedirect) return { kind: 'led', action: {}, unreached: [] }
  if (destinations.length === 0) unreached.push({ route, rule, why: 'no-backend', name: '' })
  return { kind: 'led', action: actionOf(destinations), unreached }
}

function actionOf(destinations: readonly HTTPRouteDestination[]): Partial<HTTPRoute> {
  if (destinations.every(({ destination }) => destination?.host === unknownService))
    return { directResponse: { status: internalServerError } }
  const [only, ...others] = destinations
  if (only === undefined || others.length > 0) return { route: destinations }
  const { weight: _, ...rest } = only
  return { route: [rest] }
}

/** The time for a request is that of its backend where there is no second try. */
function timesOf({ timeouts = {}, retry }: Rule): Partial<HTTPRoute> {
  const { request, backendRequest } = timeouts
  const whole = retry === undefined ? (backendRequest ?? request) : request
  const timeout = isNever(whole) ? undefined : whole
  return {
    ...(timeout !== undefined && { timeout }),
    ...(retry && { retries: retriesOf(retry, backendRequest) }),
  }
}

function isNever(time: string | undefined): boolean {
  return time !== undefined && /^0+(?:h|m|s|ms)$/.test(time)
}

const retriedAlways = 'connect-failure,refused-stream,unavailable,cancelled'

function retriesOf(
  { codes = [], attempts, backoff }: NonNullable<Rule['retry']>,
  perTry: string | undefined,
): NonNullable<HTTPRoute['retries']> {
  return {
    ...(attempts !== undefined && { attempts }),
    ...(perTry !== undefined && { perTryTimeout: perTry }),
    retryOn: [retriedAlways, ...codes].join(','),
    ...(backoff !== undefined && { backoff }),
  }
}
