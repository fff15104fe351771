import type { HTTPMatchRequest, HTTPRoute } from '../manifest/virtual-service.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import type { MergedEntry } from '../routing/route-table.ts'
import { memoized } from '../source/memoized.ts'

/** The entry of the VirtualService whose author wrote it. */
export function writtenEntry({ secondary, secondaryEntry, primary, entry, http }: MergedEntry): HTTPRoute {
  const written =
    secondary === undefined ? primary.spec.http?.[entry] : secondary.spec.http?.[secondaryEntry ?? 0]
  return written ?? http
}

/**
 * For each match of a merged entry, the match that the entry's author wrote; undefined where the author wrote none and
 * the primary's matches stand. Follows the order in which Istio multiplies the two lists.
 */
export const writtenMatches = memoized((from: MergedEntry): readonly (HTTPMatchRequest | undefined)[] => {
  const own = writtenEntry(from).match ?? []
  if (from.secondary === undefined) return own
  const given = from.primary.spec.http?.[from.entry]?.match ?? []
  if (own.length === 0) return given.map(() => undefined)
  if (given.length === 0) return own
  return own.flatMap((inner) =>
    given.flatMap((outer) => (conflictOf(outer, inner) === undefined ? [inner] : [])),
  )
})
