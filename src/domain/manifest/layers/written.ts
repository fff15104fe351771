import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { jsonOf } from '../yaml-json.ts'

/** Any value as a list: what is no list is a list of one. */
export function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Any value as an object; what is none has no fields. */
export function fieldsOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

/** Any value as a text; what is none is absent. */
export function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Every text within a value, keys left out. */
export function textsIn(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => textsIn(each))
  return Object.values(fieldsOf(value)).flatMap(textsIn)
}

/** The documents of a file as they read, whatever their layout; nothing where one of them cannot be read. */
export const documentsIn = memoized((file: SourceFile): readonly JsonValue[] | undefined => {
  const documents = parseYaml(file, { id: 'invalid-manifest' })
  const isRead = documents.length > 0 && documents.every(({ diagnostics }) => diagnostics.length === 0)
  return isRead ? documents.flatMap(({ root }) => (root ? [jsonOf(root)] : [])) : undefined
})

/** The documents of a text that can be read; what cannot is left out. */
export function readableIn(text: string): readonly JsonValue[] {
  return parseYaml({ path: '', text }, { id: 'invalid-manifest' }).flatMap(({ root }) =>
    root === undefined ? [] : [jsonOf(root)],
  )
}

/** What a file says, not how it is written; the text of what cannot be read. */
export function contentOf(file: SourceFile | undefined): JsonValue {
  return file === undefined ? null : (documentsIn(file) ?? file.text)
}

/** A copy without some fields, at any depth. */
export function without(value: JsonValue, isSilent: (field: string) => boolean): JsonValue {
  if (Array.isArray(value)) return value.map((each: JsonValue) => without(each, isSilent))
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([field]) => !isSilent(field))
  return Object.fromEntries(kept.map(([field, inner]) => [field, without(inner ?? null, isSilent)]))
}
