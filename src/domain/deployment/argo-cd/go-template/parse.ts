import { budgets } from '../../../budgets.ts'
import { stop } from '../../unknown-delivery.ts'

/** A piece of a Go template. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | Block

/** `if`, `with` and `range`, up to their `end`. */
export interface Block {
  readonly kind: 'if' | 'with' | 'range'
  readonly pipeline: Pipeline
  readonly body: readonly TemplatePiece[]
  readonly otherwise: readonly TemplatePiece[]
}

/** Commands, each with the result of the one before it as its last argument. */
export interface Pipeline {
  /** The variables that take the result; two only in `range`. */
  readonly variables: readonly string[]
  readonly commands: readonly Command[]
}

/** A function with its arguments, or a value alone. */
export type Command = readonly Operand[]

/** What stands in a command; the fields are taken of it in turn. */
export interface Operand {
  readonly of:
    | { readonly kind: 'dot' }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'value'; readonly value: string | number | bigint | boolean | null }
    | { readonly kind: 'call'; readonly name: string }
    | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
  readonly fields: readonly string[]
}

/** Reads a template; ends with what is not followed, or with what Go refuses. */
export function parseTemplate(text: string): readonly TemplatePiece[] {
  const left = piecesOf(text)
  const { pieces, end } = parseBody(left, 0)
  if (end !== undefined) stop('fails', end)
  return pieces
}

type RawPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'raw'; readonly code: string }

/** Texts and what stands between the braces; `{{-` and `-}}` take the white space beside them away. */
function piecesOf(text: string): RawPiece[] {
  const pieces: RawPiece[] = []
  let at = 0
  let isTrimmed = false
  while (at <= text.length) {
    const open = text.indexOf('{{', at)
    const between = text.slice(at, open === -1 ? undefined : open)
    const trimsBefore = open !== -1 && /^-[ \t\r\n]/.test(text.slice(open + 2, open + 4))
    const started = isTrimmed ? between.trimStart() : between
    pieces.push({ kind: 'text', text: trimsBefore ? started.trimEnd() : started })
    if (open === -1) break
    const start = open + (trimsBefore ? 3 : 2)
    const close = closeOf(text, start)
    const code = text.slice(start, close)
    isTrimmed = /[ \t\r\n]-$/.test(code)
    pieces.push({ kind: 'raw', code: (isTrimmed ? code.slice(0, -1) : code).trim() })
    at = close + 2
  }
  return pieces
}

const skipped = /"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`|\/\*.*?\*\/|\}\}|[^"`/}]+|./sy

/** Where the braces close, past texts and comments. */
function closeOf(text: string, from: number): number {
  skipped.lastIndex = from
  for (let match = skipped.exec(text); match !== null; match = skipped.exec(text))
    if (match[0] === '}}') return match.index
  return stop('fails', text.slice(from - 2, from + 40))
}

interface Body {
  readonly pieces: readonly TemplatePiece[]
  /** What ended it: `end`, or `else` with what follows. */
  readonly end: string | undefined
}

function parseBody(left: RawPiece[], depth: number): Body {
  if (depth > budgets.templateDepth.size) stop('limit', 'nested blocks')
  const pieces: TemplatePiece[] = []
  for (let piece = left.shift(); piece !== undefined; piece = left.shift()) {
    if (piece.kind === 'text') pieces.push(piece)
    else if (/^(?:end|else\b.*)$/s.test(piece.code)) return { pieces, end: piece.code }
    else if (!piece.code.startsWith('/*')) pieces.push(parseAction(piece.code, left, depth))
  }
  return { pieces, end: undefined }
}

function parseAction(code: string, left: RawPiece[], depth: number): TemplatePiece {
  const [, word = '', rest = ''] = /^(\w+)\s*(.*)$/s.exec(code) ?? []
  if (word === 'if' || word === 'with' || word === 'range') return parseBlock(word, rest, left, depth)
  if (/^(?:define|template|block|break|continue)$/.test(word)) stop('template', code)
  return { kind: 'action', pipeline: parsePipeline(code) }
}

function parseBlock(kind: Block['kind'], code: string, left: RawPiece[], depth: number): Block {
  const pipeline = parsePipeline(code)
  const { pieces: body, end = '' } = parseBody(left, depth + 1)
  if (end === '') stop('fails', code)
  if (end === 'end') return { kind, pipeline, body, otherwise: [] }
  const [, again, condition = ''] = /^else\s+(if|with)\s+(.*)$/s.exec(end) ?? []
  if (again === 'if' || again === 'with')
    return { kind, pipeline, body, otherwise: [parseBlock(again, condition, left, depth + 1)] }
  const { pieces: otherwise, end: last } = parseBody(left, depth + 1)
  if (end !== 'else' || last !== 'end') stop('fails', end)
  return { kind, pipeline, body, otherwise }
}

const token =
  /(?<space>[ \t\r\n]+)|(?<text>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<number>[+-]?\d[\w.]*)|(?<variable>\$\w*)|(?<field>\.[A-Za-z_]\w*)|(?<word>[A-Za-z_]\w*)|(?<mark>:=|[|().=,])/y

interface Token {
  readonly kind: string
  readonly text: string
}

function tokensOf(code: string): readonly Token[] {
  const found: Token[] = []
  token.lastIndex = 0
  for (let at = 0; at < code.length; at = token.lastIndex) {
    token.lastIndex = at
    const groups = token.exec(code)?.groups
    const [kind, text] = Object.entries(groups ?? {}).find(([, each]) => each !== undefined) ?? []
    if (kind === undefined || text === undefined) return stop('template', code)
    found.push({ kind, text })
  }
  return found
}

interface Reading {
  readonly code: string
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

function parsePipeline(code: string): Pipeline {
  const reading: Reading = { code, tokens: tokensOf(code), at: 0, depth: 0 }
  const pipeline = pipelineAt(reading)
  return reading.at < reading.tokens.length ? stop('fails', code) : pipeline
}

function pipelineAt(reading: Reading): Pipeline {
  reading.depth += 1
  if (reading.depth > budgets.templateDepth.size) stop('limit', reading.code)
  const variables = variablesAt(reading)
  const commands = [commandAt(reading)]
  while (peek(reading) === '|') {
    reading.at += 1
    commands.push(commandAt(reading))
  }
  reading.depth -= 1
  return { variables, commands }
}

/** `$x :=` and `$i, $x :=`; what gives another value to a variable is not followed. */
function variablesAt(reading: Reading): readonly string[] {
  const { tokens, code } = reading
  const end = tokens.findIndex(({ text }, index) => index >= reading.at && (text === ':=' || text === '='))
  if (end === -1) return []
  const names = tokens.slice(reading.at, end).filter(({ kind, text }) => kind !== 'space' && text !== ',')
  if (names.some(({ kind }) => kind !== 'variable') || names.length === 0) return []
  if (tokens[end]?.text === '=') stop('template', code)
  reading.at = end + 1
  return names.map(({ text }) => text)
}

function peek(reading: Reading): string | undefined {
  while (reading.tokens[reading.at]?.kind === 'space') reading.at += 1
  return reading.tokens[reading.at]?.text
}

function commandAt(reading: Reading): Command {
  const operands: Operand[] = []
  for (let next = peek(reading); next !== undefined && next !== '|' && next !== ')'; next = peek(reading))
    operands.push(operandAt(reading))
  return operands.length === 0 ? stop('fails', reading.code) : operands
}

function operandAt(reading: Reading): Operand {
  const first = reading.tokens[reading.at]
  if (first === undefined) return stop('fails', reading.code)
  if (first.kind !== 'field') reading.at += 1
  const of = first.kind === 'field' ? ({ kind: 'dot' } as const) : headOf(first, reading)
  const fields: string[] = []
  for (let next = reading.tokens[reading.at]; next?.kind === 'field'; next = reading.tokens[reading.at]) {
    fields.push(next.text.slice(1))
    reading.at += 1
  }
  return { of, fields }
}

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['nil', null],
])

function headOf({ kind, text }: Token, reading: Reading): Operand['of'] {
  if (kind === 'text') return { kind: 'value', value: writtenText(text) }
  if (kind === 'number') return { kind: 'value', value: writtenNumber(text) }
  if (kind === 'variable') return { kind: 'variable', name: text }
  if (text === '.') return { kind: 'dot' }
  if (kind === 'word') {
    const value = words.get(text)
    return value === undefined ? { kind: 'call', name: text } : { kind: 'value', value }
  }
  if (text !== '(') return stop('fails', reading.code)
  const pipeline = pipelineAt(reading)
  if (peek(reading) !== ')') stop('fails', reading.code)
  reading.at += 1
  return { kind: 'pipeline', pipeline }
}

/** A text in quotes, with the escapes that JSON has, too; one between back quotes as it stands. */
function writtenText(written: string): string {
  if (written.startsWith('`')) return written.slice(1, -1)
  if (/\\(?!["\\bfnrt]|u[0-9a-fA-F]{4})|[\t]/.test(written)) return stop('template', written)
  return JSON.parse(written) as string
}

function writtenNumber(written: string): number | bigint {
  if (/^[+-]?(?:0|[1-9]\d*)$/.test(written)) return BigInt(written.replace(/^\+/, ''))
  return /^[+-]?\d+\.\d+$/.test(written) ? Number(written) : stop('template', written)
}
