import { regexMatches } from '../../language/regex.ts'
import { identityOf } from '../../manifest/names.ts'
import type { HTTPMatchRequest, VirtualService } from '../../manifest/virtual-service.ts'
import type { Request } from '../../match/request.ts'
import { failedField } from '../../match/request-matches.ts'
import { type Located, origin, rangeOf } from '../../source/located.ts'
import { ownValue } from '../../source/own-value.ts'
import type { SourceRange } from '../../source/source-file.ts'
import type { Reading } from '../assumed-order.ts'
import { type Contribution, type EffectiveRoute, isCatchAll, writtenEntryOf } from '../route-table.ts'
import { inPrecedence, precedenceOf } from '../turns.ts'
import { mayTakePath, withoutUnknown } from './unknown-values.ts'

/** A request whose path is taken apart once for all routes that are asked about it. */
export interface ReadRequest {
  readonly request: Request
  /** Without query and fragment. */
  readonly path: string
}

/** A route, ready to be asked about many requests. */
export interface CompiledRoute {
  readonly route: EffectiveRoute
  readonly catchAll: boolean
  /** Where the words stand that decide about a field of the match; without a field, the match, or else the entry. */
  placeOf(field?: string): SourceRange | undefined
  /** The field that keeps a request away; undefined if the route takes it. As `failedField`, the path first. */
  failed(asked: ReadRequest): string | undefined
  /** Whether it might take what it is taken not to take, once another tool has filled its values in. */
  mayTake(asked: ReadRequest): boolean
  /** Whether Istio sends the route at all to a client like this one on a port like this one. */
  isSentTo(request: Request): boolean
}

/** What one VirtualService adds to a table, ready to be asked. */
export interface CompiledContribution {
  readonly virtualService: VirtualService
  readonly name: string
  readonly routes: readonly CompiledRoute[]
  readonly visibleTo?: readonly string[]
  readonly regardless?: true
  readonly ofNoService?: true
  readonly reading?: Reading
  /** Of one server those exported to some namespaces come first, whatever their age: 0 its own, 1 others, 2 everybody. */
  readonly precedence: number
}

/** Prepares the contributions of a table, those whose turn comes first in front. */
export function compileContributions(
  contributions: readonly Contribution[],
  missingSatisfiesWithout: boolean,
): readonly CompiledContribution[] {
  return inPrecedence(contributions).map((contribution) => ({
    ...contribution,
    name: identityOf(contribution.virtualService),
    routes: contribution.routes.map((route) => compileRoute(route, missingSatisfiesWithout)),
    precedence: precedenceOf(contribution),
  }))
}

function compileRoute(route: EffectiveRoute, missingSatisfiesWithout: boolean): CompiledRoute {
  const { match } = route
  const takesPath = pathTest(match)
  const known = match && withoutUnknown(match)
  const takesKnownPath = pathTest(known)
  const places = new Map<string | undefined, SourceRange>()
  return {
    route,
    catchAll: isCatchAll(match),
    placeOf(field) {
      const place = places.get(field)
      if (place !== undefined) return place
      const range = placeOf(route, field)
      if (range !== undefined) places.set(field, range)
      return range
    },
    failed(asked) {
      if (match === undefined) return undefined
      return takesPath(asked.path) ? failedField(match, asked.request, missingSatisfiesWithout) : 'uri'
    },
    mayTake({ request, path }) {
      if (known === undefined || failedField(known, request, missingSatisfiesWithout) !== undefined)
        return false
      return match?.uri !== undefined && known.uri === undefined
        ? mayTakePath(match.uri, path)
        : takesKnownPath(path)
    },
    isSentTo: (request) => match === undefined || isSentTo(match, request),
  }
}

/** The uri alone, which keeps most requests away from most routes, decided without looking at anything else. */
function pathTest(match: HTTPMatchRequest | undefined): (path: string) => boolean {
  const { uri, ignoreUriCase } = match ?? {}
  const { exact, prefix, regex } = uri ?? {}
  if (regex !== undefined) return (path) => regexMatches(regex, path)
  const fold = (text: string) =>
    ignoreUriCase ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
  const wanted = fold(exact ?? prefix ?? '')
  return exact === undefined ? (path) => fold(path).startsWith(wanted) : (path) => fold(path) === wanted
}

/** Port, gateway and client are not left to the proxy: a match for others is not in its routes (`sourceMatchHTTP`). */
function isSentTo(match: HTTPMatchRequest, request: Request): boolean {
  if (match.port !== undefined && match.port !== request.port) return false
  if ((match.gateways ?? []).length > 0) return true
  const labels = new Map(Object.entries(request.sourceLabels ?? {}))
  return (
    Object.entries(match.sourceLabels ?? {}).every(([name, value]) => labels.get(name) === value) &&
    (match.sourceNamespace === undefined || match.sourceNamespace === request.sourceNamespace)
  )
}

/** Where the words stand that keep a request away, in whichever file they were written; else the match, else the entry. */
function placeOf(route: EffectiveRoute, field: string | undefined): SourceRange | undefined {
  const { match = {} } = route
  const [section = '', ...key] = (field ?? '').split('.')
  const value = ownValue(match as Readonly<Record<string, unknown>>, section)
  const inner =
    isLocated(value) && key.length > 0
      ? ownValue(value as Readonly<Record<string, unknown>>, key.join('.'))
      : value
  const written = isLocated(inner) ? inner[origin]?.range : match[origin]?.fields.get(section)
  return written ?? match[origin]?.range ?? rangeOf(writtenEntryOf(route))
}

function isLocated(value: unknown): value is Located {
  return typeof value === 'object' && value !== null
}
