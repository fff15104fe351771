import { assertNever } from '../../source/assert-never.ts'
import { plainScalar } from '../../source/plain-scalar.ts'
import type { YamlNode, YamlScalar } from '../../source/yaml-node.ts'
import { guessed, told } from '../../words/told.ts'
import { excerpt } from '../excerpt.ts'
import type { JsonValue } from '../json.ts'
import { isUnknown, withDefaults } from '../placeholders.ts'
import { goDuration } from '../validation/go-duration.ts'
import { nearestName } from '../validation/nearest-name.ts'
import type { Decoding } from './decode.ts'
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

const wanted = {
  string: 'a text',
  duration: 'a duration such as 5s',
  bytes: 'base64',
  bool: 'true or false',
  int32: 'a whole number within 32 bits',
  uint32: 'a whole number from 0 to 4294967295',
  double: 'a number',
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
  const nearest =
    type.kind === 'enum' && node.kind === 'scalar' ? nearestName(node.text, type.values) : undefined
  const needs = type.kind === 'enum' ? `one of ${type.values.join(', ')}` : wanted[type.kind]
  const advice = adviceFor(node, type, nearest)
  problems.push({
    ...told(`\`${field}\` takes ${needs}, not ${found(node)}`),
    range: node.range,
    fatal: true,
    ...(advice !== undefined && { todo: guessed(advice) }),
  })
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
      return typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value)
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

function isWhole(value: YamlScalar['value'], least: number, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}

function found(node: YamlNode): string {
  if (node.kind === 'map') return 'a mapping'
  if (node.kind === 'sequence') return 'a list'
  if (typeof node.value === 'string') return `the text ${JSON.stringify(excerpt(node.value))}`
  if (String(node.value) === node.text) return `\`${node.text}\``
  return `\`${node.text}\`, which YAML 1.1 reads as ${node.value}`
}

function adviceFor(
  node: YamlNode,
  type: ScalarType | EnumType,
  nearest: string | undefined,
): string | undefined {
  if (nearest !== undefined) return `Write \`${nearest}\``
  if (node.kind !== 'scalar' || node.value === null) return undefined
  if (type.kind === 'string' && typeof node.value !== 'string')
    return `Write it in quotes: "${excerpt(node.text)}"`
  const isQuoted = typeof node.value === 'string' && /^-?\d+$|^(?:true|false)$/.test(node.value)
  return isQuoted && type.kind !== 'string' ? 'Write it without quotes' : undefined
}
