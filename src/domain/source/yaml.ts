import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  Parser,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { resolveMergeKeys, type WrittenEntry } from './merge-keys.ts'
import { plainScalar, type ScalarValue } from './plain-scalar.ts'
import { plainYaml } from './plain-yaml.ts'
import type { SourceFile, SourceRange } from './source-file.ts'
import { type DocumentText, splitDocuments } from './split-documents.ts'
import { shortTag, taggedScalar } from './tagged-scalar.ts'
import { beginReading, type Context, exceed, fail, rangeFrom, report } from './yaml-context.ts'
import { type YamlDocument, type YamlReading, yamlLimits } from './yaml-document.ts'
import {
  rangeOfEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from './yaml-node.ts'

export { type YamlDocument, type YamlReading, yamlLimits } from './yaml-document.ts'
export type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence }

const composing = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

/**
 * Reads YAML 1.1 and JSON as Kubernetes reads them (sigs.k8s.io/yaml over go-yaml v2). Each document by itself: a broken
 * one does not hide its siblings. Never throws; empty documents are left out.
 */
export function parseYaml(file: SourceFile, reading: YamlReading): readonly YamlDocument[] {
  return [...yamlDocuments(file, reading)]
}

/** The same, one document at a time: for files of which not everything has to be held at once. */
export function* yamlDocuments(file: SourceFile, reading: YamlReading): Generator<YamlDocument> {
  const wanted = reading.wanted ?? (() => true)
  const start = file.text.charCodeAt(0) === 0xfeff ? 1 : 0
  if (file.text.length > yamlLimits.fileLength) {
    if (wanted(file.text)) yield unread(file, reading, start, 'The file is over 5 MB and was not read')
    return
  }
  let count = 0
  for (const document of splitDocuments(file.text)) {
    if (!wanted(document.text)) continue
    count += 1
    if (count > yamlLimits.documents) {
      const message = `The file holds more than ${yamlLimits.documents} documents`
      yield unread(file, reading, document.start, message)
      return
    }
    yield* readDocument(file, document, reading)
  }
}

function unread(file: SourceFile, { id }: YamlReading, start: number, message: string): YamlDocument {
  const range = { file, start, end: file.text.length }
  const at = { file, start, end: start }
  return { range, overLimit: true, diagnostics: [{ id, severity: 'error', message, range: at }] }
}

function readDocument(file: SourceFile, text: DocumentText, reading: YamlReading): readonly YamlDocument[] {
  const range = { file, start: text.start, end: text.start + text.text.length }
  const root = plainYaml(text.text, range)
  return root === undefined ? composeDocument(file, text, reading) : [{ range, root, diagnostics: [] }]
}

/** Reads one document by the library: whatever YAML there is, within the limits. */
export function composeDocument(
  file: SourceFile,
  text: DocumentText,
  reading: YamlReading,
): readonly YamlDocument[] {
  const context = beginReading(file, text.start, reading)
  const range = rangeFrom(context, 0, text.text.length)
  const tokens = tokensOf(text.text, context)
  if (tokens === undefined) return [unreadable(range, context)]
  const documents = [...new Composer(composing).compose(tokens, true, text.text.length)]
  return documents.flatMap((document) => convertDocument(document, range, context) ?? [])
}

/** The concrete syntax of one document, or nothing where it is nested too deep to be read by recursion. */
function tokensOf(text: string, context: Context): readonly CST.Token[] | undefined {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > yamlLimits.depth) {
      const { offset } = parser
      exceed(context, `Collections are nested more than ${yamlLimits.depth} deep`, [offset, offset])
      return undefined
    }
  }
  tokens.push(...parser.end())
  return tokens
}

function convertDocument(
  document: Document.Parsed,
  range: SourceRange,
  context: Context,
): YamlDocument | undefined {
  const [error] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  if (error !== undefined) {
    fail(context, `YAML does not parse: ${error.message}`, error.pos)
    return unreadable(range, context)
  }
  if (document.contents === null || isEmpty(document.contents)) return undefined
  const root = convert(document.contents, context)
  return context.fatal ? unreadable(range, context) : { range, root, diagnostics: context.diagnostics }
}

function unreadable(range: SourceRange, { overLimit, diagnostics }: Context): YamlDocument {
  return { range, ...(overLimit && { overLimit }), diagnostics }
}

function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '' && node.tag === undefined
}

function convert(node: ParsedNode, context: Context): YamlNode {
  if (context.fatal) return nothingAt(node.range[0], context)
  if (isAlias(node)) return followAlias(node, context)
  const { nodes, depth, reach } = context
  context.nodes += 1
  context.depth += 1
  context.reach = context.depth
  const converted = convertValue(node, context)
  if (node.anchor !== undefined) {
    const size = { nodes: context.nodes - nodes, height: context.reach - depth }
    context.anchors.set(node.anchor, { node: converted, ...size })
  }
  context.depth = depth
  context.reach = Math.max(reach, context.reach)
  return converted
}

function convertValue(node: Exclude<ParsedNode, Alias.Parsed>, context: Context): YamlNode {
  if (isMap(node)) return convertMap(node, context)
  return isSeq(node) ? convertSequence(node, context) : convertScalar(node, context)
}

function nothingAt(offset: number, context: Context): YamlScalar {
  return { kind: 'scalar', range: rangeFrom(context, offset, offset), value: null, text: '' }
}

/** The anchored value under the alias's own range; what it contains keeps the place where it was written. */
function followAlias(alias: Alias.Parsed, context: Context): YamlNode {
  const anchored = context.anchors.get(alias.source)
  const [start, end] = alias.range
  if (anchored === undefined) {
    fail(context, `The alias \`*${alias.source}\` names no anchor before it`, alias.range)
    return nothingAt(start, context)
  }
  context.nodes += anchored.nodes
  context.aliased += anchored.nodes
  context.reach = Math.max(context.reach, context.depth + anchored.height)
  if (context.depth + anchored.height > yamlLimits.depth)
    exceed(context, `Aliases nest collections more than ${yamlLimits.depth} deep`, alias.range)
  if (context.aliased > yamlLimits.aliasedNodes)
    exceed(context, `Aliases stand for more than ${yamlLimits.aliasedNodes} values`, alias.range)
  return { ...anchored.node, range: rangeFrom(context, start, end) }
}

/** Ranges of block collections end with their last value, not with the blank lines and comments after it. */
function endOf(
  last: SourceRange | undefined,
  node: YAMLMap.Parsed | YAMLSeq.Parsed,
  context: Context,
): number {
  return last === undefined || node.flow === true ? context.base + node.range[1] : last.end
}

function convertSequence(node: YAMLSeq.Parsed, context: Context): YamlSequence {
  const items = node.items.map((item) => {
    // The library reads !!omap and !!pairs as lists of pairs.
    if (isNode(item)) return convert(item, context)
    fail(context, '!!omap and !!pairs have no counterpart in JSON', node.range)
    return nothingAt(node.range[0], context)
  })
  const range = rangeFrom(context, node.range[0], node.range[1])
  return { kind: 'sequence', range: { ...range, end: endOf(items.at(-1)?.range, node, context) }, items }
}

function convertMap(node: YAMLMap.Parsed, context: Context): YamlMap {
  const written = node.items.map(({ key, value }): WrittenEntry => {
    const name = convertKey(key, context)
    const keyRange = rangeFrom(context, key.range[0], key.range[1])
    const read = value === null ? nothingAt(key.range[1], context) : convert(value, context)
    return { key: name, keyRange, value: read, merges: isMergeKey(key) }
  })
  const { entries, problems } = resolveMergeKeys(written)
  for (const { message, range, notes } of problems) report(context, message, range, notes)
  const last = written.at(-1)
  const range = rangeFrom(context, node.range[0], node.range[1])
  return { kind: 'map', range: { ...range, end: endOf(last && rangeOfEntry(last), node, context) }, entries }
}

function isMergeKey(key: ParsedNode): boolean {
  if (!isScalar(key) || key.source !== '<<') return false
  return key.tag === undefined ? key.type === 'PLAIN' : shortTag(key.tag) === 'merge'
}

/** A key as text. Kubernetes reads no mapping whose key is a collection or null; `{{ x }}` is one. */
function convertKey(key: ParsedNode, context: Context): string {
  if (isScalar(key) && key.anchor === undefined) {
    const value = scalarValue(key, context)
    if (value !== null) return String(value)
  } else {
    const node = convert(key, context)
    if (node.kind === 'scalar' && node.value !== null) return String(node.value)
  }
  fail(context, 'A mapping key must be a string, a number or a boolean', key.range)
  return ''
}

function convertScalar(node: Scalar.Parsed, context: Context): YamlScalar {
  const value = scalarValue(node, context)
  const [start, end] = node.range
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  const range = rangeFrom(context, start, isBlock ? endOfText(start, end, context) : end)
  if (typeof value === 'number' && !Number.isFinite(value))
    fail(context, `\`${node.source}\` is no number that JSON can hold`, node.range)
  return {
    kind: 'scalar',
    range,
    value: typeof value === 'bigint' ? Number(value) : value,
    text: node.source,
  }
}

/** A block scalar ends with its last visible line. */
function endOfText(start: number, end: number, { file, base }: Context): number {
  return start + file.text.slice(base + start, base + end).trimEnd().length
}

function scalarValue({ type, tag, source, range }: Scalar.Parsed, context: Context): ScalarValue {
  if (tag === undefined) return type === 'PLAIN' ? plainScalar(source) : source
  const value = taggedScalar(tag, source)
  if (value !== undefined) return value
  fail(context, `\`${source}\` cannot be read as !!${shortTag(tag)}`, range)
  return null
}
