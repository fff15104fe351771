import type { DoorAccess } from '../../access/applied-policies.ts'
import {
  type DeniedPart,
  type DeniedRequests,
  type DeniedSpace,
  deniedRequests,
} from '../../access/denied-requests.ts'
import { type Doubt, doubt } from '../../doubt.ts'
import { BudgetExceeded } from '../../language/string-set.ts'
import type { Box, Space } from '../../match/box.ts'
import { isOpaque, isTrue } from '../../match/dimensions.ts'
import { subtractRequests } from '../../match/request-set.ts'

/** Whom policies refuse where the requests for a host arrive, on each side. */
export interface SideAccess {
  readonly base: DoorAccess
  readonly merged: DoorAccess
}

/** Requests that one side alone refuses, for one reason; the boxes do not overlap. */
export interface RefusedPart extends DeniedPart {
  readonly doubts: ReadonlyMap<string, Doubt>
}

/** What differs between those whom the sides refuse. */
export interface ChangedAccess {
  /** Surely refused on some side: there no route answers. */
  readonly refused: readonly Box[]
  /** Refused after the merge, and not before. */
  readonly newly: readonly RefusedPart[]
  /** The other way round. */
  readonly formerly: readonly RefusedPart[]
}

/** Whether nobody is refused on either side. */
export function admitsAll({ base, merged }: SideAccess): boolean {
  return base.applied.length + merged.applied.length === 0
}

/** Over the budget anything may be refused that was not. */
export function changedAccess({ base, merged }: SideAccess, space: DeniedSpace): ChangedAccess {
  try {
    const [before, after] = [deniedRequests(base, space), deniedRequests(merged, space)]
    const refused = [...before.boxes, ...after.boxes].filter(isClear)
    if (base.key === merged.key) return { refused, newly: [], formerly: [] }
    return {
      refused,
      newly: partsBeside(after, before, space),
      formerly: partsBeside(before, after, space),
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    if (base.key === merged.key) return { refused: [], newly: [], formerly: [] }
    return { refused: [], newly: [notLookedInto(merged, error)], formerly: [notLookedInto(base, error)] }
  }
}

function isClear(box: Box): boolean {
  return ![...box.keys()].some(isOpaque)
}

/** What one side refuses beside the other, each request for the first reason that there is. */
function partsBeside(own: DeniedRequests, other: DeniedRequests, space: Space): readonly RefusedPart[] {
  const taken = [...other.boxes]
  const doubts = new Map([...other.doubts, ...own.doubts])
  return own.parts.flatMap((part) => {
    const boxes = part.boxes.flatMap((box) => {
      const left = subtractRequests({ boxes: [box] }, { boxes: taken }, space).boxes
      taken.push(box)
      return left
    })
    return boxes.length === 0 ? [] : [{ ...part, boxes, doubts }]
  })
}

function notLookedInto({ applied }: DoorAccess, { budget }: BudgetExceeded): RefusedPart {
  const dimension = 'opaque:policies refuse them'
  return {
    reason: 'denied',
    by: applied.map(({ policy }) => policy),
    boxes: applied.length === 0 ? [] : [new Map([[dimension, isTrue]])],
    doubts: new Map([[dimension, doubt({ code: 'too-much-to-compare', budget })]]),
  }
}
