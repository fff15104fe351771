import type { YamlScalar } from '../yaml-node.ts'
import { integerOf } from './plain-scalar.ts'

const highest = 2n ** 63n - 1n

/** The text that sigs.k8s.io/yaml makes of a key; undefined where it accepts none: null, and what exceeds an int64. */
export function keyText({ value, text }: YamlScalar): string | undefined {
  if (value === null) return undefined
  if (typeof value !== 'number') return String(value)
  const integer = integerOf(text.replaceAll('_', ''))
  if (integer === undefined) return floatText(value)
  return BigInt(integer) > highest ? undefined : String(integer)
}

/** As Go prints a float32 in its shortest form (`%g`). */
function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  const short = Math.fround(value)
  if (!Number.isFinite(short)) return short > 0 ? '.inf' : '-.inf'
  if (short === 0) return Object.is(short, -0) ? '-0' : '0'
  const precisions = Array.from({ length: 9 }, (_, index) => index)
  const digits = precisions.find((each) => Math.fround(Number(short.toExponential(each))) === short) ?? 8
  const [mantissa = '', exponent = '0'] = short.toExponential(digits).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return plainDigits(mantissa, power)
  const sign = power < 0 ? '-' : '+'
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`
}

/** A mantissa and a power of ten, written out. */
function plainDigits(mantissa: string, power: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`
  const padded = digits.padEnd(power + 1, '0')
  const rest = padded.slice(power + 1)
  return `${sign}${padded.slice(0, power + 1)}${rest === '' ? '' : `.${rest}`}`
}
