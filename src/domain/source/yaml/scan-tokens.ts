import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts'
import { scanAnchor, scanTag } from './scan-tag.ts'
import { yamlLimits } from './yaml-document.ts'
import {
  atDocumentMarker,
  columnOf,
  isBlank,
  isBlankOrEnd,
  isBreak,
  noKey,
  peek,
  refuse,
  type Scanner,
  type SimpleKey,
  skipLine,
  skipRestOfLine,
  space,
  tab,
} from './yaml-scanner.ts'
import type { Mark, Token } from './yaml-token.ts'

/** The longest key that needs no `?`. */
const longestKey = 1024

/**
 * Scans so far that `tokens[index]` is there and certain: whether a key begins in front of a token is known when its `:`
 * comes, or can no longer come. The grammar is that of libyaml, which Kubernetes and Kustomize read with.
 */
export function tokenAt(scanner: Scanner, index: number): Token {
  scanner.asked = index
  while (scanner.fault === undefined) {
    const token = scanner.tokens[index]
    const mayBeKey = scanner.keys.some(
      (key) => key.awaited && key.token === index && isStillPossible(scanner, key),
    )
    if (token !== undefined && !mayBeKey) return token
    if (scanner.fault === undefined) fetchToken(scanner)
  }
  const end = scanner.text.length - 4
  return { kind: 'end', start: end, end }
}

function isStillPossible(scanner: Scanner, key: SimpleKey): boolean {
  if (!key.possible) return false
  if (scanner.dialect === 'json') return true
  if (key.line === scanner.line && key.at + longestKey >= scanner.at) return true
  giveUp(scanner, key)
  return false
}

/** No `:` can come any more. */
function giveUp(scanner: Scanner, key: SimpleKey): void {
  if (key.possible && key.required) refuse(scanner, 'missing-colon', key.at, key.at + 1)
  key.possible = false
}

function innermostKey({ keys }: Scanner): SimpleKey {
  const key = keys.at(-1)
  if (key === undefined) throw new Error('The block context has a place for a key')
  return key
}

function isFlow({ keys }: Scanner): boolean {
  return keys.length > 1
}

function fetchToken(scanner: Scanner): void {
  skipToToken(scanner)
  unroll(scanner, columnOf(scanner))
  const code = peek(scanner)
  const isFirst = columnOf(scanner) === 0
  if (code === 0) endText(scanner)
  else if (isFirst && code === 0x25) refuseDirective(scanner)
  else if (atDocumentMarker(scanner)) markDocument(scanner)
  else if (fetchers.get(code)?.(scanner) !== true) fetchPlain(scanner, code)
}

function fetchPlain(scanner: Scanner, code: number): void {
  if (startsPlain(scanner, code)) fetchScalar(scanner, scanPlain)
  else refuse(scanner, code === tab ? 'tab' : 'character-at-start')
}

/** White space and comments. A tab is none where a key may begin in the block context. */
function skipToToken(scanner: Scanner): void {
  while (true) {
    while (peek(scanner) === space || (peek(scanner) === tab && (isFlow(scanner) || !scanner.keyAllowed)))
      scanner.at += 1
    if (peek(scanner) === 0x23) skipRestOfLine(scanner)
    if (!isBreak(peek(scanner))) return
    skipLine(scanner)
    if (!isFlow(scanner)) scanner.keyAllowed = true
  }
}

/** Opens a block collection where the column is further in; its token comes in front of `index`. */
function roll(scanner: Scanner, kind: 'block-sequence' | 'block-map', at: Place): void {
  if (isFlow(scanner) || scanner.indent >= at.column) return
  scanner.indents.push(scanner.indent)
  scanner.indent = at.column
  insert(scanner, { kind, start: at.at, end: at.at }, at.token)
  limitDepth(scanner)
}

function insert({ tokens }: Scanner, token: Token, index = tokens.length): void {
  tokens.splice(index, 0, token)
}

type Place = Pick<SimpleKey, 'token' | 'at' | 'column'>

function here(scanner: Scanner): Place {
  return { token: scanner.tokens.length, at: scanner.at, column: columnOf(scanner) }
}

function limitDepth(scanner: Scanner): void {
  if (scanner.indents.length + scanner.keys.length - 1 <= yamlLimits.depth) return
  scanner.isTooDeep ||= scanner.fault === undefined
  refuse(scanner, 'missing-value', scanner.at, scanner.at)
}

function unroll(scanner: Scanner, column: number): void {
  if (isFlow(scanner)) return
  while (scanner.indent > column) {
    push(scanner, 'block-end', 0)
    scanner.indent = scanner.indents.pop() ?? -1
  }
}

function push(scanner: Scanner, kind: Mark, length: number): void {
  scanner.tokens.push({ kind, start: scanner.at, end: scanner.at + length })
  scanner.at += length
}

function endText(scanner: Scanner): void {
  unroll(scanner, -1)
  // libyaml begins a new line here, on which no key that was possible before can go on.
  for (const key of scanner.keys) giveUp(scanner, key)
  scanner.keyAllowed = false
  push(scanner, 'end', 0)
}

function refuseDirective(scanner: Scanner): void {
  const start = scanner.at
  skipRestOfLine(scanner)
  refuse(scanner, 'directive', start, scanner.at)
}

function markDocument(scanner: Scanner): void {
  unroll(scanner, -1)
  giveUp(scanner, innermostKey(scanner))
  scanner.keyAllowed = false
  push(scanner, peek(scanner) === 0x2d ? 'document-start' : 'document-end', 3)
}

/** Remembers that a key may begin here. */
function rememberKey(scanner: Scanner): void {
  if (!scanner.keyAllowed) return
  const required = !isFlow(scanner) && scanner.indent === columnOf(scanner)
  giveUp(scanner, innermostKey(scanner))
  const { line } = scanner
  scanner.keys[scanner.keys.length - 1] = { ...here(scanner), possible: true, awaited: true, required, line }
}

function fetchScalar(scanner: Scanner, scan: (scanner: Scanner) => Token): void {
  rememberKey(scanner)
  scanner.keyAllowed = false
  scanner.tokens.push(scan(scanner))
}

function openFlow(scanner: Scanner, kind: 'flow-sequence' | 'flow-map'): boolean {
  rememberKey(scanner)
  scanner.keys.push(noKey(scanner.tokens.length))
  limitDepth(scanner)
  scanner.keyAllowed = true
  push(scanner, kind, 1)
  return true
}

function closeFlow(scanner: Scanner, kind: 'flow-sequence-end' | 'flow-map-end'): boolean {
  giveUp(scanner, innermostKey(scanner))
  const closed = isFlow(scanner) ? scanner.keys.pop() : undefined
  const around = innermostKey(scanner)
  if (closed?.token === around.token) around.awaited = false
  scanner.keyAllowed = false
  push(scanner, kind, 1)
  return true
}

function fetchEntry(scanner: Scanner): boolean {
  giveUp(scanner, innermostKey(scanner))
  scanner.keyAllowed = true
  push(scanner, 'entry', 1)
  return true
}

function fetchItem(scanner: Scanner): boolean {
  if (!isBlankOrEnd(peek(scanner, 1))) return false
  if (!isFlow(scanner)) {
    if (!scanner.keyAllowed) refuse(scanner, 'item-not-allowed')
    roll(scanner, 'block-sequence', here(scanner))
  }
  giveUp(scanner, innermostKey(scanner))
  scanner.keyAllowed = true
  push(scanner, 'item', 1)
  return true
}

function fetchKey(scanner: Scanner): boolean {
  if (!isFlow(scanner) && !isBlankOrEnd(peek(scanner, 1))) return false
  if (!isFlow(scanner)) {
    if (!scanner.keyAllowed) refuse(scanner, 'key-not-allowed')
    roll(scanner, 'block-map', here(scanner))
  }
  giveUp(scanner, innermostKey(scanner))
  scanner.keyAllowed = !isFlow(scanner)
  push(scanner, 'key', 1)
  return true
}

function fetchValue(scanner: Scanner): boolean {
  if (!isFlow(scanner) && !isBlankOrEnd(peek(scanner, 1))) return false
  const key = innermostKey(scanner)
  if (isStillPossible(scanner, key)) {
    // Where libyaml did not wait for the colon, it comes too late, and so do these.
    const isLate = key.token < scanner.asked
    insert(scanner, { kind: 'key', start: key.at, end: key.at }, isLate ? undefined : key.token)
    roll(scanner, 'block-map', isLate ? { ...key, token: scanner.tokens.length } : key)
    key.possible = false
    scanner.keyAllowed = false
  } else {
    if (!isFlow(scanner)) {
      if (!scanner.keyAllowed) refuse(scanner, 'value-not-allowed')
      roll(scanner, 'block-map', here(scanner))
    }
    scanner.keyAllowed = !isFlow(scanner)
  }
  push(scanner, 'value', 1)
  return true
}

function fetchBlock(scanner: Scanner): boolean {
  if (isFlow(scanner)) return false
  giveUp(scanner, innermostKey(scanner))
  scanner.keyAllowed = true
  scanner.tokens.push(scanBlock(scanner))
  return true
}

function fetchWith(scan: (scanner: Scanner) => Token): (scanner: Scanner) => boolean {
  return (scanner) => {
    fetchScalar(scanner, scan)
    return true
  }
}

const fetchers: ReadonlyMap<number, (scanner: Scanner) => boolean> = new Map(
  Object.entries<(scanner: Scanner) => boolean>({
    '[': (scanner) => openFlow(scanner, 'flow-sequence'),
    '{': (scanner) => openFlow(scanner, 'flow-map'),
    ']': (scanner) => closeFlow(scanner, 'flow-sequence-end'),
    '}': (scanner) => closeFlow(scanner, 'flow-map-end'),
    ',': fetchEntry,
    '-': fetchItem,
    '?': fetchKey,
    ':': fetchValue,
    '*': fetchWith(scanAnchor),
    '&': fetchWith(scanAnchor),
    '!': fetchWith(scanTag),
    '|': fetchBlock,
    '>': fetchBlock,
    "'": fetchWith(scanQuoted),
    '"': fetchWith(scanQuoted),
  }).map(([char, fetch]) => [char.charCodeAt(0), fetch]),
)

const indicators = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((char) => char.charCodeAt(0)))

/** Whether an unquoted scalar may begin with this unit. */
function startsPlain(scanner: Scanner, code: number): boolean {
  if (!isBlankOrEnd(code) && !indicators.has(code)) return true
  const next = peek(scanner, 1)
  if (code === 0x2d) return !isBlank(next)
  return (code === 0x3f || code === 0x3a) && !isFlow(scanner) && !isBlankOrEnd(next)
}
