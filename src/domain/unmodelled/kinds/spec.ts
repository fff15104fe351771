import type { JsonValue } from '../../manifest/json.ts'
import type { KindEntry } from '../kind-entry.ts'
import type { Subject } from '../reach.ts'

/** Everything that an object is for: all fields but those that every object has. */
export function specOf({ body }: Subject): JsonValue {
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...said } = body
  return said
}

/** Kinds of which the whole spec decides, and that are not worth a word where they reach nobody but their own team. */
export function quietKinds(group: string, kinds: readonly string[], reach: KindEntry['reach']): KindEntry {
  return { group, kinds, decides: specOf, reach, partial: true, quiet: true }
}
