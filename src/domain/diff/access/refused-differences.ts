import type { DeniedSpace } from '../../access/denied-requests.ts'
import { doubt, uniteDoubts } from '../../doubt.ts'
import { BudgetExceeded, unmetered } from '../../language/string-set.ts'
import { isWildcard } from '../../manifest/names.ts'
import { type Box, intersectBoxes } from '../../match/box.ts'
import { arrivingUniverse, isOpaque } from '../../match/dimensions.ts'
import { subtractRequests } from '../../match/request-set.ts'
import { compareTables } from '../tables/compare-tables.ts'
import { doubtsOfBoxes } from '../tables/doubts-of-boxes.ts'
import { mayShare } from '../tables/may-meet.ts'
import type { TableContext, TableDifference, TableSide } from '../tables/table-difference.ts'
import {
  admitsAll,
  changedAccess,
  type RefusedPart,
  type SideAccess,
  surelyRefused,
} from './changed-access.ts'

/**
 * What differs for the requests of one host, policies included: they refuse before any route is asked. Where a side surely refuses, no route
 * of it answers; what one side alone refuses ends otherwise although its route may be the same. Nobody loses what nobody answered.
 */
export function refusedDifferences(
  [base, merged]: readonly [base: TableSide, merged: TableSide],
  { access, host }: { readonly access: SideAccess; readonly host: string },
  context: TableContext,
): readonly TableDifference[] {
  const found = compareTables(base, merged, context)
  const isSame = access.base.key === access.merged.key
  if (admitsAll(access) || (isSame && found.length === 0)) return found
  const space = isWildcard(host) ? context : { ...context, host }
  const changed = changedAccess(access, space)
  return [
    ...letIn(found, access, space),
    ...refusedAfter(changed.newly, [base, merged], context),
    ...refusedBefore(changed.formerly, [base, merged], context),
  ]
}

/** What neither side refuses for sure; over the budget all of it. */
function letIn(
  found: readonly TableDifference[],
  access: SideAccess,
  space: DeniedSpace,
): readonly TableDifference[] {
  if (found.length === 0) return []
  const refused = surelyRefused(access, space)
  return found.flatMap((difference) => {
    try {
      const requests = subtractRequests(difference.requests, { boxes: refused }, space)
      return requests.boxes.length === 0 ? [] : [{ ...difference, requests }]
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error
      return [difference]
    }
  })
}

type Sides = readonly [base: TableSide, merged: TableSide]

/** Whoever answered before the merge loses them. */
function refusedAfter(parts: readonly RefusedPart[], [base, merged]: Sides, context: TableContext) {
  if (parts.length === 0) return []
  const answered = compareTables(base, { table: undefined, scope: merged.scope }, onItsOwn(context))
  return parts.flatMap((part) =>
    answered.flatMap((each) =>
      among(each, part, context).map((own) => ({ ...own, refused: { after: reasonOf(part) } })),
    ),
  )
}

/** Whoever answers after the merge gains them. */
function refusedBefore(parts: readonly RefusedPart[], [base, merged]: Sides, context: TableContext) {
  if (parts.length === 0) return []
  const answered = compareTables({ table: undefined, scope: base.scope }, merged, onItsOwn(context))
  return parts.flatMap((part) =>
    answered.flatMap((each) =>
      among(each, part, context).map((own) => ({ ...own, refused: { before: reasonOf(part) } })),
    ),
  )
}

function reasonOf({ reason, by }: RefusedPart) {
  return { reason, by }
}

function onItsOwn(context: TableContext): TableContext {
  return { ...context, newTerms: false }
}

/** Those of the requests that are in a part, what is certain apart from what is not; over the budget any of them may be. */
function among(
  difference: TableDifference,
  part: RefusedPart,
  context: TableContext,
): readonly TableDifference[] {
  try {
    const boxes = difference.requests.boxes.flatMap((box) =>
      part.boxes.flatMap((own) => intersectBoxes(box, own, context.work) ?? []),
    )
    return divided(boxes.filter(arriving(context)), difference, part)
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    const why = doubt({ code: 'too-much-to-compare', budget: error.budget })
    return [{ ...difference, doubts: uniteDoubts([...difference.doubts, why]) }]
  }
}

function divided(
  boxes: readonly Box[],
  difference: TableDifference,
  { doubts }: RefusedPart,
): readonly TableDifference[] {
  const isHeld = (box: Box) =>
    [...box.keys()].some((dimension) => isOpaque(dimension) && doubts.has(dimension))
  const { held = [], clear = [] } = Object.groupBy(boxes, (box) => (isHeld(box) ? 'held' : 'clear'))
  const doubtsOf = doubtsOfBoxes([{ doubts }])
  const own = held.map((box) => new Map([...box].filter(([dimension]) => doubts.has(dimension))))
  return [
    { ...difference, requests: { boxes: clear } },
    {
      ...difference,
      requests: { boxes: held },
      doubts: uniteDoubts([...difference.doubts, ...doubtsOf(own)]),
    },
  ].filter(({ requests }) => requests.boxes.length > 0)
}

function arriving({ options }: TableContext): (box: Box) => boolean {
  const { present } = arrivingUniverse(options.pathNormalization)('path')
  return (box) => {
    const path = box.get('path')
    return path === undefined || mayShare(path.present, present, unmetered)
  }
}
