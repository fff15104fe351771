import type { JsonValue } from '../../manifest/json.ts'
import type { Subject } from '../reach.ts'

/** Everything that an object is for: all fields but those that every object has. */
export function specOf({ body }: Subject): JsonValue {
  const { apiVersion: _, kind: __, metadata: ___, status: ____, ...said } = body
  return said
}
