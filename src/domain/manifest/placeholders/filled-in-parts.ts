import { memoized } from '../../source/memoized.ts'
import type { Gateway } from '../gateway.ts'
import type { JsonValue } from '../json.ts'
import type { VirtualService } from '../virtual-service.ts'
import { isUnknown, withDefaults } from './placeholders.ts'

/** A list or mapping of which only the placeholder is here that stands for it as a whole. */
export interface FilledInPart {
  /** Where it stands, such as `http.0.match`; '' for all of `spec`. */
  readonly field: string
  readonly placeholder: string
}

/**
 * What of a spec another tool fills in as a whole, so that nothing is known of it, not even whether it is there; and for whom
 * it is there, where that is not known.
 */
export const filledInParts = memoized(({ body, spec }: VirtualService | Gateway): readonly FilledInPart[] => {
  const clients = 'exportTo' in spec ? (spec.exportTo ?? []) : []
  return [
    // A decoded spec is Istio's JSON.
    ...partsOf(body['spec'], spec as JsonValue, ''),
    ...clients.filter(isUnknown).map((placeholder) => ({ field: 'exportTo', placeholder })),
  ]
})

function partsOf(
  written: JsonValue | undefined,
  read: JsonValue | undefined,
  field: string,
): readonly FilledInPart[] {
  if (typeof written === 'string') {
    const isWhole = typeof read !== 'string' && isUnknown(withDefaults(written))
    return isWhole ? [{ field, placeholder: written }] : []
  }
  if (typeof written !== 'object' || written === null) return []
  return Object.entries(written).flatMap(([key, value]) =>
    partsOf(value, memberOf(read, key), field === '' ? key : `${field}.${key}`),
  )
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, JsonValue>>)[key]
}
