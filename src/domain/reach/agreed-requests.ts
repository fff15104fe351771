import { budgets } from '../budgets.ts'
import type { Work } from '../language/string-set.ts'
import type { HTTPMatchRequest } from '../manifest/virtual-service.ts'
import { type Box, intersectBoxes, type Universe } from '../match/box.ts'
import { conditionsOf, type Reading } from '../match/conditions.ts'
import { requestsWords } from '../match/describe-request-set.ts'
import { universeOf } from '../match/dimensions.ts'
import { simplifyRequests } from '../match/request-set.ts'
import { conflictOf } from '../routing/merge-http-routes.ts'
import { type Phrase, say } from '../words/phrase.ts'
import { wholeOf } from './candidates.ts'

/** What the secondary's matches ask for within the primary's, leaving out the pairs that conflict. */
export function agreedRequests(
  outer: readonly HTTPMatchRequest[],
  inner: readonly HTTPMatchRequest[],
  reading: Reading,
): readonly Box[] {
  return agreedWith(outer, reading)(inner)
}

/** The same of one primary's matches and those of any secondary. */
export function agreedWith(
  outer: readonly HTTPMatchRequest[],
  reading: Reading,
): (inner: readonly HTTPMatchRequest[]) => readonly Box[] {
  const given = asked(outer, reading)
  return (inner) => {
    const own = asked(inner, reading)
    return given.flatMap((a) =>
      own.flatMap((b) => {
        if (a.match && b.match && conflictOf(a.match, b.match) !== undefined) return []
        return a.box && b.box ? (intersectBoxes(a.box, b.box, reading.work) ?? []) : []
      }),
    )
  }
}

interface Asked {
  readonly match?: HTTPMatchRequest
  readonly box: Box | undefined
}

/** No match at all asks for nothing. */
function asked(matches: readonly HTTPMatchRequest[], reading: Reading): readonly Asked[] {
  if (matches.length === 0) return [{ box: boxOf(undefined, reading) }]
  return matches.map((match) => ({ match, box: boxOf(match, reading) }))
}

/** All that one match asks for, or undefined where no request can satisfy it. */
export function boxOf(match: HTTPMatchRequest | undefined, reading: Reading): Box | undefined {
  const conditions = conditionsOf(match, reading)
  return conditions && wholeOf(conditions, reading.work)
}

const maxParts = budgets.parts.size

/** Some requests as a sentence of bearable length: `/login` and `/logout`. */
export function requestsText(boxes: readonly Box[], work: Work, universe: Universe = universeOf): Phrase {
  if (boxes.length === 0) return []
  const { boxes: parts } = simplifyRequests({ boxes }, { universe, work })
  const shown = requestsWords({ boxes: parts.slice(0, maxParts), universe })
  return parts.length > maxParts ? say`${shown} and ${parts.length - maxParts} more kinds of requests` : shown
}
