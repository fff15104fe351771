import type { SourceRange } from '../source-file.ts'
import {
  rangeOfEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
  type YamlSequence,
} from '../yaml-node.ts'
import { keyText } from './key-text.ts'
import { resolveMergeKeys, type WrittenEntry } from './merge-keys.ts'
import { type ScalarValue, scalarFor } from './plain-scalar.ts'
import { shortTag, taggedScalar } from './tagged-scalar.ts'
import { type Context, exceed, fail, rangeFrom, report } from './yaml-context.ts'
import { yamlLimits } from './yaml-document.ts'
import type { SyntaxAlias, SyntaxMap, SyntaxNode, SyntaxScalar, SyntaxSequence } from './yaml-syntax.ts'

/** What a node stands for, as JSON would have it. What stands for nothing there makes the document unreadable. */
export function readValue(node: SyntaxNode, context: Context): YamlNode {
  const value = nodeOf(node, context)
  if (value.kind === 'scalar' && typeof value.value === 'number' && !Number.isFinite(value.value))
    fail(context, { code: 'no-number', start: node.start, end: node.end, values: [value.text] })
  return value
}

function nodeOf(node: SyntaxNode, context: Context): YamlNode {
  if (context.fatal) return nothingAt(node.start, context)
  if (node.kind === 'alias') return followAlias(node, context)
  const { nodes, depth, reach } = context
  context.nodes += 1
  context.depth += 1
  context.reach = context.depth
  const converted = convert(node, context)
  if (node.anchor !== undefined) {
    const size = { nodes: context.nodes - nodes, height: context.reach - depth }
    context.anchors.set(node.anchor, { node: converted, ...size })
  }
  context.depth = depth
  context.reach = Math.max(reach, context.reach)
  return converted
}

function convert(node: Exclude<SyntaxNode, SyntaxAlias>, context: Context): YamlNode {
  if (node.kind === 'map') return convertMap(node, context)
  return node.kind === 'sequence' ? convertSequence(node, context) : convertScalar(node, context)
}

function nothingAt(offset: number, context: Context): YamlScalar {
  return { kind: 'scalar', range: rangeFrom(context, offset, offset), value: null, text: '' }
}

/** The anchored value under the alias's own range; what it contains keeps the place where it was written. */
function followAlias(alias: SyntaxAlias, context: Context): YamlNode {
  const anchored = context.anchors.get(alias.name)
  if (anchored === undefined) {
    fail(context, { code: 'unknown-alias', start: alias.start, end: alias.end, values: [alias.name] })
    return nothingAt(alias.start, context)
  }
  context.nodes += anchored.nodes
  context.aliased += anchored.nodes
  context.reach = Math.max(context.reach, context.depth + anchored.height)
  if (context.depth + anchored.height > yamlLimits.depth) exceed(context, 'alias-depth', alias)
  if (context.aliased > yamlLimits.aliasedNodes) exceed(context, 'alias-nodes', alias)
  return { ...anchored.node, range: rangeFrom(context, alias.start, alias.end) }
}

/** Block collections end with their last value, not with the blank lines and comments after it. */
function rangeOfCollection(
  node: SyntaxMap | SyntaxSequence,
  last: SourceRange | undefined,
  context: Context,
): SourceRange {
  const range = rangeFrom(context, node.start, node.end)
  return last === undefined || node.isFlow ? range : { ...range, end: last.end }
}

function convertSequence(node: SyntaxSequence, context: Context): YamlSequence {
  const items = node.items.map((item) => readValue(item, context))
  return { kind: 'sequence', range: rangeOfCollection(node, items.at(-1)?.range, context), items }
}

function convertMap(node: SyntaxMap, context: Context): YamlMap {
  const { reader = 'plain' } = context
  const written = node.pairs.map(({ key, value }): WrittenEntry => {
    const merges = isMergeKey(key)
    const name = merges ? '<<' : convertKey(key, context)
    const keyRange = rangeFrom(context, key.start, key.end)
    return { key: name, keyRange, value: convertValue(node, value, context), merges }
  })
  const { entries, problems } = resolveMergeKeys(written, reader)
  for (const problem of problems) reportKey(problem, context)
  const last = written.at(-1)
  return { kind: 'map', range: rangeOfCollection(node, last && rangeOfEntry(last), context), entries }
}

/** Kustomize prints a key without a value within braces as an empty text. */
function convertValue(map: SyntaxMap, value: SyntaxNode, context: Context): YamlNode {
  const node = readValue(value, context)
  const isBare = map.isFlow && value.kind === 'scalar' && value.style === 'empty' && value.tag === undefined
  return isBare && context.reader === 'kustomize' && node.kind === 'scalar' ? { ...node, value: '' } : node
}

type KeyProblem = ReturnType<typeof resolveMergeKeys>['problems'][number]

function reportKey(problem: KeyProblem, context: Context): void {
  const { range, code } = problem
  const isTwice = code === 'double-key' && context.reader === 'kustomize'
  if (code !== 'merge-value' && !isTwice) {
    report(context, problem)
    return
  }
  const { base } = context
  const at = { start: range.start - base, end: range.end - base }
  fail(context, { ...at, code: isTwice ? 'key-twice' : code })
}

function isMergeKey(key: SyntaxNode): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<') return false
  if (key.tag === undefined) return key.style === 'plain'
  return key.tag === '!' || shortTag(key.tag) === 'merge'
}

/** A key as text. Kubernetes reads no mapping whose key is a collection or null; `{{ x }}` is one. */
function convertKey(key: SyntaxNode, context: Context): string {
  const text = textOfKey(key, context)
  if (text === undefined) fail(context, { code: 'key-kind', start: key.start, end: key.end })
  return text ?? ''
}

function textOfKey(key: SyntaxNode, context: Context): string | undefined {
  const node = nodeOf(key, context)
  if (node.kind !== 'scalar') return undefined
  if (context.reader !== 'kustomize') return keyText(node)
  // Kustomize reads a date as a time, which is no key of JSON either.
  return typeof node.value === 'string' && node.value === node.text ? node.value : undefined
}

function convertScalar(node: SyntaxScalar, context: Context): YamlScalar {
  const value = scalarValue(node, context)
  const { start, text, style } = node
  const isBlock = style === 'literal' || style === 'folded'
  const range = rangeFrom(context, start, isBlock ? endOfText(node, context) : node.end)
  return { kind: 'scalar', range, value: typeof value === 'bigint' ? Number(value) : value, text }
}

/** A block scalar ends with its last visible line. */
function endOfText({ start, end }: SyntaxScalar, { file, base }: Context): number {
  const written = file.text.slice(base + start, base + end)
  return start + written.replace(/[ \t\r\n]+$/, '').length
}

function scalarValue(node: SyntaxScalar, context: Context): ScalarValue {
  const { tag, text, style } = node
  const { reader = 'plain' } = context
  if (tag === undefined) return style === 'plain' || style === 'empty' ? scalarFor(text, reader) : text
  const value = taggedScalar(tag, text, reader)
  if (value !== undefined) return value
  const { start, end } = node
  fail(context, { code: 'tagged-value', start, end, values: [text, shortTag(tag)] })
  return null
}
