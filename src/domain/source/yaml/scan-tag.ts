import { isBlankOrEnd, peek, refuse, type Scanner } from './yaml-scanner.ts'
import type { Token } from './yaml-token.ts'

const name = /[0-9A-Za-z_-]*/y
const behindName = new Set([...'?:,]}%@`'].map((char) => char.charCodeAt(0)))

function matched(pattern: RegExp, { text, at }: Scanner): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** `&name` or `*name`. */
export function scanAnchor(scanner: Scanner): Token {
  const start = scanner.at
  const kind = peek(scanner) === 0x26 ? 'anchor' : 'alias'
  scanner.at += 1
  const found = matched(name, scanner)
  scanner.at += found.length
  const next = peek(scanner)
  if (found === '' || !(isBlankOrEnd(next) || behindName.has(next)))
    refuse(scanner, 'anchor', start, scanner.at)
  return { kind, name: found, start, end: scanner.at }
}

const uri = /(?:[0-9A-Za-z_;/?:@&=+$,.!~*'()[\]-]|%[0-9A-Fa-f]{2})*/y
const handle = /!(?:[0-9A-Za-z_-]*!)?/y

/** `!<uri>`, `!!name`, `!handle!name`, `!name` or `!`. */
export function scanTag(scanner: Scanner): Token {
  const start = scanner.at
  const tag = peek(scanner, 1) === 0x3c ? verbatim(scanner) : shorthand(scanner)
  if (tag === undefined || !isBlankOrEnd(peek(scanner))) refuse(scanner, 'tag', start, scanner.at)
  return { kind: 'tag', handle: '', suffix: '', ...tag, start, end: scanner.at }
}

interface Tag {
  readonly handle: string
  readonly suffix: string
}

function verbatim(scanner: Scanner): Tag | undefined {
  scanner.at += 2
  const suffix = uriAt(scanner)
  if (suffix === undefined || suffix === '' || peek(scanner) !== 0x3e) return undefined
  scanner.at += 1
  return { handle: '', suffix }
}

function shorthand(scanner: Scanner): Tag | undefined {
  const found = matched(handle, scanner)
  scanner.at += found.length
  const suffix = uriAt(scanner)
  if (suffix === undefined || (found.length > 1 && suffix === '')) return undefined
  // `!` alone says nothing of a kind.
  return found === '!' && suffix === '' ? { handle: '', suffix: '!' } : { handle: found, suffix }
}

/** With its escapes resolved; undefined where they are no UTF-8. */
function uriAt(scanner: Scanner): string | undefined {
  const written = matched(uri, scanner)
  scanner.at += written.length
  if (!written.includes('%')) return written
  try {
    return decodeURIComponent(written)
  } catch {
    return undefined
  }
}
