import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { stop } from '../../unknown-delivery.ts'

/** A value of a Go template: numbers of JSON are floating, those that a template counts are whole. Nothing is `undefined`. */
export type GoValue = JsonValue | bigint | undefined

/** What a generator asks for elsewhere: whoever writes it, or looks what it is, ends the template. Its fields are as well. */
export const askedFor: JsonObject = Object.freeze({})

function known<T extends GoValue>(value: T): T {
  return value === askedFor ? stop('asked-for', '') : value
}

/** A value as `print` writes it. */
export function goText(value: GoValue): string {
  if (value === undefined || value === null) return '<no value>'
  return innerText(value)
}

/** The same within a list or a map, or by `%v`. */
export function innerText(written: GoValue): string {
  const value = known(written)
  if (value === undefined || value === null) return '<nil>'
  if (typeof value === 'number') return floatText(value)
  if (Array.isArray(value)) return `[${value.map((each: JsonValue) => innerText(each)).join(' ')}]`
  if (!isObject(value)) return String(value)
  const entries = Object.keys(value).toSorted()
  return `map[${entries.map((key) => `${key}:${innerText(value[key])}`).join(' ')}]`
}

/** A floating number by `%v`: the shortest digits, from a million on and below a ten-thousandth with an exponent. */
function floatText(value: number): string {
  const [digits = '', written = '0'] = value.toExponential().split('e')
  const exponent = Number(written)
  if (exponent >= -4 && exponent < 6) return value.toString()
  const size = Math.abs(exponent).toString().padStart(2, '0')
  return `${digits}e${exponent < 0 ? '-' : '+'}${size}`
}

/** What `if`, `and`, `or` and `default` take for no. */
export function isEmpty(written: GoValue): boolean {
  const value = known(written)
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return Object.keys(value).length === 0
  return (
    value === undefined || value === null || value === false || value === '' || value === 0 || value === 0n
  )
}

/** A value as JSON; whole numbers become numbers. */
export function plainOf(written: GoValue): JsonValue {
  const value = known(written)
  return typeof value === 'bigint' ? Number(value) : (value ?? null)
}

/** A value that has to be a text. */
export function textOf(value: GoValue): string {
  return typeof value === 'string' ? value : stop('fails', `${innerText(value)} is no text`)
}

/** A value that has to be a list. */
export function listOf(value: GoValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : stop('fails', `${innerText(value)} is no list`)
}

/** A value that has to be a map. */
export function mapOf(written: GoValue): JsonObject {
  const value = known(written)
  return isObject(value) ? value : stop('fails', `${innerText(value)} is no map`)
}

/** A value that has to be a whole number. */
export function wholeOf(value: GoValue): number {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' ? Math.trunc(value) : stop('fails', `${innerText(value)} is no number`)
}
