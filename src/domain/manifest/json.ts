import { compareTexts } from '../source/compare-texts.ts'

/** A JSON value, as the API server would hand it to Istio. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** A JSON object; a field that is `undefined` is absent. */
export interface JsonObject {
  readonly [field: string]: JsonValue | undefined
}

/** JSON with sorted keys and without absent fields: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isObject(inner) ? sortedByKey(inner) : inner))
}

/** Whether a value is a JSON object: neither a list nor `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sortedByKey(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => compareTexts(a, b)))
}
