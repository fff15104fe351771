import { type Located, rangeOf } from '../../../source/located.ts'
import type { SourceRange } from '../../../source/source-file.ts'
import { httpMatchRequest, stringMatch } from '../../decoding/istio-schema.ts'
import type { HTTPMatchRequest, StringMatch } from '../../virtual-service.ts'

/** A text that a match asks for: of a field, or under a key of it. */
export interface MatchText {
  readonly field: string
  readonly key?: string
  readonly value: StringMatch
  readonly range: SourceRange | undefined
}

/** All of them, by the schema, so that a new field needs no word here. */
export function textsOf(match: HTTPMatchRequest): readonly MatchText[] {
  return Object.entries(httpMatchRequest.fields).flatMap(([field, type]): readonly MatchText[] => {
    const value = match[field as keyof typeof httpMatchRequest.fields]
    if (value === undefined) return []
    if (type === stringMatch) return [{ field, value: value as StringMatch, range: rangeOf(match, field) }]
    if (type.kind !== 'map' || type.of !== stringMatch) return []
    // The schema gives this field this type.
    const byKey = value as Readonly<Record<string, StringMatch>> & Located
    return Object.entries(byKey).map(([key, each]) => ({
      field,
      key,
      value: each,
      range: rangeOf(byKey, key),
    }))
  })
}
