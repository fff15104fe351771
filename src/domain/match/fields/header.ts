import { contains } from '../../language/string-set.ts'
import { isUnknownValue } from '../../manifest/placeholders/placeholders.ts'
import type { StringMatch } from '../../manifest/virtual-service.ts'
import { ownValue } from '../../source/own-value.ts'
import type { Request } from '../request.ts'
import type { Constraint, Reading } from './match-field.ts'
import {
  alwaysThere,
  anyValue,
  complementOf,
  isPresence,
  mayBeMissing,
  opaque,
  valueConstraints,
} from './string-constraints.ts'

const pseudoHeaders: Readonly<Record<string, string>> = {
  ':method': 'method',
  ':scheme': 'scheme',
  ':authority': 'authority',
  host: 'authority',
}

/** Header names that Envoy knows by another name; none for those that are no header of the request, or filled in by another tool. */
function dimensionOf(name: string): string | undefined {
  if (isUnknownValue(name)) return undefined
  const lower = name.toLowerCase()
  const pseudo = ownValue(pseudoHeaders, lower)
  if (pseudo !== undefined) return pseudo
  return lower.startsWith(':') || lower.startsWith('@request.auth.claims') ? undefined : `header:${lower}`
}

/** A header that a match asks for. */
export function headerConstraint(
  name: string,
  matcher: StringMatch,
  { work }: Reading,
): readonly Constraint[] {
  const dimension = dimensionOf(name)
  if (dimension === undefined) return [opaque(name, matcher)]
  return dimension.startsWith('header:')
    ? mayBeMissing(dimension, matcher, work)
    : alwaysThere(dimension, matcher, work)
}

/** A header that a match excludes. */
export function excludedHeader(
  name: string,
  matcher: StringMatch,
  { missingSatisfiesWithout, work }: Reading,
): readonly Constraint[] {
  const dimension = dimensionOf(name)
  if (dimension === undefined) return [complementOf(opaque(name, matcher), work)]
  if (isPresence(matcher)) return [complementOf(anyValue(dimension), work)]
  const all = valueConstraints(dimension, matcher, work)
  const whole = all.filter(([unwanted]) => all.length === 1 || unwanted !== dimension)
  return whole.map((constraint) => {
    const [unwanted, values] = constraint
    if (unwanted !== dimension) return complementOf(constraint, work)
    const missingIsExcluded = !missingSatisfiesWithout || contains(values.present, '')
    return complementOf([unwanted, { ...values, mayBeAbsent: missingIsExcluded }], work)
  })
}

/** The header of a request as Envoy names it. */
export function headerOf({ path, headers, ...request }: Request, name: string): string | undefined {
  const lower = name.toLowerCase()
  if (lower === ':path') return path
  const pseudo = ownValue(pseudoHeaders, lower) as 'method' | 'scheme' | 'authority' | undefined
  if (pseudo !== undefined) return request[pseudo]
  return Object.entries(headers).find(([key]) => key.toLowerCase() === lower)?.[1]
}
