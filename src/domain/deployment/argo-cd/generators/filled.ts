import { isObject, type JsonValue } from '../../../manifest/json.ts'
import { attempted, stop, type UnknownDelivery, type ValuePath } from '../../unknown-delivery.ts'
import { filledText, type Generation, type Parameters } from './generation.ts'

/** A text that could not be filled in, and stays as it is written. */
export interface LeftAsWritten {
  readonly path: ValuePath
  readonly code: UnknownDelivery['code']
  readonly detail: string
}

/**
 * A value with every text in it filled in, names of fields as well. What is not followed stays as it is written, and is told; where
 * Argo CD itself gives up, nothing comes of all of it.
 */
export function filledIn(
  value: JsonValue,
  given: Parameters,
  generation: Generation,
): { readonly value: JsonValue; readonly left: readonly LeftAsWritten[] } {
  const left: LeftAsWritten[] = []
  const text = (written: string, path: ValuePath): string => {
    const { value: filled, unknown } = attempted(() => filledText(written, given, generation))
    if (unknown === undefined) return filled
    if (unknown.code !== 'template' && unknown.code !== 'asked-for') stop(unknown.code, unknown.detail)
    left.push({ path, ...unknown })
    return written
  }
  const fill = (each: JsonValue, path: ValuePath): JsonValue => {
    if (typeof each === 'string') return text(each, path)
    if (Array.isArray(each)) return each.map((item: JsonValue, index) => fill(item, [...path, index]))
    if (!isObject(each)) return each
    const entries = Object.entries(each).map(([field, inner]) => {
      const at = [...path, field]
      return [text(field, at), fill(inner ?? null, at)] as const
    })
    return Object.fromEntries(entries)
  }
  return { value: fill(value, []), left }
}
