import { type Cause, doubt, effectOfDoubt } from '../../doubt.ts'
import { regexLanguage, regexStart } from '../../language/regex.ts'
import { BudgetExceeded, demandLeft, exactly, startingWith, type Work } from '../../language/string-set.ts'
import { present, subtractValues } from '../../language/values.ts'
import { outerOf } from '../../manifest/placeholders/filled-in-under.ts'
import { isUnknown, isUnknownValue } from '../../manifest/placeholders/placeholders.ts'
import type { StringMatch } from '../../manifest/virtual-service.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { isTrue, universeOf } from '../dimensions.ts'
import type { Constraint } from './match-field.ts'

/** Istio `canBeConvertedToPresentMatch`: nothing to compare with, or the regular expression `*`. */
export function isPresence({ exact, prefix, regex }: StringMatch): boolean {
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined)
}

/** A text that another tool fills in is a condition that is not looked into. */
export function unknownText(
  dimension: string,
  kind: 'exact' | 'prefix' | '~',
  matcher: StringMatch,
): Constraint {
  const field = kind === '~' ? 'regex' : kind
  const text = matcher[field] ?? ''
  const why = doubt({ code: 'filled-in', field: dimension, text }, rangeOf(matcher, field))
  return [`opaque:${dimension} ${kind} ${text}`, isTrue, why]
}

/**
 * The values of a regular expression; over the budget (or not RE2 at all) it is a condition that is not looked into, of which
 * no more is known than the literal that it starts with. Throws BudgetExceeded where nothing is left of the whole.
 */
export function regexConstraints(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  const pattern = matcher.regex ?? ''
  if (isUnknownValue(pattern)) return [unknownText(dimension, '~', matcher)]
  const opaque = (cause: Cause): Constraint => [
    `opaque:${dimension} ~ ${pattern}`,
    isTrue,
    doubt(cause, rangeOf(matcher, 'regex')),
  ]
  demandLeft()
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

/**
 * A value condition: what is not there satisfies none, whatever the expression. Of a text that is filled in, also what it
 * stays within.
 */
export function valueConstraints(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  const outer = outerOf(matcher)
  const given = outer === undefined || isPresence(outer) ? [] : ownConstraints(dimension, outer, work)
  return [...given, ...ownConstraints(dimension, matcher, work)]
}

function ownConstraints(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  const { exact, prefix, regex } = matcher
  if (regex !== undefined) return regexConstraints(dimension, matcher, work)
  const text = exact ?? prefix ?? ''
  if (isUnknownValue(text)) return [unknownText(dimension, exact === undefined ? 'prefix' : 'exact', matcher)]
  return [[dimension, present(exact === undefined ? startingWith(text) : exactly(text))]]
}

/** Every request has one, so that asking for presence asks for nothing. */
export function alwaysThere(
  dimension: string,
  matcher: StringMatch | undefined,
  work: Work,
): readonly Constraint[] {
  return matcher === undefined || isPresence(matcher) ? [] : valueConstraints(dimension, matcher, work)
}

/** A header or parameter that may be missing. */
export function mayBeMissing(dimension: string, matcher: StringMatch, work: Work): readonly Constraint[] {
  return isPresence(matcher) ? [anyValue(dimension)] : valueConstraints(dimension, matcher, work)
}

/** Whatever the value, there is one. */
export function anyValue(dimension: string): Constraint {
  return [dimension, present(universeOf(dimension).present)]
}

/** Everything else. */
export function complementOf([dimension, values, ...why]: Constraint, work: Work): Constraint {
  return [dimension, subtractValues(universeOf(dimension), values, work), ...why]
}

/** Exactly one value, written at a place; not looked into where another tool fills it in. */
export function equalTo(dimension: string, text: string, place?: SourceRange): Constraint {
  if (!isUnknown(`${dimension} ${text}`)) return [dimension, present(exactly(text))]
  return [`opaque:${dimension} ${text}`, isTrue, doubt({ code: 'filled-in', field: dimension, text }, place)]
}

/** What is not looked into: a claim, `:path`, a name that another tool fills in. */
export function opaque(name: string, matcher: StringMatch): Constraint {
  const cause: Cause = isUnknownValue(name)
    ? { code: 'filled-in', field: 'name', text: name }
    : { code: 'not-modelled', field: name }
  return [`opaque:${name} ${JSON.stringify({ ...matcher })}`, isTrue, doubt(cause, rangeOf(matcher))]
}
