import { plainScalar } from '../../source/yaml/plain-scalar.ts'
import { isUnknown, withDefaults } from '../placeholders/placeholders.ts'

/** A scalar of which nobody doubts what it is, whoever reads it. */
export type PlainValue = string | number | boolean

/** One line that says something: how far it is indented, whether it begins an item, and what it says. */
export interface PlainLine {
  readonly indent: number
  readonly isItem: boolean
  /** Absent where the item is a scalar. */
  readonly key?: string
  /** Absent where lines that are indented more say it. */
  readonly value?: PlainValue
}

/** Indentation, the dash of an item, a key and what follows it, or whatever else stands there. */
const line = /( *)(- )?(?:([A-Za-z][\w./-]{0,199}):(?: ([^\n]+))?|([^\n]*))\n/y

const strange = /[^\n\x20-\x7e]/

/** What other tools read wherever it stands, in comments, too. */
const marks = ['{{', '#@']

/** What has neither spaces nor signs in it that YAML gives a meaning within a text. */
const unquoted = /^[A-Za-z/][^\s:#"'`,[\]{}&!|>%@\\]*$/
const quoted = /^(?:"([^"\\]+)"|'([^']+)')$/
const whole = /^(?:0|[1-9]\d{0,4})$/
const duration = /^\d{1,5}(?:ms|s|m|h)$/

/**
 * The lines of a text in the one way of writing YAML that leaves nothing to ask: a key or an item on each line, block style, scalars
 * on one line. Nothing where any line is written in another way, which says nothing against it.
 */
export function plainLines(text: string): readonly PlainLine[] | undefined {
  if (!text.endsWith('\n') || strange.test(text) || marks.some((mark) => text.includes(mark)))
    return undefined
  const lines: PlainLine[] = []
  for (line.lastIndex = 0; line.lastIndex < text.length; ) {
    const found = line.exec(text)
    if (found === null) return undefined
    const [, spaces = '', dash, key, given, rest = ''] = found
    if (key === undefined && isNothing(rest, dash)) continue
    const value = scalarAfter(key === undefined ? rest : given)
    const says = key === undefined ? dash !== undefined && value !== undefined : isKey(key)
    if (!says || value === null) return undefined
    lines.push({
      indent: spaces.length,
      isItem: dash !== undefined,
      ...(key !== undefined && { key }),
      ...(value !== undefined && { value }),
    })
  }
  return lines
}

/** An empty line, or a comment. */
function isNothing(rest: string, dash: string | undefined): boolean {
  return dash === undefined && (rest === '' || rest.startsWith('#'))
}

/** A word such as `on` is no text where it is a key. */
function isKey(key: string): boolean {
  return key.length > 5 || typeof plainScalar(key) === 'string'
}

/** Null: it is written in another way. */
function scalarAfter(written: string | undefined): PlainValue | null | undefined {
  if (written === undefined) return undefined
  if (whole.test(written)) return Number(written)
  const value = scalarIn(written)
  return typeof value === 'string' && isFilledIn(value) ? null : value
}

function scalarIn(written: string): string | boolean | null {
  if (duration.test(written)) return written
  if (!unquoted.test(written)) {
    const [, double, single = null] = quoted.exec(written) ?? []
    return double ?? single
  }
  const value = written.length > 5 ? written : plainScalar(written)
  return typeof value === 'string' || typeof value === 'boolean' ? value : null
}

/** What another tool fills in, or may. */
function isFilledIn(text: string): boolean {
  return isUnknown(text) || withDefaults(text) !== text
}
