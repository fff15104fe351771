import { budgets } from '../../domain/budgets.ts'
import type { RouteChange } from '../../domain/diff/route-change.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import { foldedRows, type Row } from '../sentences/requests/rows.ts'
import type { View } from '../sentences/view.ts'
import { readingOf } from './remark-words.ts'
import type { Spot } from './spot.ts'

/** What is to be said of one row of the table at some lines. */
export interface Remark {
  readonly row: Row
  readonly changes: readonly RouteChange[]
}

/** Everything that is to be said at some lines, and at how many places more the same is. */
export interface RemarksHere {
  readonly spot: Spot
  readonly remarks: readonly Remark[]
  readonly alike: number
}

/** What is to be said of the changes of traffic, each at the lines that cause it. */
export function remarksOf(
  view: View,
  spotOf: (change: RouteChange) => Spot | undefined,
): readonly RemarksHere[] {
  const placed = view.rows.flatMap((row) => {
    const changes = row.changes.flatMap((change) => {
      const spot = spotOf(change)
      return spot === undefined ? [] : [{ change, spot }]
    })
    return [...Map.groupBy(changes, ({ spot }) => JSON.stringify(spot)).values()].flatMap((here) => {
      const [first] = here
      return first === undefined
        ? []
        : [{ spot: first.spot, remark: { row, changes: here.map(({ change }) => change) } }]
    })
  })
  return [...Map.groupBy(placed, ({ spot }) => JSON.stringify(spot)).values()].flatMap((here) => {
    const [first] = here
    return first === undefined
      ? []
      : [{ spot: first.spot, remarks: here.map(({ remark }) => remark), alike: 0 }]
  })
}

const mostAlike = budgets.commentsAlike.size

/** Many places with one remark that reads the same are one: the first of them, with the requests of all. */
export function foldedRemarks(
  all: readonly RemarksHere[],
  view: View,
  isApart: (spot: Spot) => boolean,
): readonly RemarksHere[] {
  const groups = Map.groupBy(all, (here) => keyOf(here, view, isApart))
  return [...groups.values()].flatMap((group) => (group.length > mostAlike ? folded(group, view) : group))
}

function keyOf(here: RemarksHere, view: View, isApart: (spot: Spot) => boolean): string {
  const [only, ...others] = here.remarks
  const isOwn = only === undefined || others.length > 0 || isApart(here.spot)
  return isOwn ? JSON.stringify(here.spot) : readingOf(only, view)
}

function folded(group: readonly RemarksHere[], view: View): readonly RemarksHere[] {
  const sorted = group.toSorted(
    (a, b) => compareTexts(a.spot.path, b.spot.path) || a.spot.startLine - b.spot.startLine,
  )
  const [first] = sorted
  const remarks = sorted.flatMap((here) => here.remarks)
  const [row] = foldedRows(distinctRows(remarks), view)
  if (first === undefined || row === undefined) return group
  const changes = remarks.flatMap((remark) => remark.changes)
  return [{ spot: first.spot, remarks: [{ row, changes }], alike: sorted.length - 1 }]
}

function distinctRows(remarks: readonly Remark[]): readonly Row[] {
  return [...new Set(remarks.map(({ row }) => row))]
}
