import { BudgetExceeded, type Work } from '../language/string-set.ts'
import { type Box, boxesMeet, intersectBoxes, subtractBox } from '../match/box.ts'
import { universeOf } from '../match/dimensions.ts'
import type { Contribution, RouteTable } from '../routing/route-table.ts'
import { servedBy, type Turn, turns } from '../routing/turns.ts'
import { audienceBoxes, clientsBoxes } from './tables/placed-route.ts'

/**
 * What becomes of requests that no route answers: 404, or the default route of the service that they ask for; `either` where that
 * depends on the client, or is too much to work out; 403 where policies refuse them before any route is asked.
 */
export type Unanswered = 'not-found' | 'service' | 'either' | 'denied'

/** The same for each side of a comparison on which no route answers. */
export interface UnansweredSides {
  readonly before?: Unanswered
  readonly after?: Unanswered
}

/** Requests of one host, and what it may cost to see who has them. */
interface Asking {
  readonly gateway: string
  readonly boxes: readonly Box[]
  readonly work: Work
}

/**
 * What becomes of requests that no route of the table answers. In the mesh a VirtualService with some route for a client has the
 * virtual host, and what it does not match is 404; only where there is none the service answers (measured).
 */
export function unansweredIn(table: RouteTable | undefined, { gateway, boxes, work }: Asking): Unanswered {
  if (gateway !== 'mesh') return 'not-found'
  try {
    const owned = turns(gateway, table?.contributions ?? []).flatMap((turn) => ownedBoxes(turn, work))
    const some = boxes.some((box) => owned.some((each) => boxesMeet(box, each, work)))
    return some ? (coversAll(owned, boxes, work) ? 'not-found' : 'either') : 'service'
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return 'either'
  }
}

/** The requests of those clients who have the host from a VirtualService in its turn, whatever it does with them. */
export function ownedBoxes({ contribution, clients }: Turn, work: Work): readonly Box[] {
  return clientsBoxes(clients, work).flatMap((box) =>
    servedBoxes(contribution, work).flatMap((served) => intersectBoxes(box, served, work) ?? []),
  )
}

/** The clients to whom some route is sent; who is kept without any gets the service. */
function servedBoxes(contribution: Contribution, work: Work): readonly Box[] {
  const served = servedBy(contribution)
  return served === undefined ? [] : audienceBoxes(served, work)
}

function coversAll(owned: readonly Box[], boxes: readonly Box[], work: Work): boolean {
  const space = { universe: universeOf, work }
  const left = owned.reduce((rest, taken) => rest.flatMap((box) => subtractBox(box, taken, space)), boxes)
  return left.length === 0
}
