/** A JSON object on its way out, or one that came in and was checked against GitHub's description. */
export type Json = Readonly<Record<string, unknown>>

/** The object at a key, or an empty one. */
export function objectAt(json: Json, key: string): Json {
  const value = json[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
}

/** The text at a key, or undefined. */
export function textAt(json: Json, key: string): string | undefined {
  const value = json[key]
  return typeof value === 'string' ? value : undefined
}

/** The number at a key, or undefined. */
export function numberAt(json: Json, key: string): number | undefined {
  const value = json[key]
  return typeof value === 'number' ? value : undefined
}

/** The texts of the list at a key. */
export function textsAt(json: Json, key: string): string[] {
  const value = json[key]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
