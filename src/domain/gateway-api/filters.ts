import type { Specified } from '../manifest/gateway-api.ts'
import type { Headers, HTTPRoute } from '../manifest/virtual-service.ts'
import { type Backends, backendOf } from './backends.ts'
import type { PathAsked } from './matches.ts'
import type { Route } from './objects.ts'

type Rule = NonNullable<Specified<'HTTPRoute'>['decoded']['rules']>[number]
export type Filter = NonNullable<Rule['filters']>[number]
type HeaderFilter = NonNullable<Filter['requestHeaderModifier']>
type Fields = Partial<HTTPRoute>

/** A filter that Istio does not have: it takes no part of the route. */
export type UnknownFilter = { readonly unknown: string }

/** What the filters of a rule do, in Istio's own terms; or the one for which Istio takes nothing of the route. */
export function fieldsOfFilters(
  filters: readonly Filter[],
  { path, route, backends }: { readonly path: PathAsked; readonly route: Route; readonly backends: Backends },
): Fields | UnknownFilter {
  let fields: Fields = {}
  for (const filter of filters) {
    const found = fieldsOf(filter, path)
    if ('unknown' in found) return found
    const mirrors = filter.type === 'RequestMirror' ? mirrorsOf(filter, route, backends) : []
    fields = {
      ...fields,
      ...found,
      ...(found.headers && { headers: { ...fields.headers, ...found.headers } }),
      ...(mirrors.length > 0 && { mirrors: [...(fields.mirrors ?? []), ...mirrors] }),
    }
  }
  return fields
}

/** The headers that the filters of one backend set; others than these are refused with the whole route. */
export function headersOfBackend(filters: readonly Filter[]): { readonly headers?: Headers } | UnknownFilter {
  let headers: Headers | undefined
  for (const filter of filters) {
    const found = fieldsOf(filter, { kind: 'none', text: '', length: 0 })
    if ('unknown' in found || found.headers === undefined) return { unknown: filter.type ?? '' }
    headers = { ...headers, ...found.headers }
  }
  return headers === undefined ? {} : { headers }
}

function fieldsOf(filter: Filter, path: PathAsked): Fields | UnknownFilter {
  switch (filter.type) {
    case 'RequestHeaderModifier':
      return { headers: { request: operationsOf(filter.requestHeaderModifier) } }
    case 'ResponseHeaderModifier':
      return { headers: { response: operationsOf(filter.responseHeaderModifier) } }
    case 'RequestRedirect':
      return { redirect: redirectOf(filter.requestRedirect) }
    case 'URLRewrite':
      return { rewrite: rewriteOf(filter.urlRewrite, path) }
    case 'CORS':
      return { corsPolicy: corsOf(filter.cors) }
    case 'RequestMirror':
      return {}
    default:
      return { unknown: filter.type ?? '' }
  }
}

/** Names in small letters; of equal ones the first counts. */
function operationsOf({
  set = [],
  add = [],
  remove = [],
}: HeaderFilter = {}): NonNullable<Headers['request']> {
  const named = (list: typeof set) => {
    const pairs = list.map(({ name = '', value = '' }) => [name.toLowerCase(), value] as const)
    return Object.fromEntries(pairs.toReversed())
  }
  return {
    ...(set.length > 0 && { set: named(set) }),
    ...(add.length > 0 && { add: named(add) }),
    ...(remove.length > 0 && { remove: remove.map((name) => name.toLowerCase()) }),
  }
}

/** The code of a redirect that says none. */
const found = 302

function redirectOf({
  scheme,
  hostname,
  path,
  port,
  statusCode = found,
}: NonNullable<Filter['requestRedirect']> = {}): NonNullable<HTTPRoute['redirect']> {
  const derived = scheme === undefined ? 'FROM_REQUEST_PORT' : 'FROM_PROTOCOL_DEFAULT'
  return {
    ...(scheme !== undefined && { scheme }),
    ...(hostname !== undefined && { authority: hostname }),
    ...(port === undefined ? { derivePort: derived } : { port }),
    ...(path?.type === 'ReplaceFullPath' && { uri: path.replaceFullPath ?? '' }),
    ...(path?.type === 'ReplacePrefixMatch' && { prefixRewrite: path.replacePrefixMatch ?? '/' }),
    redirectCode: statusCode,
  }
}

function rewriteOf(
  { hostname, path }: NonNullable<Filter['urlRewrite']> = {},
  asked: PathAsked,
): NonNullable<HTTPRoute['rewrite']> {
  return {
    ...(hostname !== undefined && { authority: hostname }),
    ...(path?.type === 'ReplaceFullPath' && {
      uriRegexRewrite: { match: '/.*', rewrite: path.replaceFullPath ?? '' },
    }),
    ...(path?.type === 'ReplacePrefixMatch' && prefixRewrite(path.replacePrefixMatch ?? '', asked)),
  }
}

/** A prefix that goes away leaves the slash behind it. */
function prefixRewrite(replacement: string, { text }: PathAsked): NonNullable<HTTPRoute['rewrite']> {
  const by = replacement.endsWith('/') ? replacement.slice(0, -1) : replacement
  if (by !== '') return { uri: by }
  return { uriRegexRewrite: { match: `^${text}(/?)(.*)`, rewrite: '/\\2' } }
}

const defaultMaxAge = 5

function corsOf({
  allowOrigins = [],
  allowCredentials,
  allowMethods,
  allowHeaders,
  exposeHeaders,
  maxAge = defaultMaxAge,
}: NonNullable<Filter['cors']> = {}): NonNullable<HTTPRoute['corsPolicy']> {
  return {
    allowOrigins: allowOrigins.map((allowed) =>
      allowed.includes('*') ? { regex: expressionFor(allowed) } : { exact: allowed },
    ),
    ...(allowCredentials !== undefined && { allowCredentials }),
    ...(allowMethods && { allowMethods }),
    ...(allowHeaders && { allowHeaders }),
    ...(exposeHeaders && { exposeHeaders }),
    maxAge: `${maxAge}s`,
    unmatchedPreflights: 'IGNORE',
  }
}

function expressionFor(allowed: string): string {
  const escaped = allowed.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
  return `^${escaped.replaceAll('\\*', '.*')}$`
}

/** A mirror that may not be reached is left out without a word. */
function mirrorsOf(
  { requestMirror }: Filter,
  route: Route,
  backends: Backends,
): NonNullable<HTTPRoute['mirrors']> {
  const { backendRef = {}, percent, fraction } = requestMirror ?? {}
  const { group, kind, namespace, name, port } = backendRef
  const backend = backendOf(
    {
      ...(group !== undefined && { group }),
      ...(kind !== undefined && { kind }),
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
      ...(port !== undefined && { port }),
    },
    route,
    backends,
  )
  if (backend.kind !== 'destination' || backend.isMissing) return []
  const share = percent ?? shareOf(fraction)
  return [{ destination: backend.destination, ...(share !== undefined && { percentage: { value: share } }) }]
}

function shareOf(fraction: NonNullable<Filter['requestMirror']>['fraction']): number | undefined {
  if (fraction === undefined) return undefined
  const { numerator = 0, denominator = 100 } = fraction
  return (Number(numerator) * 100) / Number(denominator)
}
