import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { budgets } from '../../budgets.ts'
import type { Mistake } from '../diagnostic.ts'
import type { SourceFile, SourceRange } from '../source-file.ts'
import { unreadableToken } from '../unreadable-text.ts'
import { yamlLimits } from '../yaml/yaml-document.ts'
import {
  rangeOfEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from '../yaml-node.ts'
import { type SettingsFaultCode, settingsMistake } from './settings-fault.ts'

/** What is wrong with a file of settings, and what to do about it. */
interface SettingsMistake extends Mistake<SettingsFaultCode> {
  readonly range: SourceRange
}

/** What a file of settings says. */
export interface Settings {
  /** Absent where the file is empty, or cannot be read; then the mistakes say why. */
  readonly root?: YamlNode
  readonly mistakes: readonly SettingsMistake[]
}

/** UTF-16 units: more than anybody writes by hand, and few enough for the library to be done with them at once. */
const longest = budgets.settings.size

/** Tags beyond JSON are refused; keys are texts, and which of them are doubled is found in one pass. */
const composing = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

interface Fault {
  readonly code: SettingsFaultCode
  readonly at: readonly [start: number, end: number]
  readonly values?: readonly string[]
}

interface Reading {
  readonly file: SourceFile
  readonly anchors: Map<string, YamlNode>
  readonly doubles: SettingsMistake[]
  /** Nodes that aliases stand for so far. */
  aliased: number
  fault?: Fault
}

/**
 * Reads a file that Firebreak alone reads, its configuration for one, as the editors do that check it: YAML 1.2 by its core
 * schema. Only `true` and `false` are booleans, and `<<` is a key like any other. Never throws; of what makes the file unreadable
 * the first is told.
 */
export function readSettings(file: SourceFile): Settings {
  const unreadable = (fault: Fault): Settings => ({ mistakes: [mistakeFor(file, fault)] })
  const gate = gateOf(file)
  if (gate !== undefined) return unreadable(gate)
  const tokens = tokensOf(file.text)
  if (!Array.isArray(tokens)) return unreadable(tokens)
  const documents = [...new Composer(composing).compose(tokens, true, file.text.length)]
  const broken = firstFault(tokens, documents)
  if (broken !== undefined) return unreadable(broken)
  const [content, second] = documents.map(({ contents }) => contents).filter((each) => !isEmpty(each))
  if (!content) return { mistakes: [] }
  const reading: Reading = { file, anchors: new Map(), doubles: [], aliased: 0 }
  const root = convert(content, 1, reading)
  if (reading.fault !== undefined) return unreadable(reading.fault)
  const more = second ? [mistakeFor(file, { code: 'MULTIPLE_DOCS', at: spanOf(second) })] : []
  return { root, mistakes: [...reading.doubles, ...more] }
}

function mistakeFor(file: SourceFile, { code, at: [start, end], values = [] }: Fault): SettingsMistake {
  const { length } = file.text
  const range = { file, start: Math.min(start, length), end: Math.min(end, length) }
  return { ...settingsMistake(code, values), range }
}

function gateOf({ text }: SourceFile): Fault | undefined {
  if (text.length > longest) return { code: 'length', at: [0, 0] }
  const token = unreadableToken(text)
  return token && { ...token, at: [token.start, token.end] }
}

/** The concrete syntax up to what makes the file unreadable anyhow, or the place where it is nested too deep for recursion. */
function tokensOf(text: string): CST.Token[] | Fault {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token)
      if (token.type === 'error' || token.type === 'directive') return tokens
    }
    if (parser.stack.length > yamlLimits.depth) return { code: 'depth', at: [parser.offset, parser.offset] }
  }
  tokens.push(...parser.end())
  return tokens
}

/** Warnings count: what the library would read in spite of them is something else than what was asked for. */
function firstFault(tokens: readonly CST.Token[], documents: readonly Document.Parsed[]): Fault | undefined {
  const told = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])
  const directives = tokens.filter(({ type }) => type === 'directive')
  const faults: Fault[] = [
    ...told.map(({ code, pos }): Fault => ({ code, at: pos })),
    ...directives.map(({ offset }): Fault => ({ code: 'BAD_DIRECTIVE', at: [offset, offset + 1] })),
  ]
  return faults.sort((a, b) => a.at[0] - b.at[0])[0]
}

function isEmpty(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.type === 'PLAIN' && node.source === '' && !node.tag)
}

function spanOf({ range: [start, end] }: ParsedNode): Fault['at'] {
  return [start, end]
}

function convert(node: ParsedNode, depth: number, reading: Reading): YamlNode {
  if (reading.fault !== undefined) return nothingAt(node.range[0], reading)
  if (isAlias(node)) return followAlias(node, depth, reading)
  const converted = convertValue(node, depth, reading)
  if (node.anchor !== undefined) reading.anchors.set(node.anchor, converted)
  return converted
}

function convertValue(node: Exclude<ParsedNode, Alias.Parsed>, depth: number, reading: Reading): YamlNode {
  if (isMap(node)) return convertMap(node, depth, reading)
  return isSeq(node) ? convertSequence(node, depth, reading) : convertScalar(node, reading)
}

function nothingAt(offset: number, { file }: Reading): YamlScalar {
  return { kind: 'scalar', range: { file, start: offset, end: offset }, value: null, text: '' }
}

/** The anchored value under the alias's own range; what it contains keeps the place where it was written. */
function followAlias(alias: Alias.Parsed, depth: number, reading: Reading): YamlNode {
  const { file, anchors } = reading
  const at = spanOf(alias)
  const [start, end] = at
  const anchored = anchors.get(alias.source)
  if (anchored === undefined) {
    reading.fault = { code: 'BAD_ALIAS', at }
    return nothingAt(start, reading)
  }
  reading.aliased += sizeOf(anchored)
  if (reading.aliased > yamlLimits.aliasedNodes) reading.fault = { code: 'alias-nodes', at: [start, start] }
  else if (depth + heightOf(anchored) > yamlLimits.depth)
    reading.fault = { code: 'alias-depth', at: [start, start] }
  return { ...anchored, range: { file, start, end } }
}

function childrenOf(node: YamlNode): readonly YamlNode[] {
  if (node.kind === 'scalar') return []
  return node.kind === 'map' ? node.entries.map(({ value }) => value) : node.items
}

function sizeOf(node: YamlNode): number {
  return childrenOf(node).reduce((sum, each) => sum + sizeOf(each), 1)
}

function heightOf(node: YamlNode): number {
  return childrenOf(node).reduce((highest, each) => Math.max(highest, heightOf(each) + 1), 0)
}

/** Block collections end with their last value, not with the blank lines and comments after it. */
function rangeOf(
  { flow, range: [start, end] }: YAMLMap.Parsed | YAMLSeq.Parsed,
  last: SourceRange | undefined,
  { file }: Reading,
): SourceRange {
  return { file, start, end: last === undefined || flow === true ? end : last.end }
}

function convertSequence(node: YAMLSeq.Parsed, depth: number, reading: Reading): YamlSequence {
  const items = node.items.map((item) => convert(item, depth + 1, reading))
  return { kind: 'sequence', range: rangeOf(node, items.at(-1)?.range, reading), items }
}

function convertMap(node: YAMLMap.Parsed, depth: number, reading: Reading): YamlMap {
  const { file, doubles } = reading
  const entries = new Map<string, YamlEntry>()
  let last: YamlEntry | undefined
  for (const { key, value } of node.items) {
    const { text, range } = convertKey(key, depth, reading)
    const read = value === null ? nothingAt(range.end, reading) : convert(value, depth + 1, reading)
    last = { key: text, keyRange: range, value: read }
    const double: Fault = { code: 'DUPLICATE_KEY', at: [range.start, range.end], values: [text] }
    if (entries.has(text)) doubles.push(mistakeFor(file, double))
    entries.set(text, last)
  }
  return {
    kind: 'map',
    range: rangeOf(node, last && rangeOfEntry(last), reading),
    entries: [...entries.values()],
  }
}

/** The library has refused every key that is no scalar. */
function convertKey(key: ParsedNode, depth: number, reading: Reading): YamlScalar {
  const node = convert(key, depth + 1, reading)
  return node.kind === 'scalar' ? node : nothingAt(node.range.start, reading)
}

/** A block scalar ends with its last visible line. */
function convertScalar(
  { type, source, value, range: [start, end] }: Scalar.Parsed,
  { file }: Reading,
): YamlScalar {
  const isBlock = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED'
  const written = file.text.slice(start, end)
  const range = { file, start, end: isBlock ? start + written.trimEnd().length : end }
  return { kind: 'scalar', range, value: plainOf(value), text: source }
}

function plainOf(value: unknown): YamlScalar['value'] {
  return typeof value === 'boolean' || typeof value === 'number'
    ? value
    : value === null
      ? null
      : String(value)
}
