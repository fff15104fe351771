import { budgets } from '../budgets.ts'
import type { Work } from '../language/string-set.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes } from '../match/box.ts'
import { conditionsOf, type Reading } from '../match/conditions.ts'
import { describeRequests } from '../match/describe-request-set.ts'
import { universeOf } from '../match/dimensions.ts'
import { simplifyRequests } from '../match/request-set.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { wholeOf } from './candidates.ts'

/** Requests that a primary's entry and a secondary's entry agree about. */
export interface AgreedRequests {
  readonly boxes: readonly Box[]
  /** A short text for people; '' where there are no such requests. */
  readonly words: string
}

/** What the secondary's matches ask for within the primary's, leaving out the pairs that conflict. */
export function agreedRequests(
  outer: readonly HTTPMatchRequest[],
  inner: readonly HTTPMatchRequest[],
  reading: Reading,
): AgreedRequests {
  const pairs = (outer.length === 0 ? [undefined] : outer).flatMap((given) =>
    (inner.length === 0 ? [undefined] : inner).flatMap((own) => {
      if (given && own && conflictOf(given, own) !== undefined) return []
      const [a, b] = [boxOf(given, reading), boxOf(own, reading)]
      return a && b ? (intersectBoxes(a, b, reading.work) ?? []) : []
    }),
  )
  return { boxes: pairs, words: requestsText(pairs, reading.work) }
}

/** All that one match asks for, or undefined where no request can satisfy it. */
export function boxOf(match: HTTPMatchRequest | undefined, reading: Reading): Box | undefined {
  const conditions = conditionsOf(match, reading)
  return conditions && wholeOf(conditions, reading.work)
}

const maxParts = budgets.parts.size

/** Some requests as a sentence of bearable length: `/login and /logout`. */
export function requestsText(boxes: readonly Box[], work: Work): string {
  if (boxes.length === 0) return ''
  const { boxes: parts } = simplifyRequests({ boxes }, { universe: universeOf, work })
  const shown = describeRequests({ boxes: parts.slice(0, maxParts) })
  return parts.length > maxParts ? `${shown} and ${parts.length - maxParts} more kinds of requests` : shown
}
