import { budgets } from '../../domain/budgets.ts'
import type { RouteChange } from '../../domain/diff/route-change.ts'
import { keyOfBox } from '../../domain/match/box.ts'
import { distinctTeams } from '../../domain/ownership/team.ts'
import { lastLineOf, positionOf } from '../../domain/source/source-file.ts'
import {
  answersOf,
  destinationWords,
  differingFields,
  virtualServiceName,
} from '../../domain/terms/answer-words.ts'
import { type Phrase, say, words } from '../../domain/words/phrase.ts'
import { fingerprint } from '../print/fingerprint.ts'
import { table } from '../print/markdown.ts'
import { markdownOf } from '../print/print.ts'
import { placedSentence } from '../sentences/finding-words.ts'
import { requestsText } from '../sentences/requests/request-phrase.ts'
import { supplierName } from '../sentences/requests/roles.ts'
import type { Row } from '../sentences/requests/rows.ts'
import type { View } from '../sentences/view.ts'
import { changedLinesOf, type Spot, spotOf } from './spot.ts'
import { type Diff, placedOnEdit, remedyFor, suggestionFor } from './suggestion.ts'

/** A remark on changed lines. `marker` stands hidden in the body and finds the remark again. */
export interface LineComment extends Spot {
  readonly marker: string
  readonly body: string
}

/** More comments than this are noise; the others are in the check. */
const mostComments = budgets.reviewComments.size

interface Remark {
  readonly spot: Spot
  readonly row: Row
  readonly changes: readonly RouteChange[]
}

function remarksOf(view: View, diff: Diff): readonly (readonly Remark[])[] {
  const places = { diffLines: diff.diffLines, changed: changedLinesOf(view) }
  const remarks = view.rows.flatMap((row) => {
    const placed = row.changes.flatMap((change) => {
      const spot = spotOf(change, view, places)
      return spot === undefined ? [] : [{ change, spot: placedOnEdit(spot, view, diff) }]
    })
    const bySpot = [...Map.groupBy(placed, ({ spot }) => JSON.stringify(spot)).values()]
    return bySpot.flatMap((here) => {
      const [first] = here
      return first === undefined ? [] : [{ spot: first.spot, row, changes: here.map(({ change }) => change) }]
    })
  })
  return [...Map.groupBy(remarks, ({ spot }) => JSON.stringify(spot)).values()]
}

/** Where the requests go, and by whom where that is not the same on both sides. */
function answerBy(
  change: RouteChange,
  side: 'before' | 'after',
  view: View,
  form: 'sentence' | 'table' = 'sentence',
): Phrase {
  const answers = answersOf(change)
  if (answers.gets !== undefined) return side === 'before' ? answers.today : answers.afterMerge
  const route = change[side]
  const perhaps = side === 'after' && !change.certain ? 'perhaps ' : ''
  const to = say`${perhaps}${destinationWords(change, side, 'running')}`
  if (route === undefined) return to
  const by = form === 'table' ? supplierName(route, view) : nameApart(change, side, view)
  return by === undefined ? to : say`${to}, by ${by}`
}

/** Who answers on one side, where that is somebody else than on the other. */
function nameApart(change: RouteChange, side: 'before' | 'after', view: View): string | undefined {
  const { before, after } = change
  if (before === undefined || after === undefined) return undefined
  const [route, other] = side === 'before' ? [before, after] : [after, before]
  const here = supplierName(route, view)
  if (here !== supplierName(other, view)) return here
  return before.outcome.supplier === after.outcome.supplier
    ? undefined
    : virtualServiceName(route.from.secondary ?? route.from.primary)
}

/** These fields are told by more than a few words. */
const longFields = ['headers', 'corsPolicy']

/** Whether what is said of one side is too long to stand before "today": a list, or with a name apart. */
function isLong(change: RouteChange, side: 'before' | 'after', view: View): boolean {
  if (answersOf(change).gets !== undefined) {
    const fields = differingFields(change)
    const origin = side === 'after' && change.kind === 'inherited'
    return origin || fields.length > 2 || fields.some((field) => longFields.includes(field))
  }
  const action = change[side]?.outcome.action
  if (action === undefined) return false
  const isList =
    action.kind === 'directResponse' || (action.kind === 'route' && action.destinations.length > 1)
  return isList || nameApart(change, side, view) !== undefined
}

function affected(changes: readonly RouteChange[], view: View): string {
  if (!view.assessment.comparison.ownership.known) return ''
  const names = distinctTeams(changes.flatMap((change) => change.touched)).map(view.audience.name)
  const [only] = names
  if (names.length === 1 && only !== undefined) return `Only ${markdownOf(words(only))} is affected.`
  return names.length > 4
    ? `${names.length} teams are affected.`
    : `Affected: ${markdownOf(words(names.join(', ')))}.`
}

function sentenceFor(change: RouteChange, requests: string, view: View): string {
  const [today, after] = [answerBy(change, 'before', view), answerBy(change, 'after', view)]
  const isSimple = !isLong(change, 'before', view) && !isLong(change, 'after', view)
  return isSimple
    ? `${requests}: ${markdownOf(today)} today, ${markdownOf(after)} after the merge.`
    : `${requests}: today ${markdownOf(today)}; after the merge ${markdownOf(after)}.`
}

function changesText(remarks: readonly Remark[], view: View): readonly string[] {
  const requests = (some: readonly RouteChange[]): string =>
    markdownOf(requestsText(some, view.places).phrase)
  const changes = remarks.flatMap((remark) => remark.changes)
  const [first] = changes
  if (first === undefined) return []
  const whom = affected(changes, view)
  if (remarks.length === 1) return [`${sentenceFor(first, requests(changes), view)} ${whom}`.trim()]
  const rows = remarks.slice(0, 6).flatMap(({ changes: some }) => {
    const [change] = some
    if (change === undefined) return []
    return [
      [
        requests(some),
        markdownOf(answerBy(change, 'before', view, 'table')),
        markdownOf(answerBy(change, 'after', view, 'table')),
      ],
    ]
  })
  const rest = remarks.length > 6 ? [`${remarks.length - 6} more: in the check.`] : []
  return [table(['Requests', 'Today', 'After merge'], rows), ...rest, ...(whom === '' ? [] : [whom])]
}

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
function markerOf(remarks: readonly Remark[], path: string): string {
  const requests = remarks.flatMap(({ changes }) => changes.map(keyOfRequests))
  return `<!-- firebreak:review ${fingerprint([path, ...requests.toSorted()].join('\n'))} -->`
}

/** Equal for the same requests at the same place, in whatever words they are told. */
function keyOfRequests({ mesh, gateway, host, requests }: RouteChange): string {
  return JSON.stringify([mesh, gateway, host, ...requests.boxes.map(keyOfBox).sort()])
}

function isWanted(view: View): boolean {
  const { draft, policy } = view.assessment
  const { review } = policy.comments
  if (draft || review === 'off') return false
  return review !== 'others' || view.rows.some((row) => row.others)
}

/** One comment for each place whose edit changes traffic: its requests, before and after, and whom it affects. */
export function reviewComments(view: View, diff: Diff): readonly LineComment[] {
  if (!isWanted(view)) return []
  return remarksOf(view, diff)
    .slice(0, mostComments)
    .flatMap((remarks) => {
      const [first] = remarks
      if (first === undefined) return []
      const marker = markerOf(remarks, first.spot.path)
      const text = [
        ...causes(first.spot, view, diff),
        ...changesText(remarks, view),
        ...suggestionFor(first.spot, view, diff),
      ]
      return [{ ...first.spot, marker, body: `${marker}\n${text.join('\n\n')}\n` }]
    })
}
