import { type Located, rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { isObject, type JsonObject } from '../json.ts'

/** A message that is kept as Istio's JSON; its fields have the types that the schema gave them. */
export type Message = JsonObject & Located

/** A field that is a message, if it is set. */
export function messageAt(parent: Message | undefined, field: string): Message | undefined {
  const value = parent?.[field]
  return isObject(value) ? value : undefined
}

/** A text field; absent reads as ''. */
export function textAt(parent: Message | undefined, field: string): string {
  const value = parent?.[field]
  return typeof value === 'string' ? value : ''
}

/** A number field, if it is set. */
export function numberAt(parent: Message | undefined, field: string): number | undefined {
  const value = parent?.[field]
  return typeof value === 'number' ? value : undefined
}

/** A list of texts; absent reads as none. */
export function textsAt(parent: Message | undefined, field: string): readonly string[] {
  const value = parent?.[field]
  // The schema gives lists of one type; the list itself is returned, for it knows where its elements stand.
  return Array.isArray(value) ? (value as readonly string[]) : []
}

/** A list of messages; absent reads as none. */
export function messagesAt(parent: Message | undefined, field: string): readonly Message[] {
  const value = parent?.[field]
  return Array.isArray(value) ? (value as readonly Message[]) : []
}

/** Where a field of a message stands, or the message itself. */
export function placeOf(parent: Message | undefined, field?: string): SourceRange | undefined {
  return parent && rangeOf(parent, field)
}
