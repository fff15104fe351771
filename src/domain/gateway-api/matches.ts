import type { Specified } from '../manifest/gateway-api.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { origin } from '../source/located.ts'
import type { Route } from './objects.ts'

type HttpMatch = NonNullable<
  NonNullable<Specified<'HTTPRoute'>['decoded']['rules']>[number]['matches']
>[number]
type GrpcMatch = NonNullable<
  NonNullable<Specified<'GRPCRoute'>['decoded']['rules']>[number]['matches']
>[number]
type ValueMatch = NonNullable<HttpMatch['headers']>[number]

/** What a match asks of the path, and how it is weighed against others of its list. */
export interface PathAsked {
  readonly kind: 'exact' | 'segments' | 'prefix' | 'regex' | 'none' | 'no-match'
  readonly text: string
  /** The number of letters that count. */
  readonly length: number
}

/** One match of a rule: a route of its own, in its place among all of the list. */
export interface Asked {
  readonly path: PathAsked
  /** One or, of a prefix by segments, two in Istio's own terms: the path itself, and whatever lies below it. */
  readonly matches: readonly HTTPMatchRequest[]
  readonly hasMethod: boolean
  readonly headers: number
  readonly queryParams: number
}

/** The matches of one rule, with the defaults of the API server. */
export function askedBy(route: Route, rule: number): readonly Asked[] {
  if (route.kind === 'GRPCRoute') {
    const matches = route.decoded.rules?.[rule]?.matches ?? []
    return matches.length === 0 ? [askedOfNoMatch] : matches.map(askedOfGrpc)
  }
  const matches = route.decoded.rules?.[rule]?.matches ?? []
  return (matches.length === 0 ? [{}] : matches).map(askedOfHttp)
}

function askedOfHttp(match: HttpMatch): Asked {
  const { type = 'PathPrefix', value = '/' } = match.path ?? {}
  const path = httpPath(type, value)
  return {
    path,
    matches: matchesOf(path, match, {
      ...(match.method !== undefined && { method: { exact: match.method } }),
      ...valuesOf('queryParams', match.queryParams),
    }),
    hasMethod: match.method !== undefined,
    headers: (match.headers ?? []).length,
    queryParams: (match.queryParams ?? []).length,
  }
}

function httpPath(type: string, value: string): PathAsked {
  if (type === 'Exact') return { kind: 'exact', text: value, length: value.length }
  if (type === 'RegularExpression') return { kind: 'regex', text: value, length: value.length }
  const text = value.length > 1 && value.endsWith('/') ? value.slice(0, -1) : value
  return { kind: text === '/' ? 'prefix' : 'segments', text, length: text.length }
}

/** A rule of a GRPCRoute without matches takes everything, after all that have some. */
const askedOfNoMatch: Asked = { ...askedOfGrpc({}), path: { kind: 'no-match', text: '', length: 0 } }

function askedOfGrpc(match: GrpcMatch): Asked {
  const path = grpcPath(match.method)
  return {
    path,
    matches: matchesOf(path, match, {}),
    hasMethod: false,
    headers: (match.headers ?? []).length,
    queryParams: 0,
  }
}

/** A service counts with both of its slashes. */
function grpcPath({ type = 'Exact', service, method }: NonNullable<GrpcMatch['method']> = {}): PathAsked {
  const of = (kind: PathAsked['kind'], text: string, length = text.length) => ({ kind, text, length })
  if (service === undefined && method === undefined) return of('none', '')
  if (service === undefined) return of('regex', `/[^/]+/${method}`)
  if (type === 'RegularExpression') return of('regex', `/${service}/${method ?? '.+'}`)
  if (method !== undefined) return of('exact', `/${service}/${method}`)
  return of('segments', `/${service}`, service.length + 2)
}

function matchesOf(
  path: PathAsked,
  match: HttpMatch | GrpcMatch,
  more: Partial<HTTPMatchRequest>,
): readonly HTTPMatchRequest[] {
  const rest = {
    ...valuesOf('headers', match.headers),
    ...more,
    ...(match[origin] && { [origin]: match[origin] }),
  }
  return urisOf(path).map((uri) => ({ ...(uri && { uri }), ...rest }))
}

function urisOf({ kind, text }: PathAsked): readonly (StringMatch | undefined)[] {
  switch (kind) {
    case 'exact':
      return [{ exact: text }]
    case 'regex':
      return [{ regex: text }]
    case 'prefix':
      return [{ prefix: text }]
    case 'segments':
      return segmentUris(text)
    default:
      return [undefined]
  }
}

/** A path, and whatever lies below it. */
export function segmentUris(path: string): readonly StringMatch[] {
  return [{ exact: path }, { prefix: `${path}/` }]
}

function valuesOf(
  field: 'headers' | 'queryParams',
  values: readonly ValueMatch[] = [],
): Partial<HTTPMatchRequest> {
  if (values.length === 0) return {}
  const named = values.map(({ name = '', type, value = '' }) => [name, matchOfValue(type, value)] as const)
  return { [field]: Object.fromEntries(named) }
}

/** The expression `*` asks that it is there at all. */
function matchOfValue(type: string | undefined, value: string): StringMatch {
  if (type !== 'RegularExpression') return { exact: value }
  return value === '*' ? {} : { regex: value }
}
