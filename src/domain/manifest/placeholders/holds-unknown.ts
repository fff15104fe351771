import type { JsonValue } from '../json.ts'
import { fieldsOf } from '../layers/written.ts'
import { isUnknown } from './placeholders.ts'

/** Whether another tool fills in some text of a value, or the name of one of its fields. */
export function holdsUnknown(
  value: JsonValue | undefined,
  isOpen: (text: string) => boolean = isUnknown,
): boolean {
  if (typeof value === 'string') return isOpen(value)
  if (Array.isArray(value)) return value.some((each: JsonValue) => holdsUnknown(each, isOpen))
  return Object.entries(fieldsOf(value)).some(([key, each]) => isOpen(key) || holdsUnknown(each, isOpen))
}
