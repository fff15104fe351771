import { timestampOf } from './timestamp.ts'
import type { YamlReader } from './yaml-document.ts'

/** What a YAML scalar stands for. Integers beyond 2^53 are `bigint`; NaN and the infinities are no JSON values. */
export type ScalarValue = null | boolean | number | bigint | string

const words: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
])

const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const leadingDot = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

const lowest = -(2n ** 63n)
const highest = 2n ** 64n - 1n

/** What `text` is as an integer of base 0 within 64 bits, if it is one. */
export function integerOf(text: string): number | bigint | undefined {
  const [whole, sign, digits = ''] = integer.exec(text) ?? []
  if (whole === undefined) return undefined
  const octal = /^0[0-7]+$/.test(digits)
  const size = BigInt(octal ? `0o${digits.slice(1)}` : digits)
  const value = sign === '-' ? -size : size
  if (value < lowest || value > highest) return undefined
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/**
 * Reads an unquoted, untagged scalar as Kubernetes does (sigs.k8s.io/yaml over go-yaml v2): YAML 1.1 booleans, integers
 * of base 0 (`010` is 8, `0x10` is 16, `1_000` is 1000), floats, null. A timestamp stays a string.
 */
export function plainScalar(text: string): ScalarValue {
  const word = words.get(text)
  if (word !== undefined) return word
  if (!/^[-+.0-9]/.test(text)) return text
  if (text.startsWith('.')) {
    const value = leadingDot.test(text) ? Number(text.replaceAll('_', '')) : Infinity
    return Number.isFinite(value) ? value : text
  }
  const digits = text.replaceAll('_', '')
  const whole = integerOf(digits)
  if (whole !== undefined) return whole
  return float.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : text
}

const booleans = /^(?:true|True|TRUE|false|False|FALSE)$/

/**
 * The same for whoever reads. Kustomize (go-yaml v3) takes the other words of YAML 1.1 for texts, and prints a timestamp in
 * full.
 */
export function scalarFor(text: string, reader: YamlReader): ScalarValue {
  const value = plainScalar(text)
  if (reader === 'plain') return value
  if (typeof value === 'boolean') return booleans.test(text) ? value : text
  return typeof value === 'string' ? (timestampOf(text) ?? value) : value
}
