import { assertNever } from '../../source/assert-never.ts'
import type { Mistake } from '../../source/diagnostic.ts'
import { plainScalar } from '../../source/yaml/plain-scalar.ts'
import type { YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import type { JsonValue } from '../json.ts'
import { isUnknown, withDefaults } from '../placeholders/placeholders.ts'
import { goDuration } from '../validation/values/go-duration.ts'
import { nearestName } from '../validation/values/nearest-name.ts'
import type { Decoding } from './decode.ts'
import { type DecodingFaultCode, decodingFault, foundIn } from './decoding-fault.ts'
import type { EnumType, ScalarType } from './message.ts'

const zeros = {
  string: '',
  enum: '',
  duration: '',
  bytes: '',
  bool: false,
  int32: 0,
  uint32: 0,
  double: 0,
} as const

/**
 * A scalar of the type that the CRD schema wants, exactly: no text for a number, no boolean for a text. Defaults of
 * placeholders are filled in, and what then stands there is read as YAML again; what stays unknown is kept as it is
 * written, of whatever type the value will be (`Unknown`).
 */
export function decodeScalar(
  node: YamlNode,
  type: ScalarType | EnumType,
  { field, problems }: Decoding,
): JsonValue {
  const value = node.kind === 'scalar' ? filledIn(node, type) : undefined
  if (value !== undefined) return value
  problems.push({ ...faultIn(node, type, field), range: node.range, fatal: true })
  return zeros[type.kind]
}

/** The value as the API server will get it, or nothing if it has another type. */
function filledIn({ value }: YamlScalar, type: ScalarType | EnumType): JsonValue | undefined {
  if (typeof value !== 'string') return fits(value, type) ? value : undefined
  const text = withDefaults(value)
  if (fits(text, type) || isUnknown(text)) return text
  const read = text === value ? undefined : plainScalar(text)
  return read !== undefined && typeof read !== 'bigint' && fits(read, type) ? read : undefined
}

function fits(value: YamlScalar['value'], type: ScalarType | EnumType): boolean {
  if (type.kind === 'enum') return typeof value === 'string' && type.values.includes(value)
  const { kind } = type
  switch (kind) {
    case 'string':
      return typeof value === 'string'
    case 'duration':
      return typeof value === 'string' && goDuration(value) !== undefined
    case 'bytes':
      return typeof value === 'string' && isBase64(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'int32':
      return isWhole(value, -(2 ** 31), 2 ** 31 - 1)
    case 'uint32':
      return isWhole(value, 0, 2 ** 32 - 1)
    case 'double':
      return typeof value === 'number'
    default:
      return assertNever(kind)
  }
}

/** As Go's `encoding/json` reads it: the standard alphabet, padded; line breaks do not count. */
function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))
}

function isWhole(value: YamlScalar['value'], least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function faultIn(node: YamlNode, type: ScalarType | EnumType, field: string): Mistake<DecodingFaultCode> {
  const found = foundIn(node)
  if (type.kind === 'enum') {
    const values = type.values.join(', ')
    const near = node.kind === 'scalar' ? nearestName(node.text, type.values) : undefined
    if (near !== undefined) return decodingFault('enum-near', field, values, near, ...found)
    return decodingFault(isInQuotes(node) ? 'enum-quoted' : 'enum', field, values, ...found)
  }
  if (type.kind === 'string' && node.kind === 'scalar' && node.value !== null)
    return decodingFault('type-unquoted', field, type.kind, ...found)
  return decodingFault(isInQuotes(node) ? 'type-quoted' : 'type', field, type.kind, ...found)
}

/** Whether a number or a boolean was made a text by its quotes. */
function isInQuotes(node: YamlNode): boolean {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return false
  return /^-?\d+$|^(?:true|false)$/.test(node.value)
}
