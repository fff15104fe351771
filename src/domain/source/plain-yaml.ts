import { flowAt } from './plain-flow.ts'
import { bare, plainText, quotedAt, type Reading, scalarOf, unusual } from './plain-text.ts'
import type { SourceRange } from './source-file.ts'
import { rangeOfEntry, type YamlEntry, type YamlNode } from './yaml-node.ts'

/** A line that holds something, and where that begins; inside `- key: x` it begins after the dash. */
interface Line {
  start: number
  indent: number
  readonly end: number
}

interface State extends Reading {
  readonly lines: readonly Line[]
  /** Index of the line that is read next. */
  at: number
  depth: number
}

const deepest = 60

/**
 * Reads the YAML that people write most, many times faster than the library: block collections in spaces, scalars on
 * one line, flow collections on one line, JSON. Gives exactly the nodes that the library would, or nothing where a
 * document has anything else in it: anchors, tags, block scalars, tabs, keys written twice, mistakes.
 */
export function plainYaml(text: string, range: SourceRange): YamlNode | undefined {
  const reading: Reading = { text, file: range.file, base: range.start }
  if (bare.test(text)) return undefined
  const lines = linesOf(text)
  const [first] = lines
  if (first === undefined) return undefined
  const opener = text.charAt(first.start)
  if (opener === '{' || opener === '[') return wholeFlow(reading, first.start)
  const state: State = { ...reading, lines, at: 0, depth: 0 }
  const root = readBlock(state, first.indent)
  return root === unusual || state.at < lines.length ? undefined : root
}

function wholeFlow(reading: Reading, start: number): YamlNode | undefined {
  const flow = flowAt(reading, start, { depth: 0, newlines: 'allowed' })
  if (flow === unusual) return undefined
  return reading.text.slice(flow.range.end - reading.base).trim() === '' ? flow : undefined
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from)
    const next = newline === -1 ? text.length : newline + 1
    let start = from
    while (text.charCodeAt(start) === 32) start += 1
    let end = newline === -1 ? text.length : newline
    if (text.charCodeAt(end - 1) === 13) end -= 1
    const isMarker = from === 0 && text.startsWith('---') && /^--- *(?: #.*)?$/.test(text.slice(from, end))
    if (start < end && text.charCodeAt(start) !== 35 && !isMarker)
      lines.push({ start, indent: start - from, end })
    from = next
  }
  return lines
}

function readBlock(state: State, indent: number): YamlNode | typeof unusual {
  const line = state.lines[state.at]
  if (line === undefined || line.indent !== indent || state.depth >= deepest) return unusual
  state.depth += 1
  const block = startsItem(state, line) ? readSequence(state, indent) : readMap(state, indent)
  state.depth -= 1
  return block
}

function startsItem({ text }: Reading, line: Line): boolean {
  if (text.charCodeAt(line.start) !== 45) return false
  return line.start + 1 === line.end || text.charCodeAt(line.start + 1) === 32
}

function readSequence(state: State, indent: number): YamlNode | typeof unusual {
  const first = state.lines[state.at]
  // Reading an item moves the beginning of its line behind the dash.
  const start = state.base + (first?.start ?? 0)
  const items: YamlNode[] = []
  for (let line = first; line !== undefined; line = state.lines[state.at]) {
    if (line.indent !== indent || !startsItem(state, line)) break
    const item = readItem(state, line, indent)
    if (item === unusual) return unusual
    items.push(item)
  }
  return {
    kind: 'sequence',
    range: { file: state.file, start, end: items.at(-1)?.range.end ?? start },
    items,
  }
}

function readItem(state: State, line: Line, indent: number): YamlNode | typeof unusual {
  let start = line.start + 1
  while (state.text.charCodeAt(start) === 32) start += 1
  if (start >= line.end) return readNested(state, indent, line.start + 1, line)
  if (state.text.charCodeAt(start) === 35) return unusual
  line.indent += start - line.start
  line.start = start
  if (startsItem(state, line) || keyAt(state, line) !== undefined) return readBlock(state, line.indent)
  return readInline(state, start, line, indent)
}

/** What follows on the next lines, further in; nothing there is null, placed right behind what it belongs to. */
function readNested(state: State, indent: number, end: number, line: Line): YamlNode | typeof unusual {
  state.at += 1
  const next = state.lines[state.at]
  if (next === undefined || next.indent <= indent)
    return end === line.end ? scalarOf(state, null, end, end) : unusual
  return readBlock(state, next.indent)
}

function readInline(state: State, start: number, line: Line, indent: number): YamlNode | typeof unusual {
  const value = inlineAt(state, start, line.end)
  state.at += 1
  // A line further in would continue the scalar, or be a mistake.
  const next = state.lines[state.at]
  return next !== undefined && next.indent > indent ? unusual : value
}

function inlineAt(reading: Reading, start: number, end: number): YamlNode | typeof unusual {
  const { text, base } = reading
  const opener = text.charAt(start)
  const value =
    opener === '"' || opener === "'"
      ? quotedAt(reading, start)
      : opener === '{' || opener === '['
        ? flowAt(reading, start, { depth: 0, newlines: 'unusual' })
        : undefined
  if (value === undefined) return plainText(reading, start, end)
  if (value === unusual || value.range.end - base > end) return unusual
  return /^ *$|^ +#/.test(text.slice(value.range.end - base, end)) ? value : unusual
}

interface Key {
  readonly key: string
  readonly keyRange: SourceRange
  /** Where the text after the colon begins. */
  readonly after: number
}

const plainKey = /([A-Za-z0-9_][A-Za-z0-9_./-]*):(?= |\r?\n|$)/y

function keyAt(reading: Reading, line: Line): Key | undefined {
  const { text, base, file } = reading
  const { start, end } = line
  const opener = text.charCodeAt(start)
  if (opener === 34 || opener === 39) {
    const quoted = quotedAt(reading, start)
    if (quoted === unusual) return undefined
    const colon = quoted.range.end - base
    const isKey = text.charAt(colon) === ':' && (colon + 1 === end || text.charAt(colon + 1) === ' ')
    return isKey ? { key: String(quoted.value), keyRange: quoted.range, after: colon + 1 } : undefined
  }
  plainKey.lastIndex = start
  const found = plainKey.exec(text)?.[1]
  if (found === undefined) return undefined
  const colon = start + found.length
  const node = plainText(reading, start, colon)
  if (node === unusual || node.value === null) return undefined
  const keyRange = { file, start: base + start, end: base + colon }
  return { key: String(node.value), keyRange, after: colon + 1 }
}

function readMap(state: State, indent: number): YamlNode | typeof unusual {
  const first = state.lines[state.at]
  const start = state.base + (first?.start ?? 0)
  const entries: YamlEntry[] = []
  const seen = new Set<string>()
  for (let line = first; line !== undefined; line = state.lines[state.at]) {
    if (line.indent !== indent) break
    const key = keyAt(state, line)
    if (key === undefined || seen.has(key.key)) return unusual
    const value = readValue(state, line, key, indent)
    if (value === unusual) return unusual
    seen.add(key.key)
    entries.push({ key: key.key, keyRange: key.keyRange, value })
  }
  const last = entries.at(-1)
  const end = last === undefined ? start : rangeOfEntry(last).end
  return { kind: 'map', range: { file: state.file, start, end }, entries }
}

function readValue(state: State, line: Line, key: Key, indent: number): YamlNode | typeof unusual {
  let start = key.after
  while (state.text.charCodeAt(start) === 32) start += 1
  const isEmpty = start >= line.end || state.text.charCodeAt(start) === 35
  if (!isEmpty) return readInline(state, start, line, indent)
  const next = state.lines[state.at + 1]
  // A sequence may stand as far out as the key that it belongs to.
  if (next === undefined || next.indent !== indent || !startsItem(state, next))
    return readNested(state, indent, key.after, line)
  state.at += 1
  return readSequence(state, indent)
}
