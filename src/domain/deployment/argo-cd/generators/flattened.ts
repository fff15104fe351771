import { isObject, type JsonObject, type JsonValue } from '../../../manifest/json.ts'
import { innerText } from '../go-template/values.ts'

/** Every value by its whole name (`a.b`, `list.0`), as a text; empty lists and objects say nothing. */
export function flattened(object: JsonObject): ReadonlyMap<string, string> {
  return new Map(entriesBelow(object, ''))
}

function entriesBelow(value: JsonValue, name: string): readonly (readonly [string, string])[] {
  if (!(isObject(value) || Array.isArray(value))) return [[name, innerText(value)]]
  return Object.entries(value).flatMap(([field, inner]: readonly [string, JsonValue | undefined]) =>
    entriesBelow(inner ?? null, name === '' ? field : `${name}.${field}`),
  )
}
