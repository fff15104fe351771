import { canonicalJson } from '../manifest/json.ts'
import type { Unknown } from '../manifest/placeholders/placeholders.ts'
import type {
  ActionField,
  Destination,
  HTTPMatchRequest,
  HTTPRoute,
  HTTPRouteDestination,
} from '../manifest/virtual-service.ts'

/** What happens to a request: the action in normal form, and the VirtualService (`ns/name`) that supplied it. */
export interface Outcome {
  readonly action: Action
  readonly supplier: string
  /** Two outcomes are equal exactly when their keys are. */
  readonly key: string
}

/** What a route does with a request, in normal form. `external` is what is done in another repository, which is not known here. */
export type Action = Modifiers &
  (
    | { readonly kind: 'route'; readonly destinations: readonly End[] }
    | RedirectAction
    | (Written<'directResponse'> & { readonly kind: 'directResponse' })
    | { readonly kind: 'external'; readonly virtualService: string }
    | { readonly kind: 'none' }
  )

export type RedirectAction = Written<'redirect'> &
  Replacing & { readonly kind: 'redirect'; readonly redirectCode: number | Unknown }

/** What is done with a request besides sending it somewhere. */
export interface Modifiers {
  readonly rewrite?: Written<'rewrite'> & Replacing
  readonly timeout?: Written<'timeout'>
  readonly retries?: Written<'retries'>
  readonly fault?: Written<'fault'>
  readonly mirrors?: readonly Mirror[]
  readonly corsPolicy?: Written<'corsPolicy'>
  readonly headers?: Written<'headers'>
}

/** A field of an entry as its author wrote it. */
type Written<Field extends ActionField> = NonNullable<HTTPRoute[Field]>

/** `path`, or `prefix /log`: what of the path is replaced. */
interface Replacing {
  readonly replaces?: string
}

/** A service in one piece. */
export interface Place {
  readonly host?: string
  readonly subset?: string
  readonly port?: number | Unknown
}

/** A destination of a route, and its share of the traffic in percent. */
export interface End extends Place {
  readonly headers?: Written<'headers'>
  readonly weight: number | Unknown
}

/** Where a copy of the request goes, and of how many in percent. */
export interface Mirror extends Place {
  readonly percentage: number | Unknown
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
function normalAction(http: HTTPRoute, match?: HTTPMatchRequest): Action {
  const { redirect, directResponse, corsPolicy, headers } = http
  if (redirect !== undefined)
    return present<Action>({
      kind: 'redirect',
      ...replacement(redirect.prefixRewrite, match),
      ...redirect,
      redirectCode: redirect.redirectCode ?? 301,
      headers,
      corsPolicy,
    })
  if (directResponse !== undefined)
    return present<Action>({ kind: 'directResponse', ...directResponse, headers })
  const destinations = normalDestinations(http.route ?? [])
  if (destinations.length === 0) return { kind: 'none' }
  return present<Action>({ kind: 'route', destinations, ...modifiersOf(http, match) })
}

function modifiersOf(http: HTTPRoute, match: HTTPMatchRequest | undefined): Absent<Modifiers> {
  const { rewrite, timeout, retries, fault, corsPolicy, headers } = http
  return {
    rewrite: rewrite && { ...replacement(rewrite.uri, match), ...rewrite },
    timeout,
    retries,
    fault,
    mirrors: normalMirrors(http),
    corsPolicy,
    headers,
  }
}

/** A rewrite to `/` of `/log*` is another action than of `/login*`: Envoy replaces the prefix that matched. */
function replacement(by: string | undefined, match: HTTPMatchRequest | undefined): Replacing {
  if (by === undefined) return {}
  const uri = match?.uri
  if (uri?.exact !== undefined || uri?.regex !== undefined) return { replaces: 'path' }
  return { replaces: `${prefixMark}${uri?.prefix ?? '/'}` }
}

const prefixMark = 'prefix '

/** The prefix that a rewrite replaces; nothing where it replaces the whole path. */
export function replacedPrefix({ replaces = '' }: Replacing): string | undefined {
  return replaces.startsWith(prefixMark) ? replaces.slice(prefixMark.length) : undefined
}

/** Shares that another tool fills in are kept as they are written. */
function unknownShares(routes: readonly HTTPRouteDestination[]): readonly End[] {
  return routes.map(({ destination, headers, weight = 0 }) =>
    present<End>({ ...normalDestination(destination), headers, weight }),
  )
}

/** Exactly one destination gets everything, whatever its weight; of several, those of weight zero get nothing. */
function normalDestinations(routes: readonly HTTPRouteDestination[]): readonly End[] {
  const written = routes.map(({ weight = 0 }) => (routes.length === 1 ? 1 : weight))
  const weights = written.filter((weight) => typeof weight === 'number')
  if (weights.length < routes.length) return unknownShares(routes)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = new Map<string, End & { readonly weight: number }>()
  for (const [index, route] of routes.entries()) {
    const weight = (weights[index] ?? 0) / total
    if (!(weight > 0)) continue
    const destination = present<Omit<End, 'weight'>>({
      ...normalDestination(route.destination),
      headers: route.headers,
    })
    const key = canonicalJson(destination)
    shares.set(key, { ...destination, weight: (shares.get(key)?.weight ?? 0) + weight })
  }
  return [...shares.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, end]) => ({ ...end, weight: percent(end.weight) }))
}

/** A share as a percentage, rounded so that sums of the same shares in another order are equal. */
function percent(share: number): number {
  return Math.round(share * 1e8) / 1e6
}

function normalDestination(destination: Destination | undefined): Place {
  return present<Place>({
    host: destination?.host,
    subset: destination?.subset,
    port: destination?.port?.number,
  })
}

/** `mirror` with its percentage and `mirrors` say the same thing in two ways. */
function normalMirrors(http: HTTPRoute): readonly Mirror[] | undefined {
  const single = http.mirror && {
    ...normalDestination(http.mirror),
    percentage: http.mirrorPercentage?.value ?? http.mirrorPercent ?? (http.mirrorPercentage ? 0 : 100),
  }
  const many = (http.mirrors ?? []).map(({ destination, percentage }) => ({
    ...normalDestination(destination),
    percentage: percentage ? (percentage.value ?? 0) : 100,
  }))
  const all = [...(single ? [single] : []), ...many].filter(({ percentage }) => percentage !== 0)
  return all.length === 0 ? undefined : all.sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
}

type Absent<Shape> = { readonly [Field in keyof Shape]: Shape[Field] | undefined }

function present<Shape extends object>(object: Absent<Shape>): Shape {
  // What is left are the fields of the shape that are there.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Shape
}
