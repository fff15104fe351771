import { isObject, type JsonObject, type JsonValue } from './json.ts'

/** What stands at a path of fields; undefined where something on the way is missing or no mapping. */
export function at(value: JsonValue | undefined, ...fields: readonly string[]): JsonValue | undefined {
  return fields.reduce<JsonValue | undefined>(
    (inner, field) => (isObject(inner) ? inner[field] : undefined),
    value,
  )
}

/** The mappings of a list; a single mapping is a list of one. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  if (isObject(value)) return [value]
  return Array.isArray(value) ? value.filter((each: JsonValue) => isObject(each)) : []
}

/** The texts of a list. */
export function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each: JsonValue) => typeof each === 'string') : []
}

/** A text that is not empty. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The entries of a mapping whose values are texts, as of labels. */
export function labelsOf(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' ? [[key, each]] : [])),
  )
}

/** The mapping with these fields only. */
export function picked(value: JsonValue | undefined, fields: readonly string[]): JsonObject {
  if (!isObject(value)) return {}
  return Object.fromEntries(
    fields.filter((field) => value[field] !== undefined).map((field) => [field, value[field]]),
  )
}

/** The entries whose keys pass. */
export function filtered(labels: Readonly<Record<string, string>>, wanted: RegExp): JsonObject {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => wanted.test(key)))
}
