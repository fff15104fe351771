import {
  atDocumentMarker,
  columnOf,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  peek,
  refuse,
  type Scanner,
  skipLine,
  skipRestOfLine,
  skipToEndOfLine,
  space,
  tab,
} from './yaml-scanner.ts'
import type { Token } from './yaml-token.ts'

const endOfFlowWord = new Set([...',?[]{}'].map((char) => char.charCodeAt(0)))

/** An unquoted scalar, over as many lines as are indented. */
export function scanPlain(scanner: Scanner): Token {
  const { at: start, indent } = scanner
  const isFlow = scanner.keys.length > 1
  let [text, end, breaks] = ['', start, -1]
  while (!atDocumentMarker(scanner) && peek(scanner) !== 0x23) {
    const from = scanner.at
    skipWord(scanner, isFlow)
    if (scanner.at > from) {
      const between = breaks === -1 ? scanner.text.slice(end, from) : folded(breaks)
      text += (text === '' ? '' : between) + scanner.text.slice(from, scanner.at)
      end = scanner.at
      breaks = -1
    }
    if (!isBlank(peek(scanner)) && !isBreak(peek(scanner))) break
    breaks = skipBlanks(scanner, indent + 1)
    if (!isFlow && columnOf(scanner) < indent + 1) break
  }
  // Behind a line break a key may begin.
  if (breaks !== -1) scanner.keyAllowed = true
  return { kind: 'scalar', style: 'plain', text, start, end }
}

function skipWord(scanner: Scanner, isFlow: boolean): void {
  for (let code = peek(scanner); !isBlankOrEnd(code); code = peek(scanner)) {
    if (code === 0x3a && isBlankOrEnd(peek(scanner, 1))) return
    if (isFlow && endOfFlowWord.has(code)) return
    scanner.at += 1
  }
}

/** One line break is a space, more of them are as many less one. */
function folded(breaks: number): string {
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}

/** Goes over white space; how many lines have ended, -1 for none. A tab that stands for indentation is refused. */
function skipBlanks(scanner: Scanner, indent: number): number {
  let count = -1
  for (let code = peek(scanner); isBlank(code) || isBreak(code); code = peek(scanner)) {
    if (isBreak(code)) {
      skipLine(scanner)
      count = count === -1 ? 1 : count + 1
    } else {
      if (code === tab && count !== -1 && columnOf(scanner) < indent) refuse(scanner, 'tab')
      scanner.at += 1
    }
  }
  return count
}

/** A quoted scalar. */
export function scanQuoted(scanner: Scanner): Token {
  const start = scanner.at
  const quote = peek(scanner)
  const isDouble = quote === 0x22
  const parts: string[] = []
  scanner.at += 1
  while (scanner.fault === undefined) {
    if (atDocumentMarker(scanner) || peek(scanner) === 0) refuse(scanner, 'unclosed-quote', start)
    const isJoined = isDouble ? readDouble(scanner, parts) : readSingle(scanner, parts)
    if (peek(scanner) === quote) break
    parts.push(foldedBlanks(scanner, isJoined))
  }
  scanner.at += 1
  const text = parts.join('')
  return { kind: 'scalar', style: isDouble ? 'double' : 'single', text, start, end: scanner.at }
}

/** White space within quotes: kept on its line, folded where lines end; an escaped line break has ended one already. */
function foldedBlanks(scanner: Scanner, isJoined: boolean): string {
  const from = scanner.at
  while (isBlank(peek(scanner))) scanner.at += 1
  const spaces = scanner.text.slice(from, scanner.at)
  const breaks = skipBlanks(scanner, -1)
  if (isJoined) return breaks === -1 ? '' : '\n'.repeat(breaks)
  return breaks === -1 ? spaces : folded(breaks)
}

function readSingle(scanner: Scanner, parts: string[]): false {
  let from = scanner.at
  for (let code = peek(scanner); !isBlankOrEnd(code); code = peek(scanner)) {
    if (code === 0x27) {
      if (peek(scanner, 1) !== 0x27) break
      parts.push(scanner.text.slice(from, scanner.at + 1))
      scanner.at += 1
      from = scanner.at + 1
    }
    scanner.at += 1
  }
  parts.push(scanner.text.slice(from, scanner.at))
  return false
}

/** Reads up to white space or the quote; true where an escaped line break ended it. */
function readDouble(scanner: Scanner, parts: string[]): boolean {
  let from = scanner.at
  for (let code = peek(scanner); !isBlankOrEnd(code) && code !== 0x22; code = peek(scanner)) {
    if (code !== 0x5c) {
      scanner.at += 1
      continue
    }
    parts.push(scanner.text.slice(from, scanner.at))
    scanner.at += 1
    if (isBreak(peek(scanner))) {
      skipLine(scanner)
      return true
    }
    parts.push(readEscape(scanner))
    from = scanner.at
    if (scanner.fault !== undefined) return false
  }
  parts.push(scanner.text.slice(from, scanner.at))
  return false
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])
const lengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

function readEscape(scanner: Scanner): string {
  const char = scanner.text.charAt(scanner.at)
  const start = scanner.at - 1
  scanner.at += 1
  const simple = escapes.get(char)
  if (simple !== undefined) return simple
  if (scanner.dialect === 'json') return readJsonEscape(scanner, char)
  const length = lengths.get(char)
  const digits = scanner.text.slice(scanner.at, scanner.at + (length ?? 0))
  const code = Number.parseInt(digits, 16)
  const isCode = length !== undefined && /^[\da-fA-F]+$/.test(digits) && digits.length === length
  if (!isCode || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    refuse(scanner, 'escape', start, scanner.at)
    return ''
  }
  scanner.at += length
  return String.fromCodePoint(code)
}

/** In a text that is JSON already. */
function readJsonEscape(scanner: Scanner, char: string): string {
  if (char !== 'u') return char
  scanner.at += 4
  return String.fromCharCode(Number.parseInt(scanner.text.slice(scanner.at - 4, scanner.at), 16))
}

/** A block of text behind `|` or `>`. */
export function scanBlock(scanner: Scanner): Token {
  const start = scanner.at
  const isLiteral = peek(scanner) === 0x7c
  scanner.at += 1
  const [, one = '', two = ''] = /^([-+]?)([0-9]?)/.exec(scanner.text.slice(scanner.at, scanner.at + 2)) ?? []
  scanner.at += one.length + two.length
  const chomp = one === '' && two !== '' ? chompingAt(scanner) : one
  skipToEndOfLine(scanner)
  if (two === '0' || !isBreakOrEnd(peek(scanner))) refuse(scanner, 'block-scalar', start, scanner.at)
  if (isBreak(peek(scanner))) skipLine(scanner)
  const indent = two === '' ? 0 : Math.max(scanner.indent, 0) + Number(two)
  const text = readBlock(scanner, { start, indent, isLiteral, chomp })
  return { kind: 'scalar', style: isLiteral ? 'literal' : 'folded', text, start, end: scanner.at }
}

function chompingAt(scanner: Scanner): string {
  const char = scanner.text.charAt(scanner.at)
  if (char !== '+' && char !== '-') return ''
  scanner.at += 1
  return char
}

interface Block {
  readonly start: number
  /** Column of its lines; 0 where the first of them decides. */
  readonly indent: number
  readonly isLiteral: boolean
  readonly chomp: string
}

function readBlock(scanner: Scanner, block: Block): string {
  let [text, wasBlank, hasBreak] = ['', false, false]
  let { indent, breaks } = skipIndent(scanner, block.indent, block.start)
  while (columnOf(scanner) === indent && peek(scanner) !== 0 && scanner.fault === undefined) {
    const isBlankLine = isBlank(peek(scanner))
    if (!block.isLiteral && hasBreak && !wasBlank && !isBlankLine) text += breaks === 0 ? ' ' : ''
    else if (hasBreak) text += '\n'
    text += '\n'.repeat(breaks)
    wasBlank = isBlankLine
    const from = scanner.at
    skipRestOfLine(scanner)
    text += scanner.text.slice(from, scanner.at)
    hasBreak = isBreak(peek(scanner))
    if (hasBreak) skipLine(scanner)
    breaks = skipIndent(scanner, indent, block.start).breaks
  }
  if (block.chomp !== '-' && hasBreak) text += '\n'
  return block.chomp === '+' ? text + '\n'.repeat(breaks) : text
}

/** Goes over empty lines and the indentation of the next one; without an indentation, the deepest of them decides. */
function skipIndent(
  scanner: Scanner,
  indent: number,
  start: number,
): { readonly indent: number; breaks: number } {
  let [deepest, breaks] = [0, 0]
  while (true) {
    while ((indent === 0 || columnOf(scanner) < indent) && peek(scanner) === space) scanner.at += 1
    deepest = Math.max(deepest, columnOf(scanner))
    const isOpen = indent === 0 || columnOf(scanner) < indent
    if (isOpen && peek(scanner) === tab) refuse(scanner, 'tab', start)
    if (!isBreak(peek(scanner)) || scanner.fault !== undefined) break
    skipLine(scanner)
    breaks += 1
  }
  return { indent: indent === 0 ? Math.max(deepest, scanner.indent + 1, 1) : indent, breaks }
}
