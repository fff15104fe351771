import { budgets } from '../budgets.ts'

/** An expression of a Go template, as far as it says what is read. */
export type Expression =
  | { readonly kind: 'dot' }
  | { readonly kind: 'variable'; readonly name: string }
  /** A text or a number as it is written. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly of: Expression; readonly name: string }
  /** A function by its name, or what a field holds, called with arguments. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'method'; readonly of: Expression; readonly args: readonly Expression[] }

/** A pipeline, with the variables that it is given to. */
export interface Pipeline {
  readonly variables: readonly string[]
  /** Whether the variables are new. */
  readonly declares: 'new' | 'old' | 'none'
  readonly value: Expression
}

const token =
  /\s*(?:(?<text>"(?:[^"\\\n]|\\.)*")|(?<raw>`[^`]*`)|(?<char>'(?:[^'\\\n]|\\.)*')|(?<number>[-+]?\d[\w.+-]*)|(?<variable>\$\w*)|(?<field>\.[A-Za-z_]\w*)|(?<word>[A-Za-z_]\w*)|(?<mark>:=|[()|,=.]))/y

type TokenKind = 'text' | 'raw' | 'char' | 'number' | 'variable' | 'field' | 'word' | 'mark'

interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Whether white space stands before it: `f .x` is a call, `f.x` a field. */
  readonly apart: boolean
}

const kinds: readonly TokenKind[] = ['text', 'raw', 'char', 'number', 'variable', 'field', 'word', 'mark']

/** Reads a pipeline; nothing where it is none that this grammar knows. */
export function parsePipeline(text: string): Pipeline | undefined {
  const tokens = tokensOf(text)
  if (tokens === undefined) return undefined
  const { variables, declares, rest } = declarationIn(tokens)
  const reader: Reader = { tokens: rest, at: 0 }
  const value = readPipeline(reader)
  if (value === undefined || reader.at < rest.length) return undefined
  return { variables, declares, value }
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const source = text.trimEnd()
  token.lastIndex = 0
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const groups = token.exec(source)?.groups
    const kind = kinds.find((each) => groups?.[each] !== undefined)
    if (groups === undefined || kind === undefined) return undefined
    if (tokens.length > budgets.templateTokens.size) return undefined
    tokens.push({ kind, text: groups[kind] ?? '', apart: at === 0 || /\s/.test(source[at] ?? '') })
  }
  return tokens
}

function declarationIn(
  tokens: readonly Token[],
): Omit<Pipeline, 'value'> & { readonly rest: readonly Token[] } {
  const at = tokens.findIndex(({ text, kind }) => kind === 'mark' && (text === ':=' || text === '='))
  const names = tokens.slice(0, at)
  const isDeclaration =
    at > 0 && names.every(({ kind, text }) => kind === 'variable' || (kind === 'mark' && text === ','))
  if (!isDeclaration) return { variables: [], declares: 'none', rest: tokens }
  return {
    variables: names.filter(({ kind }) => kind === 'variable').map(({ text }) => text),
    declares: tokens[at]?.text === ':=' ? 'new' : 'old',
    rest: tokens.slice(at + 1),
  }
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
}

function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text
}

/** What stands before a bar is the last argument of what stands behind it. */
function readPipeline(reader: Reader): Expression | undefined {
  let value = readCommand(reader, undefined)
  while (value !== undefined && isMark(reader.tokens[reader.at], '|')) {
    reader.at += 1
    value = readCommand(reader, value)
  }
  return value
}

function readCommand(reader: Reader, piped: Expression | undefined): Expression | undefined {
  const first = reader.tokens[reader.at]
  const isFunction = first?.kind === 'word' && !isConstant(first.text)
  const head = isFunction ? undefined : readOperand(reader)
  if (isFunction) reader.at += 1
  else if (head === undefined) return undefined
  const args: Expression[] = []
  for (;;) {
    const next = reader.tokens[reader.at]
    if (next === undefined || isMark(next, '|') || isMark(next, ')')) break
    const arg = readOperand(reader)
    if (arg === undefined) return undefined
    args.push(arg)
  }
  const all = piped === undefined ? args : [...args, piped]
  if (head === undefined) return { kind: 'call', name: first?.text ?? '', args: all }
  return all.length === 0 ? head : { kind: 'method', of: head, args: all }
}

function isConstant(word: string): boolean {
  return word === 'true' || word === 'false' || word === 'nil'
}

function readOperand(reader: Reader): Expression | undefined {
  let value = readTerm(reader)
  for (;;) {
    const next = reader.tokens[reader.at]
    if (value === undefined || next?.kind !== 'field' || next.apart) return value
    value = { kind: 'field', of: value, name: next.text.slice(1) }
    reader.at += 1
  }
}

function readTerm(reader: Reader): Expression | undefined {
  const next = reader.tokens[reader.at]
  if (next === undefined) return undefined
  reader.at += 1
  switch (next.kind) {
    case 'text':
      return { kind: 'literal', text: unquoted(next.text) }
    case 'raw':
      return { kind: 'literal', text: next.text.slice(1, -1) }
    case 'char':
    case 'number':
      return { kind: 'literal', text: next.text }
    case 'variable':
      return { kind: 'variable', name: next.text }
    case 'field':
      return { kind: 'field', of: { kind: 'dot' }, name: next.text.slice(1) }
    case 'word':
      return isConstant(next.text)
        ? { kind: 'literal', text: next.text }
        : { kind: 'call', name: next.text, args: [] }
    case 'mark':
      return readMark(next.text, reader)
  }
}

function readMark(mark: string, reader: Reader): Expression | undefined {
  if (mark === '.') return { kind: 'dot' }
  if (mark !== '(') return undefined
  const inner = readPipeline(reader)
  if (!isMark(reader.tokens[reader.at], ')')) return undefined
  reader.at += 1
  return inner
}

/** Escapes other than those of JSON make it a text that is none of ours: no name is written so. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}
