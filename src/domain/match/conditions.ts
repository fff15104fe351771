import { type Cause, type Doubt, doubt, effectOfDoubt } from '../doubt.ts'
import { commonPrefix } from '../language/common-prefix.ts'
import { regexLanguage, regexStart } from '../language/regex.ts'
import {
  BudgetExceeded,
  contains,
  exactly,
  exactlyIgnoringCase,
  startingWith,
  startingWithIgnoringCase,
  type Work,
} from '../language/string-set.ts'
import { intersectValues, isImpossible, present, subtractValues, type Values } from '../language/values.ts'
import { isUnknownValue, patternOf } from '../manifest/placeholders.ts'
import type { HTTPMatchRequest, StringMatch } from '../manifest/virtual-service.ts'
import { rangeOf } from '../source/located.ts'
import { ownValue } from '../source/own-value.ts'
import { type Box, everyRequest, intersectBoxes } from './box.ts'
import { isTrue, universeOf } from './dimensions.ts'
import { type Doubts, noDoubts, opaqueMatch } from './doubtful-box.ts'

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
  /** Why, of each dimension of `rest` that is not looked into. */
  readonly doubts: Doubts
}

/** What a match means depends on the version of Istio. */
export interface ConditionOptions {
  /** Since 1.22 a missing header satisfies `withoutHeaders`; before, a request without the header did not match. */
  readonly missingSatisfiesWithout: boolean
}

/** One dimension and the values it allows; why, where it is not looked into. */
type Constraint = readonly [dimension: string, values: Values, doubt?: Doubt]

/** The literal that says nothing: every path starts with it. */
export const everyPath: PathLiteral = { kind: 'prefix', text: '' }

/**
 * Which requests a match asks for (Istio `TranslateRouteMatch`), or undefined if no request can satisfy it. What cannot
 * be looked into (a claim, `:path`, a pattern over its budget) becomes a dimension of its own, `opaque:...`; a match that
 * is over the budget as a whole is nothing but that.
 */
export function conditionsOf(match: HTTPMatchRequest | undefined, reading: Reading): Conditions | undefined {
  if (match === undefined) return { path: everyPath, rest: everyRequest, doubts: noDoubts }
  try {
    return workedOut(match, reading)
  } catch (error) {
    return { path: everyPath, ...opaqueMatch(match, error) }
  }
}

/** How a match is read, and what that may still cost. */
export interface Reading extends ConditionOptions {
  readonly work: Work
}

function workedOut(match: HTTPMatchRequest, reading: Reading): Conditions | undefined {
  const { work } = reading
  const { path, constraints } = pathConditions(match, work)
  const all = [
    ...constraints,
    ...(['method', 'scheme', 'authority'] as const).flatMap((field) =>
      pseudoHeader(field, match[field], work),
    ),
    ...entries(match.headers).flatMap(([name, wanted]) => header(name, wanted, work)),
    ...entries(match.withoutHeaders).flatMap(([name, unwanted]) => withoutHeader(name, unwanted, reading)),
    ...entries(match.queryParams).flatMap(([name, wanted]) => optional(`query:${name}`, wanted, work)),
    ...source(match),
  ]
  const rest = boxOf(all, work)
  return rest && { path, rest, doubts: doubtsOf(all) }
}

function doubtsOf(constraints: readonly Constraint[]): Doubts {
  const found = constraints.flatMap(([dimension, , why]) =>
    why === undefined ? [] : [[dimension, why] as const],
  )
  return found.length === 0 ? noDoubts : new Map(found)
}

function entries<T>(map: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {})
}

/** All constraints at once, or undefined where they contradict each other. */
export function boxOf(constraints: readonly Constraint[], work: Work): Box | undefined {
  let box: Box | undefined = everyRequest
  for (const [dimension, values] of constraints) {
    const possible = intersectValues(values, universeOf(dimension), work)
    if (isImpossible(possible)) return undefined
    box = box && intersectBoxes(box, new Map([[dimension, possible]]), work)
  }
  return box
}

function pathConditions(
  match: HTTPMatchRequest,
  work: Work,
): {
  readonly path: PathLiteral
  readonly constraints: readonly Constraint[]
} {
  const { uri, ignoreUriCase = false } = match
  if (uri?.regex !== undefined) {
    const constraints = regex('path', uri, work)
    return { path: literalStartOf(uri.regex, constraints), constraints }
  }
  const text = uri?.exact ?? uri?.prefix
  if (text === undefined) return { path: everyPath, constraints: [] }
  const kind = uri?.exact === undefined ? 'prefix' : 'exact'
  if (isUnknownValue(text))
    return {
      path: ignoreUriCase ? everyPath : knownStart(text),
      constraints: [unknownText('path', kind, uri ?? {})],
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
function unknownText(dimension: string, kind: 'exact' | 'prefix' | '~', matcher: StringMatch): Constraint {
  const field = kind === '~' ? 'regex' : kind
  const text = matcher[field] ?? ''
  const why = doubt({ code: 'filled-in', field: dimension, text }, rangeOf(matcher, field))
  return [`opaque:${dimension} ${kind} ${text}`, isTrue, why]
}

/** The longest literal that every path of the language starts with: it keeps patterns apart without looking at them. */
function literalStartOf(pattern: string, constraints: readonly Constraint[]): PathLiteral {
  const values = constraints.find(([dimension]) => dimension === 'path')?.[1]
  if (values !== undefined) return { kind: 'prefix', text: commonPrefix(values.present) }
  return isUnknownValue(pattern) ? everyPath : { kind: 'prefix', text: regexStart(pattern) }
}

/**
 * The values of a regular expression; over the budget (or not RE2 at all) it is a condition that is not looked into, of which
 * no more is known than the literal that it starts with.
 */
function regex(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  const pattern = matcher.regex ?? ''
  if (isUnknownValue(pattern)) return [unknownText(dimension, '~', matcher)]
  const opaque = (cause: Cause): Constraint => [
    `opaque:${dimension} ~ ${pattern}`,
    isTrue,
    doubt(cause, rangeOf(matcher, 'regex')),
  ]
  try {
    const values = regexLanguage(pattern, work)
    return 'invalid' in values
      ? [opaque({ code: 'invalid-pattern', field: dimension, pattern })]
      : [[dimension, present(values)]]
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    if (error.budget !== 'pattern') return [opaque({ code: 'too-much-to-compare', budget: error.budget })]
    const cause = { code: 'pattern-too-large', field: dimension, pattern } as const
    return [...outline(cause), opaque(cause)]
  }
}

/** What is surely so of all that a pattern matches which is too large: whom it cannot touch is not asked. */
function outline(cause: Extract<Cause, { readonly code: 'pattern-too-large' }>): readonly Constraint[] {
  const start = regexStart(cause.pattern)
  const isKnown = effectOfDoubt[cause.code] === 'tell' && start !== '' && cause.field !== 'path'
  return isKnown ? [[cause.field, present(startingWith(start))]] : []
}

/** Istio `canBeConvertedToPresentMatch`: nothing to compare with, or the regular expression `*`. */
function isPresence(matcher: StringMatch): boolean {
  const { exact, prefix, regex } = matcher
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined)
}

/** A value condition: what is not there satisfies none, whatever the expression. */
function valuesOf(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  if (matcher.regex !== undefined) return regex(dimension, matcher, work)
  const text = matcher.exact ?? matcher.prefix ?? ''
  if (isUnknownValue(text))
    return [unknownText(dimension, matcher.exact === undefined ? 'prefix' : 'exact', matcher)]
  if (matcher.exact !== undefined) return [[dimension, present(exactly(matcher.exact))]]
  return [[dimension, present(startingWith(matcher.prefix ?? ''))]]
}

/** Every request has one, so that asking for presence asks for nothing. */
function pseudoHeader(
  dimension: string,
  matcher: StringMatch | undefined,
  work: Work,
): readonly Constraint[] {
  return matcher === undefined || isPresence(matcher) ? [] : valuesOf(dimension, matcher, work)
}

function anyValue(dimension: string): Constraint {
  return [dimension, present(universeOf(dimension).present)]
}

/** A header or parameter that may be missing. */
function optional(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  return isPresence(matcher) ? [anyValue(dimension)] : valuesOf(dimension, matcher, work)
}

const pseudoHeaders: Readonly<Record<string, string>> = {
  ':method': 'method',
  ':scheme': 'scheme',
  ':authority': 'authority',
  host: 'authority',
}

/** Header names that Envoy knows by another name, and those that are no header of the request. */
function dimensionOfHeader(name: string): string | undefined {
  const lower = name.toLowerCase()
  const pseudo = ownValue(pseudoHeaders, lower)
  if (pseudo !== undefined) return pseudo
  return lower.startsWith(':') || lower.startsWith('@request.auth.claims') ? undefined : `header:${lower}`
}

function opaque(name: string, matcher: StringMatch): Constraint {
  const why = doubt({ code: 'not-modelled', field: name }, rangeOf(matcher))
  return [`opaque:${name} ${JSON.stringify({ ...matcher })}`, isTrue, why]
}

function header(name: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  const dimension = dimensionOfHeader(name)
  if (dimension === undefined) return [opaque(name, matcher)]
  return dimension.startsWith('header:')
    ? optional(dimension, matcher, work)
    : pseudoHeader(dimension, matcher, work)
}

function withoutHeader(name: string, matcher: StringMatch, reading: Reading): readonly Constraint[] {
  const { missingSatisfiesWithout, work } = reading
  const dimension = dimensionOfHeader(name)
  if (dimension === undefined) return [complementOf(opaque(name, matcher), work)]
  if (isPresence(matcher)) return [complementOf(anyValue(dimension), work)]
  const all = valuesOf(dimension, matcher, work)
  const whole = all.filter(([wanted]) => all.length === 1 || wanted !== dimension)
  return whole.map((constraint) => {
    const [wanted, values] = constraint
    if (wanted !== dimension) return complementOf(constraint, work)
    const missingIsExcluded = !missingSatisfiesWithout || contains(values.present, '')
    return complementOf([wanted, { ...values, mayBeAbsent: missingIsExcluded }], work)
  })
}

function complementOf([dimension, values, ...why]: Constraint, work: Work): Constraint {
  return [dimension, subtractValues(universeOf(dimension), values, work), ...why]
}

/** What a match asks of the listener and the client, which Istio looks at before any request comes. */
export function sourceBox(match: HTTPMatchRequest, work: Work): Box | undefined {
  return boxOf(source(match), work)
}

/** Beside `gateways` the client's labels and namespace are ignored (Istio `sourceMatchHTTP`). */
function source(match: HTTPMatchRequest): readonly Constraint[] {
  const { gateways, sourceLabels, sourceNamespace } = match
  const listener = portCondition(match)
  if ((gateways ?? []).length > 0) return listener
  return [
    ...listener,
    ...entries(sourceLabels).map(([name, value]) => [`label:${name}`, present(exactly(value))] as const),
    ...(sourceNamespace === undefined ? [] : [['namespace', present(exactly(sourceNamespace))] as const]),
  ]
}

function portCondition(match: HTTPMatchRequest): readonly Constraint[] {
  const { port } = match
  if (port === undefined) return []
  if (typeof port === 'number') return [['port', present(exactly(String(port)))]]
  const why = doubt({ code: 'filled-in', field: 'port', text: port }, rangeOf(match, 'port'))
  return [[`opaque:port ${port}`, isTrue, why]]
}
