import { plainScalar } from './plain-scalar.ts'
import { quotedAt, type Reading, scalarOf, unusual } from './plain-text.ts'
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from './yaml-node.ts'

interface Place {
  readonly depth: number
  /** Only a document that is one flow collection, as JSON is, may go over lines without regard to indentation. */
  readonly newlines: 'allowed' | 'unusual'
}

const deepest = 60
const space = / */y
const spaceAndLines = /[ \r\n]*/y

function skip({ text }: Reading, from: number, { newlines }: Place): number {
  const pattern = newlines === 'allowed' ? spaceAndLines : space
  pattern.lastIndex = from
  return from + (pattern.exec(text)?.[0].length ?? 0)
}

/** A flow collection whose members are plain words, quoted texts and collections. */
export function flowAt(
  reading: Reading,
  start: number,
  place: Place,
): YamlMap | YamlSequence | typeof unusual {
  if (place.depth >= deepest) return unusual
  const inner = { ...place, depth: place.depth + 1 }
  return reading.text.charAt(start) === '{'
    ? flowMap(reading, start, inner)
    : flowSequence(reading, start, inner)
}

function memberAt(reading: Reading, start: number, place: Place): YamlNode | typeof unusual {
  const opener = reading.text.charAt(start)
  if (opener === '{' || opener === '[') return flowAt(reading, start, place)
  return opener === '"' || opener === "'" ? quotedAt(reading, start) : wordAt(reading, start)
}

const word = /[A-Za-z0-9_/.$^+~-](?:[^\s,[\]{}:#"'`]|:(?=[^\s,[\]{}:#"'`])| (?=[A-Za-z0-9_/.]))*/y

function wordAt(reading: Reading, start: number): YamlScalar | typeof unusual {
  word.lastIndex = start
  const written = word.exec(reading.text)?.[0]
  if (written === undefined || /^-(?:$| )/.test(written)) return unusual
  const value = plainScalar(written)
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return unusual
  return scalarOf(reading, value, start, start + written.length)
}

function flowSequence(reading: Reading, start: number, place: Place): YamlSequence | typeof unusual {
  const { text, file, base } = reading
  const items: YamlNode[] = []
  let at = skip(reading, start + 1, place)
  while (text.charAt(at) !== ']') {
    const item = memberAt(reading, at, place)
    if (item === unusual) return unusual
    items.push(item)
    const end = endOfMember(reading, item.range.end - base, ']', place)
    if (end === unusual) return unusual
    at = end
  }
  return { kind: 'sequence', range: { file, start: base + start, end: base + at + 1 }, items }
}

/** After the comma behind a member, or at the bracket that closes the collection. */
function endOfMember(reading: Reading, from: number, close: string, place: Place): number | typeof unusual {
  const at = skip(reading, from, place)
  const char = reading.text.charAt(at)
  if (char === close) return at
  return char === ',' ? skip(reading, at + 1, place) : unusual
}

function flowMap(reading: Reading, start: number, place: Place): YamlMap | typeof unusual {
  const { text, file, base } = reading
  const entries: YamlEntry[] = []
  const seen = new Set<string>()
  let at = skip(reading, start + 1, place)
  while (text.charAt(at) !== '}') {
    const entry = entryAt(reading, at, place)
    if (entry === unusual || seen.has(entry.key)) return unusual
    seen.add(entry.key)
    entries.push(entry)
    const end = endOfMember(reading, entry.value.range.end - base, '}', place)
    if (end === unusual) return unusual
    at = end
  }
  return { kind: 'map', range: { file, start: base + start, end: base + at + 1 }, entries }
}

function entryAt(reading: Reading, start: number, place: Place): YamlEntry | typeof unusual {
  const { text, base } = reading
  const isQuoted = text.charAt(start) === '"' || text.charAt(start) === "'"
  const key = isQuoted ? quotedAt(reading, start) : wordAt(reading, start)
  if (key === unusual || key.value === null) return unusual
  const colon = key.range.end - base
  const after = colon + 1
  const value = skip(reading, after, place)
  if (text.charAt(colon) !== ':' || (!isQuoted && value === after)) return unusual
  const member = memberAt(reading, value, place)
  return member === unusual ? unusual : { key: String(key.value), keyRange: key.range, value: member }
}
