import type { YamlFaultCode } from '../yaml-fault.ts'
import { tokenAt } from './scan-tokens.ts'
import { beginScanning, refuse, type Scanner } from './yaml-scanner.ts'
import type { Syntax, SyntaxNode, SyntaxPair, SyntaxScalar } from './yaml-syntax.ts'
import type { Token } from './yaml-token.ts'

interface Parser {
  readonly scanner: Scanner
  /** Index of the token that is next. */
  index: number
}

type Kind = Token['kind']
type Context = 'block' | 'block-or-items' | 'flow'

/**
 * Parses the first document of a text as libyaml does; whatever follows its end is looked at for one token and then passed
 * over, as Kubernetes passes it over.
 */
export function parseSyntax(text: string, dialect: Scanner['dialect']): Syntax {
  const parser: Parser = { scanner: beginScanning(text, dialect), index: 0 }
  const syntax = parseDocument(parser)
  const { fault, isTooDeep } = parser.scanner
  return fault === undefined ? syntax : { kind: 'fault', fault, isTooDeep }
}

function parseDocument(parser: Parser): Syntax {
  if (current(parser).kind === 'end') return { kind: 'empty' }
  const isMarked = current(parser).kind === 'document-start'
  if (isMarked) parser.index += 1
  const isEmpty = isMarked && isOneOf(current(parser), ['document-start', 'document-end', 'end'])
  const root = isEmpty ? empty(current(parser).start) : parseNode(parser, 'block')
  current(parser)
  return { kind: 'document', root }
}

function current({ scanner, index }: Parser): Token {
  return tokenAt(scanner, index)
}

function take(parser: Parser): Token {
  const token = current(parser)
  parser.index += 1
  return token
}

function isOneOf({ kind }: Token, kinds: readonly Kind[]): boolean {
  return kinds.includes(kind)
}

function expected(parser: Parser, code: YamlFaultCode): void {
  const { start, end } = current(parser)
  refuse(parser.scanner, code, start, end)
}

function empty(at: number): SyntaxScalar {
  return { kind: 'scalar', style: 'empty', text: '', start: at, end: at }
}

interface Properties {
  readonly anchor?: string
  readonly tag?: string
}

function parseNode(parser: Parser, context: Context): SyntaxNode {
  const first = current(parser)
  if (first.kind === 'alias') {
    parser.index += 1
    return { kind: 'alias', name: first.name, start: first.start, end: first.end }
  }
  const properties = parseProperties(parser)
  const token = current(parser)
  const content = parseContent(parser, token, context)
  if (content !== undefined) return { ...content, ...properties }
  if (token !== first) return { ...empty(token.start), ...properties }
  expected(parser, 'missing-value')
  return empty(token.start)
}

function parseProperties(parser: Parser): Properties {
  let properties: Properties = {}
  for (const _ of ['first', 'second']) {
    const token = current(parser)
    if (token.kind === 'anchor' && properties.anchor === undefined)
      properties = { ...properties, anchor: token.name }
    else if (token.kind === 'tag' && properties.tag === undefined)
      properties = { ...properties, tag: tagOf(parser, token) }
    else break
    parser.index += 1
  }
  return properties
}

/** Without directives there are two handles. */
function tagOf({ scanner }: Parser, token: Extract<Token, { kind: 'tag' }>): string {
  if (token.handle === '') return token.suffix
  if (token.handle === '!') return `!${token.suffix}`
  if (token.handle !== '!!') refuse(scanner, 'tag', token.start, token.end)
  return `tag:yaml.org,2002:${token.suffix}`
}

function parseContent(parser: Parser, token: Token, context: Context): SyntaxNode | undefined {
  switch (token.kind) {
    case 'scalar': {
      parser.index += 1
      const { text, style, start, end } = token
      return { kind: 'scalar', text, style, start, end }
    }
    case 'flow-sequence':
      return parseFlowSequence(parser)
    case 'flow-map':
      return parseFlowMap(parser)
    case 'block-sequence':
      return context === 'flow' ? undefined : parseBlockSequence(parser)
    case 'block-map':
      return context === 'flow' ? undefined : parseBlockMap(parser)
    case 'item':
      return context === 'block-or-items' ? parseItems(parser) : undefined
    default:
      return undefined
  }
}

/** A node, or nothing in front of one of `without`: then it is empty, at `at`. */
function nodeUnless(
  parser: Parser,
  {
    without,
    at,
    context,
  }: { readonly without: readonly Kind[]; readonly at: number; readonly context: Context },
): SyntaxNode {
  return isOneOf(current(parser), without) ? empty(at) : parseNode(parser, context)
}

function endOf(items: readonly { readonly end: number }[], start: number): number {
  return items.at(-1)?.end ?? start
}

function parseBlockSequence(parser: Parser): SyntaxNode {
  const { start } = take(parser)
  const items: SyntaxNode[] = []
  while (current(parser).kind === 'item') {
    const { end: at } = take(parser)
    items.push(nodeUnless(parser, { without: ['item', 'block-end'], at, context: 'block' }))
  }
  if (current(parser).kind === 'block-end') parser.index += 1
  else expected(parser, 'missing-item')
  return { kind: 'sequence', isFlow: false, items, start, end: endOf(items, start) }
}

/** The items of a list that stands as far out as the key that it belongs to. */
function parseItems(parser: Parser): SyntaxNode {
  const { start } = current(parser)
  const items: SyntaxNode[] = []
  while (current(parser).kind === 'item') {
    const { end: at } = take(parser)
    const without: readonly Kind[] = ['item', 'key', 'value', 'block-end']
    items.push(nodeUnless(parser, { without, at, context: 'block' }))
  }
  return { kind: 'sequence', isFlow: false, items, start, end: endOf(items, start) }
}

function parseBlockMap(parser: Parser): SyntaxNode {
  const { start } = take(parser)
  const pairs: SyntaxPair[] = []
  const without: readonly Kind[] = ['key', 'value', 'block-end']
  while (current(parser).kind === 'key') {
    const { end: at } = take(parser)
    const key = nodeUnless(parser, { without, at, context: 'block-or-items' })
    if (current(parser).kind !== 'value') pairs.push({ key, value: empty(key.end) })
    else {
      const { end: behind } = take(parser)
      pairs.push({ key, value: nodeUnless(parser, { without, at: behind, context: 'block-or-items' }) })
    }
  }
  if (current(parser).kind === 'block-end') parser.index += 1
  else expected(parser, 'missing-key')
  const last = pairs.at(-1)
  const end = last === undefined ? start : Math.max(last.key.end, last.value.end)
  return { kind: 'map', isFlow: false, pairs, start, end }
}

/** Whether another member follows, in front of which a comma stands unless it is the first. */
function hasMember(parser: Parser, close: Kind, index: number): boolean {
  if (current(parser).kind === close || parser.scanner.fault !== undefined) return false
  if (index === 0) return true
  if (current(parser).kind === 'entry') parser.index += 1
  else expected(parser, close === 'flow-map-end' ? 'unclosed-map' : 'unclosed-sequence')
  return current(parser).kind !== close && parser.scanner.fault === undefined
}

function parseFlowSequence(parser: Parser): SyntaxNode {
  const { start } = take(parser)
  const items: SyntaxNode[] = []
  while (hasMember(parser, 'flow-sequence-end', items.length))
    items.push(current(parser).kind === 'key' ? parseSinglePair(parser) : parseNode(parser, 'flow'))
  const { end } = take(parser)
  return { kind: 'sequence', isFlow: true, items, start, end }
}

/** `[a: b]` holds a mapping of one pair. */
function parseSinglePair(parser: Parser): SyntaxNode {
  const { start } = take(parser)
  const without: readonly Kind[] = ['value', 'entry', 'flow-sequence-end']
  const isEmpty = isOneOf(current(parser), without)
  // libyaml takes what follows an empty key for its colon.
  const key = isEmpty ? empty(take(parser).end) : parseNode(parser, 'flow')
  const value = parseFlowValue(parser, key, 'flow-sequence-end')
  const end = Math.max(key.end, value.end)
  return { kind: 'map', isFlow: true, pairs: [{ key, value }], start, end }
}

function parseFlowValue(parser: Parser, key: SyntaxNode, close: Kind): SyntaxNode {
  if (current(parser).kind !== 'value') return empty(key.end)
  const { end: at } = take(parser)
  return nodeUnless(parser, { without: ['entry', close], at, context: 'flow' })
}

function parseFlowMap(parser: Parser): SyntaxNode {
  const { start } = take(parser)
  const pairs: SyntaxPair[] = []
  while (hasMember(parser, 'flow-map-end', pairs.length)) {
    const token = current(parser)
    if (token.kind === 'key') {
      parser.index += 1
      const without: readonly Kind[] = ['value', 'entry', 'flow-map-end']
      const key = nodeUnless(parser, { without, at: token.end, context: 'flow' })
      pairs.push({ key, value: parseFlowValue(parser, key, 'flow-map-end') })
    } else {
      const key = parseNode(parser, 'flow')
      pairs.push({ key, value: empty(key.end) })
    }
  }
  const { end } = take(parser)
  return { kind: 'map', isFlow: true, pairs, start, end }
}
