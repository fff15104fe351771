import { budgets } from '../domain/budgets.ts'
import type { RouteChange } from '../domain/diff/route-change.ts'
import { distinctTeams } from '../domain/ownership/team.ts'
import { lastLineOf, positionOf } from '../domain/source/source-file.ts'
import { answersOf, destinationWords, virtualServiceName } from '../domain/wording/answer-words.ts'
import { type Phrase, plainOf, say, words } from '../domain/words/phrase.ts'
import { placedSentence } from './finding-words.ts'
import { fingerprint } from './fingerprint.ts'
import { table } from './markdown.ts'
import { markdownOf } from './print.ts'
import { requestsText } from './request-phrase.ts'
import { supplierName } from './roles.ts'
import type { Row } from './rows.ts'
import { changedLinesOf, type Spot, spotOf } from './spot.ts'
import { type Diff, placedOnEdit, remedyFor, suggestionFor } from './suggestion.ts'
import type { View } from './view.ts'

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
  const { before, after } = change
  const answers = answersOf(change)
  if (answers.gets !== undefined) return side === 'before' ? answers.today : answers.afterMerge
  const route = change[side]
  const perhaps = side === 'after' && !change.certain ? 'perhaps ' : ''
  const to = say`${perhaps}${words(plainOf(destinationWords(change, side)).replace(': ', ' '))}`
  if (route === undefined) return to
  if (form === 'table') return say`${to}, by ${supplierName(route, view)}`
  if (before === undefined || after === undefined) return to
  const [here, there] = [supplierName(route, view), supplierName(route === before ? after : before, view)]
  if (here !== there) return say`${to}, by ${here}`
  return before.outcome.supplier === after.outcome.supplier
    ? to
    : say`${to}, by ${virtualServiceName(route.from.secondary ?? route.from.primary)}`
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
  const isSimple = [today, after].every((phrase) => !/[,:;]/.test(plainOf(phrase)))
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
function markerOf(remarks: readonly Remark[], path: string, view: View): string {
  const requests = remarks.map(({ changes }) => plainOf(requestsText(changes, view.places).phrase))
  return `<!-- firebreak:review ${fingerprint([path, ...requests].join('\n'))} -->`
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
      const marker = markerOf(remarks, first.spot.path, view)
      const text = [
        ...causes(first.spot, view, diff),
        ...changesText(remarks, view),
        ...suggestionFor(first.spot, view, diff),
      ]
      return [{ ...first.spot, marker, body: `${marker}\n${text.join('\n\n')}\n` }]
    })
}
