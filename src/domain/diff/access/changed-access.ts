import type { DoorAccess } from '../../access/applied-policies.ts'
import { type DeniedPart, type DeniedSpace, deniedRequests } from '../../access/denied-requests.ts'
import { takenAt } from '../../access/taken-at-door.ts'
import { type Doubt, doubt } from '../../doubt.ts'
import { BudgetExceeded } from '../../language/string-set.ts'
import type { Box } from '../../match/box.ts'
import { isOpaque, isTrue } from '../../match/dimensions.ts'
import { memoized } from '../../source/memoized.ts'
import { newlyRefused } from './newly-refused.ts'

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
  if (base.key === merged.key) return { newly: [], formerly: [] }
  try {
    const [before, after] = [takenAt(base), takenAt(merged)]
    const doubts = new Map([...before.doubts, ...after.doubts])
    const doubtful = (part: DeniedPart): RefusedPart => ({ ...part, doubts })
    return {
      newly: newlyRefused(after, before, space).map(doubtful),
      formerly: newlyRefused(before, after, space).map(doubtful),
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return { newly: [notLookedInto(merged, error)], formerly: [notLookedInto(base, error)] }
  }
}

/** What some side surely refuses: there no route answers. Nothing over the budget. */
export function surelyRefused({ base, merged }: SideAccess, space: DeniedSpace): readonly Box[] {
  try {
    const sides = base.key === merged.key ? [base] : [base, merged]
    return sides.flatMap((side) => deniedRequests(side, space).boxes).filter(isClear)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return []
  }
}

function isClear(box: Box): boolean {
  return ![...box.keys()].some(isOpaque)
}

function notLookedInto({ applied }: DoorAccess, { budget }: BudgetExceeded): RefusedPart {
  const dimension = 'opaque:policies refuse them'
  return {
    reason: 'denied',
    by: policiesIn(applied),
    boxes: applied.length === 0 ? [] : [new Map([[dimension, isTrue]])],
    doubts: new Map([[dimension, doubt({ code: 'too-much-to-compare', budget })]]),
  }
}

const policiesIn = memoized((applied: DoorAccess['applied']) => applied.map(({ policy }) => policy))
