import { commonPrefix } from '../language/common-prefix.ts'
import { regexLanguage } from '../language/regex.ts'
import {
  BudgetExceeded,
  contains,
  exactly,
  exactlyIgnoringCase,
  startingWith,
  startingWithIgnoringCase,
} from '../language/string-set.ts'
import { intersectValues, isImpossible, present, subtractValues, type Values } from '../language/values.ts'
import { outerOf } from '../manifest/filled-in-under.ts'
import { canonicalJson } from '../manifest/json.ts'
import { isUnknown, isUnknownValue, patternOf, type Unknown } from '../manifest/placeholders.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { ownValue } from '../source/own-value.ts'
import { type Box, everyRequest, intersectBoxes, type Universe, withinUniverse } from './box.ts'
import { isTrue, universeOf } from './dimensions.ts'

/** What a match asks of the path as far as a literal can say it. */
export interface PathLiteral {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
}

/** A match as a conjunction of what a literal says of the path and of everything else. */
export interface Conditions {
  readonly path: PathLiteral
  /** May hold `path` too: the language of a regular expression, or a literal in any case. */
  readonly rest: Box
}

/** What a match means depends on the version of Istio. */
export interface ConditionOptions {
  /** Since 1.22 a missing header satisfies `withoutHeaders`; before, a request without the header did not match. */
  readonly missingSatisfiesWithout: boolean
}

/** One dimension and the values it allows. */
type Constraint = readonly [dimension: string, values: Values]

/** The literal that says nothing: every path starts with it. */
export const everyPath: PathLiteral = { kind: 'prefix', text: '' }

/**
 * Which requests a match asks for (Istio `TranslateRouteMatch`), or undefined if no request can satisfy it. What cannot
 * be looked into (a claim, `:path`, a pattern over its budget) becomes a dimension of its own, `opaque:...`; a match that
 * is over the budget as a whole is nothing but that.
 */
export function conditionsOf(
  match: HTTPMatchRequest | undefined,
  options: ConditionOptions,
): Conditions | undefined {
  if (match === undefined) return { path: everyPath, rest: everyRequest }
  try {
    return workedOut(match, options)
  } catch (error) {
    return { path: everyPath, rest: opaqueMatch(match, error) }
  }
}

/** A match that is over the budget: a condition that is not looked into. Any other error is thrown again. */
export function opaqueMatch(match: HTTPMatchRequest | undefined, error: unknown): Box {
  if (!(error instanceof BudgetExceeded)) throw error
  return new Map([[`opaque:match ${canonicalJson(match ?? {})}`, isTrue]])
}

/** What a match asks of the requests that can come at all (`withinUniverse`); over the budget it is not looked into. */
export function askedWithin(
  match: HTTPMatchRequest | undefined,
  asks: Box,
  universe: Universe,
): Box | undefined {
  try {
    return withinUniverse(asks, universe)
  } catch (error) {
    return opaqueMatch(match, error)
  }
}

function workedOut(match: HTTPMatchRequest, options: ConditionOptions): Conditions | undefined {
  const { path, constraints } = pathConditions(match)
  const rest = boxOf([
    ...constraints,
    ...(['method', 'scheme', 'authority'] as const).flatMap((field) => pseudoHeader(field, match[field])),
    ...entries(match.headers).flatMap(([name, wanted]) => header(name, wanted)),
    ...entries(match.withoutHeaders).flatMap(([name, unwanted]) => withoutHeader(name, unwanted, options)),
    ...entries(match.queryParams).flatMap(([name, wanted]) => parameter(name, wanted)),
    ...source(match),
  ])
  return rest && { path, rest }
}

function entries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {})
}

/** All constraints at once, or undefined where they contradict each other. */
export function boxOf(constraints: readonly Constraint[]): Box | undefined {
  let box: Box | undefined = everyRequest
  for (const [dimension, values] of constraints) {
    const possible = intersectValues(values, universeOf(dimension))
    if (isImpossible(possible)) return undefined
    box = box && intersectBoxes(box, new Map([[dimension, possible]]))
  }
  return box
}

interface PathConditions {
  readonly path: PathLiteral
  readonly constraints: readonly Constraint[]
}

function pathConditions({ uri, ignoreUriCase }: HTTPMatchRequest): PathConditions {
  const own = pathOf(uri, ignoreUriCase)
  const outer = uri && outerOf(uri)
  if (outer === undefined) return own
  const given = pathOf(outer, ignoreUriCase)
  return {
    path: own.path.kind === 'exact' || own.path.text.startsWith(given.path.text) ? own.path : given.path,
    constraints: [...given.constraints, ...own.constraints],
  }
}

function pathOf(uri: StringMatch | undefined, ignoreUriCase = false): PathConditions {
  if (uri?.regex !== undefined) {
    const constraints = regex('path', uri.regex)
    return { path: literalStartOf(constraints), constraints }
  }
  const text = uri?.exact ?? uri?.prefix
  if (text === undefined) return { path: everyPath, constraints: [] }
  const kind = uri?.exact === undefined ? 'prefix' : 'exact'
  if (isUnknownValue(text))
    return {
      path: ignoreUriCase ? everyPath : knownStart(text),
      constraints: [unknownText('path', kind, text)],
    }
  if (!ignoreUriCase) return { path: { kind, text }, constraints: [] }
  const values = kind === 'exact' ? exactlyIgnoringCase(text) : startingWithIgnoringCase(text)
  return { path: everyPath, constraints: [['path', present(values)]] }
}

/** Of a path that another tool fills in only how it begins is known. */
function knownStart(text: string): PathLiteral {
  return { kind: 'prefix', text: patternOf(text)[0] ?? '' }
}

/** A text that another tool fills in is a condition that is not looked into. */
function unknownText(dimension: string, kind: string, text: string): Constraint {
  return [`opaque:${dimension} ${kind} ${text}`, isTrue]
}

/** The longest literal that every path of the language starts with: it keeps patterns apart without looking at them. */
function literalStartOf(constraints: readonly Constraint[]): PathLiteral {
  const values = constraints.find(([dimension]) => dimension === 'path')?.[1]
  return values === undefined ? everyPath : { kind: 'prefix', text: commonPrefix(values.present) }
}

/** The values of a regular expression; over the budget (or not RE2 at all) it is a condition that is not looked into. */
function regex(dimension: string, pattern: string): readonly Constraint[] {
  if (isUnknownValue(pattern)) return [unknownText(dimension, '~', pattern)]
  try {
    const values = regexLanguage(pattern)
    if (!('invalid' in values)) return [[dimension, present(values)]]
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
  }
  return [[`opaque:${dimension} ~ ${pattern}`, isTrue]]
}

/** Istio `canBeConvertedToPresentMatch`: nothing to compare with, or the regular expression `*`. */
function isPresence(matcher: StringMatch): boolean {
  const { exact, prefix, regex } = matcher
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined)
}

/** A value condition: what is not there satisfies none, whatever the expression. */
function valuesOf(dimension: string, matcher: StringMatch): readonly Constraint[] {
  const outer = outerOf(matcher)
  const given = outer === undefined || isPresence(outer) ? [] : ownValuesOf(dimension, outer)
  return [...given, ...ownValuesOf(dimension, matcher)]
}

function ownValuesOf(dimension: string, matcher: StringMatch): readonly Constraint[] {
  if (matcher.regex !== undefined) return regex(dimension, matcher.regex)
  const text = matcher.exact ?? matcher.prefix ?? ''
  if (isUnknownValue(text))
    return [unknownText(dimension, matcher.exact === undefined ? 'prefix' : 'exact', text)]
  if (matcher.exact !== undefined) return [[dimension, present(exactly(matcher.exact))]]
  return [[dimension, present(startingWith(matcher.prefix ?? ''))]]
}

/** Every request has one, so that asking for presence asks for nothing. */
function pseudoHeader(dimension: string, matcher: StringMatch | undefined): readonly Constraint[] {
  return matcher === undefined || isPresence(matcher) ? [] : valuesOf(dimension, matcher)
}

function anyValue(dimension: string): Constraint {
  return [dimension, present(universeOf(dimension).present)]
}

/** A header or parameter that may be missing. */
function optional(dimension: string, matcher: StringMatch): readonly Constraint[] {
  return isPresence(matcher) ? [anyValue(dimension)] : valuesOf(dimension, matcher)
}

const pseudoHeaders: Readonly<Record<string, string>> = {
  ':method': 'method',
  ':scheme': 'scheme',
  ':authority': 'authority',
  host: 'authority',
}

/** Header names that Envoy knows by another name; none for those that are no header of the request, or filled in by another tool. */
function dimensionOfHeader(name: string): string | undefined {
  if (isUnknownValue(name)) return undefined
  const lower = name.toLowerCase()
  const pseudo = ownValue(pseudoHeaders, lower)
  if (pseudo !== undefined) return pseudo
  return lower.startsWith(':') || lower.startsWith('@request.auth.claims') ? undefined : `header:${lower}`
}

function opaque(name: string, matcher: StringMatch): string {
  return `opaque:${name} ${JSON.stringify({ ...matcher })}`
}

function header(name: string, matcher: StringMatch): readonly Constraint[] {
  const dimension = dimensionOfHeader(name)
  if (dimension === undefined) return [[opaque(name, matcher), isTrue]]
  return dimension.startsWith('header:') ? optional(dimension, matcher) : pseudoHeader(dimension, matcher)
}

function parameter(name: string, matcher: StringMatch): readonly Constraint[] {
  return isUnknownValue(name)
    ? [[opaque(`query ${name}`, matcher), isTrue]]
    : optional(`query:${name}`, matcher)
}

function withoutHeader(name: string, matcher: StringMatch, options: ConditionOptions): readonly Constraint[] {
  const dimension = dimensionOfHeader(name)
  if (dimension === undefined) return [complementOf(opaque(name, matcher), isTrue)]
  if (isPresence(matcher)) return [complementOf(...anyValue(dimension))]
  return valuesOf(dimension, matcher).map(([wanted, values]) => {
    if (wanted !== dimension) return complementOf(wanted, values)
    const missingIsExcluded = !options.missingSatisfiesWithout || contains(values.present, '')
    return complementOf(wanted, { ...values, mayBeAbsent: missingIsExcluded })
  })
}

function complementOf(dimension: string, values: Values): Constraint {
  return [dimension, subtractValues(universeOf(dimension), values)]
}

/** What a match asks of the listener and the client, which Istio looks at before any request comes. */
export function sourceBox(match: HTTPMatchRequest): Box | undefined {
  return boxOf(source(match))
}

/** Beside `gateways` the client's labels and namespace are ignored (Istio `sourceMatchHTTP`). */
function source({ port, gateways, sourceLabels, sourceNamespace }: HTTPMatchRequest): readonly Constraint[] {
  const listener = port === undefined ? [] : [portCondition(port)]
  if ((gateways ?? []).length > 0) return listener
  return [
    ...listener,
    ...entries(sourceLabels).map(([name, value]) => named(`label:${name}`, value)),
    ...(sourceNamespace === undefined ? [] : [named('namespace', sourceNamespace)]),
  ]
}

function named(dimension: string, value: string): Constraint {
  return isUnknown(`${dimension} ${value}`)
    ? [`opaque:${dimension} ${value}`, isTrue]
    : [dimension, present(exactly(value))]
}

function portCondition(port: number | Unknown): Constraint {
  return typeof port === 'number' ? ['port', present(exactly(String(port)))] : [`opaque:port ${port}`, isTrue]
}
