import { budgets } from '../budgets.ts'
import { type Doubt, doubt } from '../doubt.ts'
import { anyOf, type StringSet, type Work } from '../language/string-set.ts'
import { authorities, headerValues, methods, paths } from '../language/universe.ts'
import { present, subtractValues } from '../language/values.ts'
import { isUnknownValue } from '../manifest/placeholders/placeholders.ts'
import { isTrue, universeOf } from '../match/dimensions.ts'
import type { Constraint } from '../match/fields/match-field.ts'
import type { SourceRange } from '../source/source-file.ts'
import type { AccessPoint } from './access-point.ts'
import { type Attribute, portIn } from './attributes.ts'
import {
  isTemplatePath,
  languageOf,
  templateExpression,
  textPattern,
  textsInAnyCase,
  textsOf,
} from './text-patterns.ts'

/**
 * What one list of values asks of requests: values of a dimension, something that holds of all or of none, or nothing that
 * can be built.
 */
export type FieldCondition =
  | { readonly kind: 'values'; readonly constraint: Constraint }
  | { readonly kind: 'always' | 'never' | 'invalid' }

/** One list of values that a policy writes, and where. */
export interface WrittenValues {
  readonly field: string
  readonly attribute: Attribute
  readonly values: readonly string[]
  readonly isExcluded: boolean
  readonly range?: SourceRange | undefined
}

const always = { kind: 'always' } as const
const never = { kind: 'never' } as const
const invalid = { kind: 'invalid' } as const

/** What a list asks for where requests arrive; of one that excludes, the opposite. */
export function fieldCondition(written: WrittenValues, point: AccessPoint, work: Work): FieldCondition {
  const own = asked(written, point, work)
  return written.isExcluded ? oppositeOf(own, work) : own
}

function oppositeOf(condition: FieldCondition, work: Work): FieldCondition {
  switch (condition.kind) {
    case 'always':
      return never
    case 'never':
      return always
    case 'invalid':
      return condition
    case 'values': {
      const [dimension, values, ...why] = condition.constraint
      const others = subtractValues(universeOf(dimension), values, work)
      return { kind: 'values', constraint: [dimension, others, ...why] }
    }
  }
}

function asked(written: WrittenValues, point: AccessPoint, work: Work): FieldCondition {
  const { attribute, values } = written
  const filled = values.find(isUnknownValue)
  const of = attribute.of
  if (of === 'certificate' && !point.mayHaveCertificates) return never
  if (of === 'token' && !point.mayHaveTokens) return never
  if (of === 'sni' && !point.maySpeakTls) return never
  if (filled !== undefined) {
    const cause = { code: 'filled-in', field: written.field, text: filled } as const
    return unknown(written, doubt(cause, written.range))
  }
  if (of !== 'port' && isTooLong(values))
    return unknown(written, doubt({ code: 'too-much-to-compare', budget: 'policyText' }, written.range))
  switch (of) {
    case 'host':
      return ofDimension('authority', textsInAnyCase(values.map(textPattern), authorities, work))
    case 'method':
      return ofDimension('method', textsOf(values.map(textPattern), methods, work))
    case 'path':
      return pathCondition(written, work)
    case 'header':
      return headerCondition(attribute.name, written, work)
    case 'port':
      return portCondition(written, point)
    case 'certificate':
    case 'token':
    case 'sni':
    case 'nothing':
      return unknown(written, notShown(written))
  }
}

/** What nobody writes by hand would be carried along by every change. */
function isTooLong(values: readonly string[]): boolean {
  return values.reduce((all, { length }) => all + length, 0) > budgets.policyText.size
}

function ofDimension(dimension: string, texts: StringSet): FieldCondition {
  return { kind: 'values', constraint: [dimension, present(texts)] }
}

function notShown({ field, range }: WrittenValues): Doubt {
  return doubt({ code: 'not-modelled', field }, range)
}

/** A condition that is not looked into: the same list says the same wherever it stands. */
function unknown({ field, values }: WrittenValues, why: Doubt): FieldCondition {
  const dimension = `opaque:${field} ${values.toSorted().join(', ')}`
  return { kind: 'values', constraint: [dimension, isTrue, why] }
}

function pathCondition(written: WrittenValues, work: Work): FieldCondition {
  const [templates, others] = [written.values.filter(isTemplatePath), written.values.filter(isPlainPath)]
  const expressions = templates.map(templateExpression)
  if (expressions.includes(undefined)) return unknown(written, notShown(written))
  const sets = expressions.flatMap((each) => (each === undefined ? [] : languageOf(each, work)))
  return ofDimension('path', anyOf([...sets, textsOf(others.map(textPattern), paths, work)], work))
}

function isPlainPath(text: string): boolean {
  return !isTemplatePath(text)
}

/** What Envoy knows by another name than that of a header. */
const pseudoHeaders: Readonly<Record<string, string>> = {
  ':method': 'method',
  ':authority': 'authority',
  host: 'authority',
  ':scheme': 'scheme',
}

function headerCondition(name: string, written: WrittenValues, work: Work): FieldCondition {
  const pseudo = Object.hasOwn(pseudoHeaders, name) ? pseudoHeaders[name] : undefined
  if (pseudo === undefined && name.startsWith(':')) return unknown(written, notShown(written))
  const dimension = pseudo ?? `header:${name}`
  const any = pseudo === undefined ? headerValues : universeOf(pseudo).present
  return ofDimension(dimension, textsOf(written.values.map(textPattern), any, work))
}

/** Where requests arrive on one known port, all of them fulfil it or none. */
function portCondition(written: WrittenValues, { sockets }: AccessPoint): FieldCondition {
  const ports = written.values.map(portIn)
  if (ports.includes(undefined)) return invalid
  if (sockets === undefined) return unknown(written, notShown(written))
  const among = sockets.filter((each) => ports.includes(each))
  if (among.length === 0) return never
  return among.length === sockets.length ? always : unknown(written, notShown(written))
}
