import { plainScalar } from './plain-scalar.ts'
import type { SourceFile } from './source-file.ts'
import type { YamlScalar } from './yaml-node.ts'

/** Marks what the quick reader leaves to the library. */
export const unusual: unique symbol = Symbol('unusual')

/** The text of one document, and where it begins in its file. */
export interface Reading {
  readonly text: string
  readonly file: SourceFile
  readonly base: number
}

/** Characters that need the library wherever they stand: tabs and other controls, a carriage return alone, marks. */
export const bare = /[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\r(?!\n)|^%/m

/** A scalar node over `[start, end)` of the document. */
export function scalarOf(
  { file, base, text }: Reading,
  value: YamlScalar['value'],
  start: number,
  end: number,
): YamlScalar {
  return {
    kind: 'scalar',
    range: { file, start: base + start, end: base + end },
    value,
    text: text.slice(start, end),
  }
}

const startOfPlain = /[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[^\s,[\]{}])/y

/** An unquoted scalar on the rest of a line, without the comment after it. */
export function plainText(reading: Reading, start: number, end: number): YamlScalar | typeof unusual {
  const { text } = reading
  startOfPlain.lastIndex = start
  if (!startOfPlain.test(text)) return unusual
  const line = text.slice(start, end)
  const comment = line.indexOf(' #')
  const written = (comment === -1 ? line : line.slice(0, comment)).trimEnd()
  if (written.includes(': ') || written.endsWith(':')) return unusual
  const value = plainScalar(written)
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return unusual
  return scalarOf(reading, value, start, start + written.length)
}

const single = /'(?:[^'\n\r]|'')*'/y
const double = /"(?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

/** A quoted scalar on one line, whose escapes are also JSON's. */
export function quotedAt(reading: Reading, start: number): YamlScalar | typeof unusual {
  const { text } = reading
  const isDouble = text.charAt(start) === '"'
  const pattern = isDouble ? double : single
  pattern.lastIndex = start
  const quoted = pattern.exec(text)?.[0]
  if (quoted === undefined) return unusual
  const value = isDouble ? unescaped(quoted) : quoted.slice(1, -1).replaceAll("''", "'")
  return { ...scalarOf(reading, value, start, start + quoted.length), text: value }
}

function unescaped(quoted: string): string {
  // The pattern above lets through what JSON reads.
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}
