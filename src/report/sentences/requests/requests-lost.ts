import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { BudgetExceeded } from '../../../domain/language/string-set.ts'
import { unmetered } from '../../../domain/language/work.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import { intersectRequests, type RequestSet } from '../../../domain/match/request-set.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import type { WayOut } from '../../../domain/ways-out/way-out.ts'

/** Whether requests lose who answers them: nobody does any more, they are refused, or another team does. */
export function isLoss({ kind }: Pick<RouteChange, 'kind'>): boolean {
  return kind === 'dropped' || kind === 'denied' || kind === 'moved'
}

/** Whether some request is in both changes. Over the budget it may be. */
export function haveCommonRequests(a: RouteChange, b: RouteChange): boolean {
  return isSamePlace(a, b) && common(a.requests, a, [b]).boxes.length > 0
}

/**
 * What requests lose even when several ways are taken, each of which unblocks something else: what every one of them
 * leaves lost, as far as the ways are about the VirtualServices that answered it.
 */
export function lostAllTheSame(ways: readonly WayOut[]): readonly RouteChange[] {
  const [first = [], ...others] = ways.map(({ changes }) => changes.filter(isLoss))
  const mended = new Set(ways.flatMap(({ resolves }) => resolves.map(({ resource }) => resource)))
  return first
    .filter(({ before }) => before !== undefined && mended.has(identityOf(supplierOf(before))))
    .flatMap((change) => {
      const requests = others.reduce((left, losses) => common(left, change, losses), change.requests)
      return requests.boxes.length === 0 ? [] : [{ ...change, requests }]
    })
}

type Place = Pick<RouteChange, 'mesh' | 'gateway' | 'host'>

function isSamePlace(a: Place, b: Place): boolean {
  return a.mesh === b.mesh && a.gateway === b.gateway && a.host === b.host
}

/** The requests at a place that are in some of the changes too; all of them where that costs too much. */
function common(requests: RequestSet, place: Place, changes: readonly RouteChange[]): RequestSet {
  const boxes = changes.filter((each) => isSamePlace(each, place)).flatMap((each) => each.requests.boxes)
  try {
    return { ...requests, boxes: intersectRequests(requests, { boxes }, unmetered).boxes }
  } catch (error) {
    if (error instanceof BudgetExceeded) return requests
    throw error
  }
}
