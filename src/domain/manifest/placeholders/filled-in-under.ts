import type { StringMatch } from '../virtual-service.ts'

const under = Symbol('filled in under')

interface Under {
  readonly [under]?: StringMatch
}

/**
 * The secondary's matcher where its text or the primary's is filled in by another tool: whatever that becomes, Istio keeps the entry only
 * where it is within the primary's. JSON and equality know nothing of it.
 */
export function filledInUnder(inner: StringMatch, outer: StringMatch): StringMatch {
  const kept: StringMatch & Under = { ...inner, [under]: outer }
  return kept
}

/** The primary's matcher that a text which is filled in has to satisfy as well. */
export function outerOf(matcher: StringMatch): StringMatch | undefined {
  return (matcher as Under)[under]
}
