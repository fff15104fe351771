import type { RouteChange } from '../domain/diff/route-change.ts'
import { type EffectiveRoute, supplierOf, writtenEntryOf } from '../domain/routing/route-table.ts'
import { rangeOf } from '../domain/source/located.ts'
import { lastLineOf, positionOf, type SourceRange } from '../domain/source/source-file.ts'
import { answersOf } from './answer-words.ts'
import { html, table } from './markdown.ts'
import { markdownOf, plainOf, say } from './phrase.ts'
import { wordsOfRoute } from './place.ts'
import { requestsText } from './request-phrase.ts'
import { type Row, supplierTeam } from './rows.ts'
import type { View } from './view.ts'
import { visible } from './visible.ts'

/** A remark on changed lines. `marker` stands hidden in the body and finds the remark again. */
export interface LineComment {
  readonly path: string
  readonly startLine: number
  readonly line: number
  readonly marker: string
  readonly body: string
}

/** The lines of each changed file where GitHub takes a comment, as inclusive ranges. */
export type DiffLines = ReadonlyMap<string, readonly (readonly [number, number])[]>

/** More comments than this are noise; the others are in the check. */
const mostComments = 10

interface Spot {
  readonly path: string
  readonly startLine: number
  readonly line: number
}

/** The part of a range that lies in one hunk of the diff. */
function withinDiff(range: SourceRange, diffLines: DiffLines): Spot | undefined {
  const [first, last] = [positionOf(range).line, lastLineOf(range)]
  for (const [start, end] of diffLines.get(range.file.path) ?? []) {
    if (start <= last && end >= first) {
      return { path: range.file.path, startLine: Math.max(first, start), line: Math.min(last, end) }
    }
  }
  return undefined
}

function rangesOf(route: EffectiveRoute | undefined): readonly SourceRange[] {
  if (route === undefined) return []
  const { from } = route
  const entry = from.primary.spec.http?.[from.entry]
  return [wordsOfRoute(route), rangeOf(writtenEntryOf(route)), entry && rangeOf(entry)].filter(
    (range) => range !== undefined,
  )
}

/** The entry of the merged side that still carries the route that answers no longer. */
function survivors(change: RouteChange, view: View): readonly SourceRange[] {
  const { before } = change
  if (before === undefined) return []
  const { merged } = view.assessment.comparison
  const supplier = supplierOf(before)
  const same = merged.manifests.virtualServices.find(
    (each) => each.name === supplier.name && each.namespace === supplier.namespace,
  )
  const written = before.from.secondary === undefined ? before.from.entry : before.from.secondaryEntry
  const entry = same?.spec.http?.[written ?? 0]
  const range = entry && rangeOf(entry)
  return range === undefined ? [] : [range]
}

function spotOf(change: RouteChange, view: View, diffLines: DiffLines): Spot | undefined {
  const ranges = [...rangesOf(change.after), ...survivors(change, view)]
  const changed = view.assessment.touched.files.map((file) => file.merged?.path)
  return ranges
    .filter((range) => changed.includes(range.file.path))
    .map((range) => withinDiff(range, diffLines))
    .find((spot) => spot !== undefined)
}

interface Remark {
  readonly spot: Spot
  readonly row: Row
  readonly changes: readonly RouteChange[]
}

function remarksOf(view: View, diffLines: DiffLines): readonly (readonly Remark[])[] {
  const remarks = view.rows.flatMap((row) => {
    const bySpot = Map.groupBy(row.changes, (change) =>
      JSON.stringify(spotOf(change, view, diffLines) ?? null),
    )
    return [...bySpot].flatMap(([key, changes]) => {
      const [change] = changes
      const spot = change && spotOf(change, view, diffLines)
      return key === 'null' || spot === undefined ? [] : [{ spot, row, changes }]
    })
  })
  return [...Map.groupBy(remarks, ({ spot }) => JSON.stringify(spot)).values()]
}

function answerBy(change: RouteChange, side: 'before' | 'after', view: View): string {
  const answers = answersOf(change)
  const phrase = side === 'before' ? answers.today : answers.afterMerge
  const route = change[side]
  const other = change[side === 'before' ? 'after' : 'before']
  const team = route && supplierTeam(route, view.assessment)
  const otherTeam = other && supplierTeam(other, view.assessment)
  const moved = team !== undefined && otherTeam !== undefined && team.key !== otherTeam.key
  return markdownOf(moved ? say`${phrase} (${view.audience.name(team)})` : phrase)
}

function affected(changes: readonly RouteChange[], view: View): string {
  const teams = new Map(
    changes.flatMap((change) => [...change.touched, ...change.told]).map((team) => [team.key, team]),
  )
  const names = [...teams.values()].map(view.audience.name)
  const [only] = names
  if (names.length === 1 && only !== undefined) return `Only ${markdownOf(say`${only}`)} is affected.`
  return names.length > 4
    ? `${names.length} teams are affected.`
    : `Affected: ${markdownOf(say`${names.join(', ')}`)}.`
}

function bodyOf(remarks: readonly Remark[], view: View): string {
  const changes = remarks.flatMap((remark) => remark.changes)
  const [first] = changes
  if (first === undefined) return ''
  const requests = (some: readonly RouteChange[]): string =>
    markdownOf(requestsText(some, view.places).phrase)
  if (remarks.length === 1) {
    const line = `${requests(changes)}: ${answerBy(first, 'before', view)} today, ${answerBy(first, 'after', view)} after the merge.`
    return `${line} ${affected(changes, view)}`
  }
  const rows = remarks.slice(0, 6).flatMap(({ changes: some }) => {
    const [change] = some
    return change === undefined
      ? []
      : [[requests(some), answerBy(change, 'before', view), answerBy(change, 'after', view)]]
  })
  const rest = remarks.length > 6 ? [`${remarks.length - 6} more: in the check.`] : []
  return [table(['Requests', 'Today', 'After merge'], rows), ...rest, affected(changes, view)].join('\n\n')
}

/** Stays the same as long as the comment is about the same lines' file and requests, however the lines move. */
function markerOf(remarks: readonly Remark[], path: string, view: View): string {
  const requests = remarks.map(({ changes }) => plainOf(requestsText(changes, view.places).phrase)).join('; ')
  return `<!-- firebreak:review ${html(visible(`${path} ${requests}`))
    .replaceAll('-', '&#45;')
    .slice(0, 200)} -->`
}

function isWanted(view: View): boolean {
  const { draft, policy } = view.assessment
  if (draft) return false
  const { review } = policy.comments
  if (review === 'off') return false
  return review !== 'others' || view.rows.some((row) => row.others)
}

/** One comment for each place whose edit changes traffic: its requests, before and after, and whom it affects. */
export function reviewComments(view: View, diffLines: DiffLines): readonly LineComment[] {
  if (!isWanted(view)) return []
  return remarksOf(view, diffLines)
    .slice(0, mostComments)
    .flatMap((remarks) => {
      const [first] = remarks
      if (first === undefined) return []
      const marker = markerOf(remarks, first.spot.path, view)
      return [{ ...first.spot, marker, body: `${marker}\n${bodyOf(remarks, view)}\n` }]
    })
}
