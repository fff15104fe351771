import type { ChangeKind, RouteChange } from '../../../domain/diff/route-change.ts'
import { type Doubt, uniteDoubts } from '../../../domain/doubt.ts'
import type { RequestSet } from '../../../domain/match/request-set.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { type Answers, answersOf } from '../../../domain/terms/answer-words.ts'
import { listed, type Phrase, plainOf, say, words } from '../../../domain/words/phrase.ts'
import { openRequirements } from '../verdict.ts'
import type { Audience } from './audience.ts'
import { type Places, placesOf, requestsText } from './request-phrase.ts'
import { supplierName, whoIsAffected } from './roles.ts'

/** One row of the table: changes that read the same but for their requests. */
export interface Row {
  readonly changes: readonly RouteChange[]
  readonly kind: ChangeKind
  /** Why not all of it is certain. */
  readonly doubts: readonly Doubt[]
  readonly who: Phrase
  readonly requests: Phrase
  readonly paths: number
  readonly answers: Answers
  /** How many services, where it is about several. */
  readonly services?: number
  /** Whether a team that the author does not belong to has a say in it. */
  readonly others: boolean
  /** Who approved before any of this was listed. */
  readonly newSince?: string
  /** Those of its requests that were not listed by then, where the others were. */
  readonly newOnes?: { readonly changes: readonly RouteChange[]; readonly requests: Phrase }
}

/** What a row needs to know besides its changes. */
export interface RowContext {
  readonly assessment: Assessment
  readonly audience: Audience
  readonly places: Places
  /** The changes that were listed only after an approval, and whose approval that is. */
  readonly fresh: ReadonlyMap<RouteChange, Fresh>
}

/** Whose approval a change was listed after, and which of its requests were, if not all. */
interface Fresh {
  readonly by: string
  readonly part?: RequestSet
}

const gravity: readonly ChangeKind[] = [
  'dropped',
  'denied',
  'moved',
  'reassigned',
  'opened',
  'admitted',
  'changed',
  'inherited',
  'reclaimed',
]

function touchesOthers(change: RouteChange, audience: Audience): boolean {
  return change.touched.some((team) => !audience.isAuthors(team))
}

function rowOf(changes: readonly RouteChange[], context: RowContext, who?: Phrase): Row {
  const [first] = changes
  if (first === undefined) throw new Error('A row needs a change')
  const { phrase, paths } = requestsText(changes, context.places)
  const newSince = context.fresh.get(first)?.by
  const newOnes = newOnesOf(changes, context)
  return {
    changes,
    kind: first.kind,
    doubts: uniteDoubts(changes.flatMap(({ doubts }) => doubts)),
    who: who ?? whoIsAffected(first, context, paths > 1 ? 'them' : 'it'),
    requests: phrase,
    paths,
    answers: answersOf(first),
    others: changes.some((change) => touchesOthers(change, context.audience)),
    ...(newSince !== undefined && { newSince }),
    ...(newOnes && { newOnes }),
  }
}

function newOnesOf(changes: readonly RouteChange[], { fresh, places }: RowContext): Row['newOnes'] {
  if (changes.every((change) => fresh.get(change)?.part === undefined)) return undefined
  const parts = changes.map((change) => ({ ...change, requests: fresh.get(change)?.part ?? change.requests }))
  return { changes: parts, requests: requestsText(parts, places).phrase }
}

function answerKey(change: RouteChange): string {
  const { today, afterMerge } = answersOf(change)
  return JSON.stringify([change.kind, plainOf(today), plainOf(afterMerge)])
}

/** What a service that nobody here is known to own no longer answers is lost by others, too. */
function isForOthers({ others, kind, changes }: Row): boolean {
  return (
    others || (kind === 'dropped' && changes.every(({ touched, certain }) => certain && touched.length === 0))
  )
}

function compareRows(a: Row, b: Row): number {
  return Number(isForOthers(b)) - Number(isForOthers(a)) || gravity.indexOf(a.kind) - gravity.indexOf(b.kind)
}

/** The requests, marked where a team that has approved has not seen them, or some of them. */
export function markedRequests({ requests, newSince, newOnes }: Row): Phrase {
  if (newSince === undefined) return requests
  const which = newOnes === undefined ? [] : say`${newOnes.requests} `
  return say`${requests} (${which}new since ${newSince}'s approval)`
}

/** The context of all rows of an assessment. */
export function rowContext(assessment: Assessment, audience: Audience): RowContext {
  return {
    assessment,
    audience,
    places: placesOf(assessment.comparison.changes),
    fresh: freshChanges(assessment),
  }
}

/** Who approved before a change was listed, for each change that a team had not seen when it approved. */
function freshChanges(assessment: Assessment): ReadonlyMap<RouteChange, Fresh> {
  const fresh = openRequirements(assessment).flatMap(({ since }) =>
    (since?.fresh ?? []).flatMap(({ change }) => {
      if (change === undefined || since === undefined) return []
      const part = since.parts.get(change)
      return [[change, { by: since.by, ...(part && { part }) }] as const]
    }),
  )
  return new Map(fresh)
}

/** Every change in a row, equal rows folded; those of other people before the author's own, worst first. */
export function rowsOf(context: RowContext): readonly Row[] {
  const groups = Map.groupBy(context.assessment.comparison.changes, (change) =>
    JSON.stringify([
      answerKey(change),
      plainOf(whoIsAffected(change, context, 'it')),
      context.fresh.get(change)?.by,
    ]),
  )
  return [...groups.values()].map((changes) => rowOf(changes, context)).sort(compareRows)
}

/**
 * Fewer rows: those that differ only in their teams are one, with the teams counted. Where that leaves more than there is room for,
 * so are those that differ only in the service whose shares change.
 */
export function foldedRows(rows: readonly Row[], context: RowContext, most = 1): readonly Row[] {
  const folded = foldedBy(answerKey, rows, context)
  return folded.length <= most ? folded : foldedBy(sharesKey, folded, context).map(withSharesAlone)
}

/** Rows that read alike where nothing is said of today, and nothing of what whoever answers does. */
export function rowsByGist(rows: readonly Row[], context: RowContext): readonly Row[] {
  return foldedBy((change) => gistOf(change, context), foldedRows(rows, context), context)
}

function foldedBy(
  key: (change: RouteChange) => string,
  rows: readonly Row[],
  context: RowContext,
): readonly Row[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([key(row.changes[0] ?? never()), row.newSince]))
  return [...groups.values()].map((group) => {
    const [only] = group
    if (only !== undefined && group.length === 1) return only
    const changes = group.flatMap((row) => row.changes)
    return rowOf(changes, context, teamsOf(changes, context.audience))
  })
}

function sharesKey(change: RouteChange): string {
  const { shares } = answersOf(change)
  return shares === undefined ? answerKey(change) : JSON.stringify([change.kind, change.certain, shares])
}

/** Of several services the shares are told without their names. */
function withSharesAlone(row: Row): Row {
  const { shares } = row.answers
  const services = new Set(row.changes.map((change) => plainOf(answersOf(change).today))).size
  if (shares === undefined || services === 1) return row
  const { today, afterMerge } = shares
  return { ...row, services, answers: { ...row.answers, today: today.words, afterMerge: afterMerge.words } }
}

/** What is lost, taken over or newly answered is told by who has it, not by what they do with it. */
function gistOf(change: RouteChange, context: RowContext): string {
  const { kind, before, after, spill, certain, unanswered } = change
  if (kind === 'changed' || kind === 'inherited') return sharesKey(change)
  const told = kind === 'dropped' || kind === 'denied' ? [] : [before, after]
  const holders = told.map((route) => route && supplierName(route, context))
  return JSON.stringify([kind, spill, certain, holders, unanswered])
}

function never(): never {
  throw new Error('A row needs a change')
}

function teamsOf(changes: readonly RouteChange[], audience: Audience): Phrase {
  const names = [
    ...new Set(changes.flatMap((change) => [...change.touched, ...change.told]).map(audience.name)),
  ]
  return names.length > 3 ? words(`${names.length} teams`) : listed(names.map(words))
}
