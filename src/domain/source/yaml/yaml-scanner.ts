import type { YamlFault, YamlFaultCode } from '../yaml-fault.ts'
import type { Token } from './yaml-token.ts'

/** A key that may turn out to be one when a `:` follows; `required` where nothing else may stand there. */
export interface SimpleKey {
  possible: boolean
  required: boolean
  /** Its token is held back until it is certain; libyaml forgets to where an empty flow collection closes. */
  awaited: boolean
  /** Index of its token. */
  token: number
  at: number
  line: number
  column: number
}

/** How far a text has been scanned. */
export interface Scanner {
  /** With a NUL behind its end, so that looking ahead needs no care. */
  readonly text: string
  at: number
  line: number
  lineStart: number
  readonly tokens: Token[]
  /** Index of the token that was asked for last. */
  asked: number
  /** Column of the innermost block collection, -1 outside of all, and those around it. */
  indent: number
  readonly indents: number[]
  /** One for each flow collection that is open, and one for the block context. */
  readonly keys: SimpleKey[]
  keyAllowed: boolean
  fault: YamlFault | undefined
  /** JSON knows other escapes, and keys of any length. */
  readonly dialect: 'yaml' | 'json'
  /** It is nested deeper than `yamlLimits.depth`. */
  isTooDeep: boolean
}

export const space = 0x20
export const tab = 0x09
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** The beginning of a text. */
export function beginScanning(text: string, dialect: Scanner['dialect']): Scanner {
  return {
    text: `${text}\0\0\0\0`,
    at: 0,
    line: 0,
    lineStart: 0,
    tokens: [],
    asked: 0,
    indent: -1,
    indents: [],
    keys: [noKey(0)],
    keyAllowed: true,
    fault: undefined,
    dialect,
    isTooDeep: false,
  }
}

/** The place of a key where none is possible yet. */
export function noKey(token: number): SimpleKey {
  return { possible: false, required: false, awaited: false, token, at: 0, line: 0, column: 0 }
}

/** The UTF-16 unit `ahead` of the current one; 0 behind the end. */
export function peek({ text, at }: Scanner, ahead = 0): number {
  return text.charCodeAt(at + ahead)
}

/** The column of the current place, in UTF-16 units. */
export function columnOf({ at, lineStart }: Scanner): number {
  return at - lineStart
}

/** A space or a tab; nothing else is white space within a line. */
export function isBlank(code: number): boolean {
  return code === space || code === tab
}

/** Whether a line, or the text, ends with this unit. */
export function isBreakOrEnd(code: number): boolean {
  return code === lineFeed || code === carriageReturn || code === 0
}

/** Whether a line ends with this unit. */
export function isBreak(code: number): boolean {
  return code === lineFeed || code === carriageReturn
}

/** Whether a word ends in front of this unit. */
export function isBlankOrEnd(code: number): boolean {
  return code === space || isBreakOrEnd(code) || code === tab
}

/** Goes over a line break; what comes then is another line. */
export function skipLine(scanner: Scanner): void {
  scanner.at += peek(scanner) === carriageReturn && peek(scanner, 1) === lineFeed ? 2 : 1
  scanner.line += 1
  scanner.lineStart = scanner.at
}

/** Goes over spaces and tabs, and over the comment behind them. */
export function skipToEndOfLine(scanner: Scanner): void {
  while (isBlank(peek(scanner))) scanner.at += 1
  if (peek(scanner) === 0x23) skipRestOfLine(scanner)
}

/** Goes to the end of the line. */
export function skipRestOfLine(scanner: Scanner): void {
  while (!isBreakOrEnd(peek(scanner))) scanner.at += 1
}

/** Gives the text up: the first fault counts, and nothing is read after it. */
export function refuse(scanner: Scanner, code: YamlFaultCode, start = scanner.at, end = start + 1): void {
  scanner.fault ??= { code, start, end: Math.min(end, scanner.text.length - 4) }
}

/** `---` or `...` in the first column, with nothing or white space behind it. */
export function atDocumentMarker(scanner: Scanner): boolean {
  if (scanner.at !== scanner.lineStart) return false
  const code = peek(scanner)
  if (code !== 0x2d && code !== 0x2e) return false
  return peek(scanner, 1) === code && peek(scanner, 2) === code && isBlankOrEnd(peek(scanner, 3))
}
