import { canonicalJson, type JsonObject } from '../../src/domain/manifest/json.ts'
import type { Headers, HTTPRoute, HTTPRouteDestination } from '../../src/domain/manifest/virtual-service.ts'

type Operations = NonNullable<Headers['request']>

/** What a route does besides leading somewhere, as Envoy's configuration says it; one text for the same. */
export function shownDoing({
  headers,
  route = [],
  mirrors,
  corsPolicy,
  timeout,
  retries,
}: HTTPRoute): string {
  return canonicalJson({
    ...operations('request', headers?.request),
    ...operations('response', headers?.response),
    ...perBackend(route),
    ...(mirrors && { mirrors: mirrors.map(mirrorOf) }),
    ...(corsPolicy && { cors: corsOf(corsPolicy) }),
    ...(timeout !== undefined && { timeout }),
    ...(retries && { retries: retriesOf(retries) }),
  })
}

/** The same of a route that a case expects. */
export function expectedDoing(route: object): string {
  const { match: _, to: __, from: ___, ...doing } = route as Readonly<Record<string, unknown>>
  return canonicalJson(doing as JsonObject)
}

function operations(which: 'request' | 'response', { set = {}, add = {}, remove = [] }: Operations = {}) {
  const added = [
    ...Object.entries(set).map(([name, value]) => `${name}=${value}`),
    ...Object.entries(add).map(([name, value]) => `${name}=${value} (add)`),
  ]
  return {
    ...(added.length > 0 && { [`${which}HeadersToAdd`]: added }),
    ...(remove.length > 0 && { [`${which}HeadersToRemove`]: [...remove] }),
  }
}

function perBackend(route: readonly HTTPRouteDestination[]) {
  const all = route.flatMap(({ destination, headers }) => {
    const where = `${destination?.host}:${destination?.port?.number}`
    const doing = { ...operations('request', headers?.request), ...operations('response', headers?.response) }
    return Object.entries(doing).map(([field, values]) => [`${where} ${field}`, values] as const)
  })
  return all.length === 0 ? {} : { perBackend: Object.fromEntries(all) }
}

const millionthsInPercent = 10_000
const everything = 100

function mirrorOf({ destination, percentage }: NonNullable<HTTPRoute['mirrors']>[number]) {
  const numerator = Number(percentage?.value ?? everything) * millionthsInPercent
  return [`${destination?.host}:${destination?.port?.number}`, { numerator, denominator: 'MILLION' }]
}

function corsOf({
  allowOrigins = [],
  allowMethods = [],
  maxAge = '',
  allowCredentials,
  unmatchedPreflights,
}: NonNullable<HTTPRoute['corsPolicy']>) {
  return {
    allowOriginStringMatch: allowOrigins.map(({ exact, regex }) =>
      regex === undefined ? { exact: exact ?? '' } : { safeRegex: { regex } },
    ),
    allowMethods: allowMethods.join(','),
    maxAge: maxAge.replace(/s$/, ''),
    ...(allowCredentials !== undefined && { allowCredentials }),
    filterEnabled: { defaultValue: { numerator: everything } },
    forwardNotMatchingPreflights: unmatchedPreflights !== 'IGNORE',
  }
}

/** Istio makes a list of its own of the numbers among the reasons. */
function retriesOf({ attempts, retryOn = '', perTryTimeout, backoff }: NonNullable<HTTPRoute['retries']>) {
  const reasons = retryOn.split(',')
  const codes = reasons.filter((each) => /^\d+$/.test(each)).map(Number)
  const named = [
    ...reasons.filter((each) => !/^\d+$/.test(each)),
    ...(codes.length > 0 ? ['retriable-status-codes'] : []),
  ]
  return {
    ...(attempts !== undefined && { numRetries: Number(attempts) }),
    retryOn: named.join(','),
    ...(perTryTimeout !== undefined && { perTryTimeout }),
    ...(codes.length > 0 && { retriableStatusCodes: codes }),
    ...(backoff !== undefined && { retryBackOff: { baseInterval: backoff } }),
  }
}
