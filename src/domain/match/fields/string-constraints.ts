import { regexLanguage } from '../../language/regex.ts'
import { BudgetExceeded, exactly, startingWith } from '../../language/string-set.ts'
import { present, subtractValues } from '../../language/values.ts'
import { outerOf } from '../../manifest/filled-in-under.ts'
import { isUnknown, isUnknownValue } from '../../manifest/placeholders.ts'
import type { StringMatch } from '../../manifest/virtual-service.ts'
import { isTrue, universeOf } from '../dimensions.ts'
import type { Constraint } from './match-field.ts'

/** Istio `canBeConvertedToPresentMatch`: nothing to compare with, or the regular expression `*`. */
export function isPresence({ exact, prefix, regex }: StringMatch): boolean {
  return regex === '*' || (exact === undefined && prefix === undefined && regex === undefined)
}

/** A text that another tool fills in is a condition that is not looked into. */
export function unknownText(dimension: string, kind: string, text: string): Constraint {
  return [`opaque:${dimension} ${kind} ${text}`, isTrue]
}

/** The values of a regular expression; over the budget (or not RE2 at all) it is a condition that is not looked into. */
export function regexConstraint(dimension: string, pattern: string): Constraint {
  if (isUnknownValue(pattern)) return unknownText(dimension, '~', pattern)
  try {
    const values = regexLanguage(pattern)
    if (!('invalid' in values)) return [dimension, present(values)]
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
  }
  return unknownText(dimension, '~', pattern)
}

/**
 * A value condition: what is not there satisfies none, whatever the expression. Of a text that is filled in, also what it
 * stays within.
 */
export function valueConstraints(dimension: string, matcher: StringMatch): readonly Constraint[] {
  const outer = outerOf(matcher)
  const given = outer === undefined || isPresence(outer) ? [] : [ownConstraint(dimension, outer)]
  return [...given, ownConstraint(dimension, matcher)]
}

function ownConstraint(dimension: string, { exact, prefix, regex }: StringMatch): Constraint {
  if (regex !== undefined) return regexConstraint(dimension, regex)
  const text = exact ?? prefix ?? ''
  if (isUnknownValue(text)) return unknownText(dimension, exact === undefined ? 'prefix' : 'exact', text)
  return [dimension, present(exact === undefined ? startingWith(text) : exactly(text))]
}

/** Every request has one, so that asking for presence asks for nothing. */
export function alwaysThere(dimension: string, matcher: StringMatch | undefined): readonly Constraint[] {
  return matcher === undefined || isPresence(matcher) ? [] : valueConstraints(dimension, matcher)
}

/** A header or parameter that may be missing. */
export function mayBeMissing(dimension: string, matcher: StringMatch): readonly Constraint[] {
  return isPresence(matcher) ? [anyValue(dimension)] : valueConstraints(dimension, matcher)
}

/** Whatever the value, there is one. */
export function anyValue(dimension: string): Constraint {
  return [dimension, present(universeOf(dimension).present)]
}

/** Everything else. */
export function complementOf([dimension, values]: Constraint): Constraint {
  return [dimension, subtractValues(universeOf(dimension), values)]
}

/** Exactly one value; not looked into where another tool fills it in. */
export function equalTo(dimension: string, text: string): Constraint {
  if (isUnknown(`${dimension} ${text}`)) return [`opaque:${dimension} ${text}`, isTrue]
  return [dimension, present(exactly(text))]
}

/** What is not looked into: a claim, `:path`. */
export function opaque(name: string, matcher: StringMatch): Constraint {
  return [`opaque:${name} ${JSON.stringify({ ...matcher })}`, isTrue]
}
