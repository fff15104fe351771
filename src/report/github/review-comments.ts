import { budgets } from '../../domain/budgets.ts'
import type { RouteChange } from '../../domain/diff/route-change.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import { lastLineOf, positionOf } from '../../domain/source/source-file.ts'
import { fingerprint } from '../print/fingerprint.ts'
import { markdownOf } from '../print/print.ts'
import { placedSentence } from '../sentences/finding-words.ts'
import { type OwnershipChange, ownershipChanges } from '../sentences/judge/ownership-changes.ts'
import { ownershipSentence } from '../sentences/judge/ownership-words.ts'
import type { View } from '../sentences/view.ts'
import { remarksText } from './remark-words.ts'
import { foldedRemarks, type RemarksHere, remarksOf } from './remarks.ts'
import { keyOfRequests } from './request-keys.ts'
import { changedLinesOf, type Spot, spotOf } from './spot.ts'
import { type Diff, placedOnEdit, remedyFor, suggestionFor } from './suggestion.ts'
import { isWrong } from './summary-comment.ts'

/** A remark on changed lines. `marker` stands hidden in the body and finds the remark again. */
export interface LineComment extends Spot {
  readonly marker: string
  readonly body: string
}

/** More comments than this are noise; the others are in the check. */
const mostComments = budgets.reviewComments.size

/** New errors on the very lines of the comment: why the requests are treated differently, and what to do about it. */
function causes(spot: Spot, view: View, diff: Diff): readonly string[] {
  const { path, startLine, line } = spot
  return view.assessment.findings
    .filter(({ status, effect, range }) => {
      if (range === undefined || status !== 'introduced' || effect !== 'block' || range.file.path !== path)
        return false
      return positionOf(range).line <= line && lastLineOf(range) >= startLine
    })
    .slice(0, 2)
    .map((finding) => {
      const { range: _, ...placeless } = finding
      return markdownOf([...placedSentence(placeless), ...remedyFor(finding, { spot, view, diff })])
    })
}

/** Stays the same as long as the comment is about the same file and requests, however the lines move. */
function markerOf({ spot: { path }, remarks }: RemarksHere): string {
  const requests = remarks.flatMap(({ changes }) => changes.map(keyOfRequests))
  return markedBy([path, ...requests.toSorted()])
}

function markedBy(parts: readonly string[]): string {
  return `<!-- firebreak:review ${fingerprint(parts.join('\n'))} -->`
}

function isWanted(view: View): boolean {
  const { draft, policy } = view.assessment
  const { review } = policy.comments
  if (draft || review === 'off') return false
  return review !== 'others' || isWrong(view) || view.rows.some((row) => row.others)
}

/** One comment for each place whose edit changes traffic: its requests, before and after, and whom it affects. */
export function reviewComments(view: View, diff: Diff): readonly LineComment[] {
  if (!isWanted(view)) return []
  const places = { diffLines: diff.diffLines, changed: changedLinesOf(view) }
  const onEdit = (change: RouteChange): Spot | undefined => {
    const spot = spotOf(change, view, places)
    return spot && placedOnEdit(spot, view, diff)
  }
  const isApart = (spot: Spot): boolean =>
    causes(spot, view, diff).length > 0 || suggestionFor(spot, view, diff).length > 0
  const onTraffic = foldedRemarks(remarksOf(view, onEdit), view, isApart)
    .slice(0, mostComments)
    .map((here) => commentOf(here, view, diff))
  return [...onTraffic, ...onOwners(view, diff)].slice(0, mostComments)
}

/** On each line of CODEOWNERS that gives VirtualServices to somebody else: which, and their requests. */
function onOwners(view: View, { diffLines }: Diff): readonly LineComment[] {
  const changes = ownershipChanges(view.assessment).filter(({ says }) => says !== undefined)
  const key = ({ says, today, afterMerge }: OwnershipChange) =>
    JSON.stringify([says?.start, today.key, afterMerge.key])
  return [...Map.groupBy(changes, key).values()].flatMap((here) => {
    const [first] = here
    if (first?.says === undefined) return []
    const { file: path, line } = positionOf(first.says)
    const isShown = (diffLines.get(path) ?? []).some(([start, end]) => line >= start && line <= end)
    if (!isShown) return []
    const what = here.map(({ resource }) => identityOf(resource)).toSorted()
    const marker = markedBy([path, first.today.key, first.afterMerge.key, ...what])
    const body = `${marker}\n${markdownOf(ownershipSentence(here, view))}\n`
    return [{ path, startLine: line, line, marker, body }]
  })
}

function commentOf(here: RemarksHere, view: View, diff: Diff): LineComment {
  const { spot } = here
  const marker = markerOf(here)
  const text = [...causes(spot, view, diff), ...remarksText(here, view), ...suggestionFor(spot, view, diff)]
  return { ...spot, marker, body: `${marker}\n${text.join('\n\n')}\n` }
}
