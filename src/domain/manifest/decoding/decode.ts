import { assertNever } from '../../source/assert-never.ts'
import type { Because, Mistake } from '../../source/diagnostic.ts'
import { type Located, origin } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import {
  rangeOfEntry,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../../source/yaml-node.ts'
import { quoted, say, words } from '../../words/phrase.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { isUnknown, withDefaults } from '../placeholders/placeholders.ts'
import { nearestName } from '../validation/values/nearest-name.ts'
import { decodeScalar } from './decode-scalar.ts'
import { type DecodingFaultCode, decodingFault } from './decoding-fault.ts'
import type { FieldType, ListType, MapType, MessageType } from './message.ts'
import { rememberElements, rememberNull } from './written-as.ts'

/** What is wrong with the shape of an object. After a fatal problem there is no object: the API server takes none. */
export interface DecodeProblem extends Mistake<DecodingFaultCode> {
  readonly range: SourceRange
  readonly fatal: boolean
  /** Not fatal, and yet the webhook refuses the object. */
  readonly refused?: true
}

/** What is being decoded: how to call it in messages, and where problems go. */
export interface Decoding {
  readonly field: string
  readonly problems: DecodeProblem[]
}

const noFields: ReadonlyMap<string, SourceRange> = new Map()

/**
 * Reads a message as proto3 JSON within its CRD schema: absent, null, zero scalars and empty lists and maps are left
 * out, members of a oneof and wrappers are kept with their zero value, empty messages are kept. An unknown field is
 * reported and dropped, as the API server prunes it. Every object knows its origin.
 */
export function decodeMessage(node: YamlNode, type: MessageType, decoding: Decoding): JsonObject {
  if (node.kind !== 'map') {
    if (!isNull(node) && !isFilledIn(node)) noMessage(node, type, decoding)
    return { [origin]: { range: node.range, fields: noFields } } as JsonObject
  }
  const known = knownEntries(node, type, decoding)
  checkOneofs(known, type, decoding)
  const ranges = new Map<string, SourceRange>()
  const decoded: Record<string, JsonValue> & Located = { [origin]: { range: node.range, fields: ranges } }
  // The names come from the schema, so that none of them is special to JavaScript.
  for (const [name, entry] of known) {
    const value = decodeField(entry, name, type, decoding)
    if (value !== undefined) decoded[name] = value
    ranges.set(name, rangeOfEntry(entry))
  }
  for (const [name, value] of type.absences) if (!known.has(name)) decoded[name] = value
  return decoded
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** A list or mapping that another tool fills in as a whole. */
function isFilledIn(node: YamlNode): boolean {
  return node.kind === 'scalar' && typeof node.value === 'string' && isUnknown(withDefaults(node.value))
}

function noMessage(node: YamlNode, { name }: MessageType, { field, problems }: Decoding): void {
  problems.push({
    ...decodingFault('message', field, name, ...kindAndText(node)),
    range: node.range,
    fatal: true,
  })
}

function mismatch(node: YamlNode, needs: 'list' | 'map', { field, problems }: Decoding): void {
  problems.push({
    ...decodingFault('collection', field, needs, ...kindAndText(node)),
    range: node.range,
    fatal: true,
  })
}

function kindAndText(node: YamlNode): readonly ['map' | 'sequence' | 'plain', text: string] {
  return node.kind === 'scalar' ? ['plain', node.text] : [node.kind, '']
}

function knownEntries(
  map: YamlMap,
  type: MessageType,
  { problems }: Decoding,
): ReadonlyMap<string, YamlEntry> {
  const known = new Map<string, YamlEntry>()
  for (const entry of map.entries) {
    const name = Object.hasOwn(type.aliases, entry.key) ? type.aliases[entry.key] : entry.key
    if (name === undefined || !Object.hasOwn(type.fields, name)) problems.push(unknownField(entry, type))
    else if (known.has(name)) problems.push(bothSet(entry, name, known))
    else known.set(name, entry)
  }
  return known
}

function unknownField({ key, keyRange }: YamlEntry, { name, fields }: MessageType): DecodeProblem {
  const names = Object.keys(fields)
  const near = nearestName(key, names)
  return {
    ...(near === undefined
      ? decodingFault('unknown-field', key, name, names.join(', '))
      : decodingFault('unknown-field-near', key, name, near)),
    range: keyRange,
    fatal: false,
    because: [dropped],
  }
}

const dropped: Because = {
  clause: words('The API server drops unknown fields in silence'),
  rest: words('; what is left of the object is admitted'),
}

function writtenHere({ key, keyRange }: YamlEntry): Because {
  return { clause: say`${quoted(key)} is written here`, range: keyRange }
}

function bothSet(entry: YamlEntry, name: string, known: ReadonlyMap<string, YamlEntry>): DecodeProblem {
  const first = known.get(name)
  return {
    ...decodingFault('field-twice', name, entry.key),
    range: entry.keyRange,
    fatal: true,
    ...(first && { because: [writtenHere(first)] }),
  }
}

function checkOneofs(known: ReadonlyMap<string, YamlEntry>, type: MessageType, { problems }: Decoding): void {
  for (const members of type.oneofs) {
    const set = members.flatMap((name) => {
      const entry = known.get(name)
      return entry === undefined || isNull(entry.value) ? [] : [entry]
    })
    const [first, second] = set.toSorted((a, b) => a.keyRange.start - b.keyRange.start)
    if (first === undefined || second === undefined) continue
    problems.push({
      ...decodingFault('oneof', type.name, members.join(', '), first.key, second.key),
      range: second.keyRange,
      fatal: true,
      because: [writtenHere(first)],
    })
  }
}

function decodeField(
  entry: YamlEntry,
  name: string,
  type: MessageType,
  { problems }: Decoding,
): JsonValue | undefined {
  const fieldType = type.fields[name]
  if (fieldType === undefined || isNull(entry.value)) return undefined
  const value = decodeValue(entry.value, fieldType, { field: entry.key, problems })
  const keepsZero = type.oneofs.some((members) => members.includes(name)) || isPresent(fieldType)
  return keepsZero || !isZero(value) ? value : undefined
}

function isPresent(type: FieldType): boolean {
  return type.kind === 'message' || ('wrapped' in type && type.wrapped === true)
}

function isZero(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}

function decodeValue(node: YamlNode, type: FieldType, decoding: Decoding): JsonValue {
  switch (type.kind) {
    case 'message':
      return decodeMessage(node, type, decoding)
    case 'list':
      return decodeList(node, type, decoding)
    case 'map':
      return decodeMap(node, type, decoding)
    case 'enum':
    case 'string':
    case 'bool':
    case 'int32':
    case 'uint32':
    case 'double':
    case 'duration':
    case 'bytes':
      return decodeScalar(node, type, decoding)
    default:
      return assertNever(type)
  }
}

/** A `null` where a message is expected in a list reads as an empty one; the validation tells which it was. */
function decodeMember(node: YamlNode, type: FieldType, decoding: Decoding): JsonValue {
  const value = decodeValue(node, type, decoding)
  if (isNull(node) && type.kind === 'message' && typeof value === 'object' && value !== null)
    rememberNull(value)
  return value
}

function decodeList(node: YamlNode, type: ListType, decoding: Decoding): JsonValue {
  if (node.kind === 'scalar' && isFilledIn(node)) return filledInList(node, type, decoding)
  if (node.kind !== 'sequence') {
    mismatch(node, 'list', decoding)
    return []
  }
  const list = node.items.map((item) => decodeMember(item, type.of, decoding))
  if (type.of.kind === 'message') return list
  rememberElements(
    list,
    node.items.map((item) => item.range),
  )
  return list
}

/** Of a list that is not known one element stands for all: routes that may be any, a match of anything. */
function filledInList(node: YamlScalar, type: ListType, decoding: Decoding): JsonValue {
  if (type.of.kind === 'string') return [node.text]
  return type.of.kind === 'message' ? [decodeMessage(node, type.of, decoding)] : []
}

function decodeMap(node: YamlNode, type: MapType, decoding: Decoding): JsonObject {
  if (node.kind !== 'map') {
    if (!isFilledIn(node)) mismatch(node, 'map', decoding)
    return {}
  }
  const { problems } = decoding
  // The API server drops what is null in a map before anything else is asked, be it a message or a text.
  const entries = node.entries.filter(({ value }) => !isNull(value))
  const ranges = new Map(entries.map((entry) => [entry.key, rangeOfEntry(entry)]))
  // fromEntries defines own properties, so that a key such as __proto__ is only a key.
  const members = Object.fromEntries(
    entries.map(({ key, value }) => [key, decodeValue(value, type.of, { field: key, problems })]),
  )
  return { ...members, [origin]: { range: node.range, fields: ranges } } as JsonObject
}
