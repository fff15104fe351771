import { budgets } from '../../domain/budgets.ts'
import type { RouteChange } from '../../domain/diff/route-change.ts'
import { distinctTeams } from '../../domain/ownership/team.ts'
import type { EffectiveRoute } from '../../domain/routing/route-table.ts'
import { positionOf } from '../../domain/source/source-file.ts'
import {
  answersOf,
  destinationWords,
  differingFields,
  virtualServiceName,
} from '../../domain/terms/answer-words.ts'
import { type Phrase, plainOf, quoted, say, words } from '../../domain/words/phrase.ts'
import { table } from '../print/markdown.ts'
import { markdownOf } from '../print/print.ts'
import { placePhrase, wordsOfRoute } from '../sentences/place.ts'
import { matchText } from '../sentences/requests/match-text.ts'
import { requestsText } from '../sentences/requests/request-phrase.ts'
import { supplierName } from '../sentences/requests/roles.ts'
import type { View } from '../sentences/view.ts'
import type { Remark, RemarksHere } from './remarks.ts'
import type { Spot } from './spot.ts'

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

function affected(changes: readonly RouteChange[], view: View): Phrase {
  if (!view.assessment.comparison.ownership.known) return []
  const names = distinctTeams(changes.flatMap((change) => change.touched)).map(view.audience.name)
  const [only] = names
  if (names.length === 1 && only !== undefined) return say`Only ${only} is affected.`
  return words(names.length > 4 ? `${names.length} teams are affected.` : `Affected: ${names.join(', ')}.`)
}

/** What both sides answer: of equal shares of several services the shares alone. */
function bothSides({ row, changes }: Remark, view: View): readonly [today: Phrase, after: Phrase] {
  const [first] = changes
  if (first === undefined || row.services !== undefined) return [row.answers.today, row.answers.afterMerge]
  return [answerBy(first, 'before', view), answerBy(first, 'after', view)]
}

/** "`/login`: 404 today, productpage after the merge. Only login is affected." */
export function remarkSentence(remark: Remark, view: View): Phrase {
  const { changes, row } = remark
  const { phrase: requests } = requestsText(changes, view.places)
  const [today, after] = bothSides(remark, view)
  const isLongSide = (side: 'before' | 'after') =>
    row.services !== undefined || changes.slice(0, 1).some((change) => isLong(change, side, view))
  const said =
    isLongSide('before') || isLongSide('after')
      ? say`${requests}: today ${today}; after the merge ${after}.`
      : say`${requests}: ${today} today, ${after} after the merge.`
  const whom = affected(changes, view)
  return whom.length === 0 ? said : say`${said} ${whom}`
}

/** Equal for remarks that read alike but for their requests and teams. */
export function readingOf(remark: Remark, view: View): string {
  const { kind, answers } = remark.row
  if (answers.shares !== undefined) return JSON.stringify([kind, answers.shares])
  return JSON.stringify([kind, ...bothSides(remark, view).map(plainOf)])
}

function alikeWords({ spot, alike }: RemarksHere): Phrase {
  if (alike === 0) return []
  return words(
    spot.startLine === spot.line
      ? `This line and ${alike} more like it: `
      : `These lines and ${alike} more places like them: `,
  )
}

/** "`/log*` includes `/logs*`, which catalog serves today (reviews, `vs-2.yaml`, line 10)": what these very lines take from another team. One path includes no others. */
function takenHere({ spot, remarks, alike }: RemarksHere, view: View): readonly string[] {
  if (alike > 0) return []
  const taken = remarks.flatMap(({ changes }) => (changes.every(isTaken) ? [changes] : []))
  const [changes = []] = taken.filter(([change]) => isWrittenOn(spot, change?.after))
  const [change] = changes
  const there = change?.before && wordsOfRoute(change.before)
  if (change?.before === undefined || change.after === undefined || there === undefined) return []
  const { phrase } = requestsText(changes, { ...view.places, manyHosts: false })
  const match = quoted(matchText(change.after.match))
  if (plainOf(match) === plainOf(phrase) || change.after.match?.uri?.exact !== undefined) return []
  const served = say`${supplierName(change.before, view)} serves today (${destinationWords(change, 'before')}, ${placePhrase(there)})`
  return [markdownOf(say`${match} includes ${phrase}, which ${served}.`)]
}

function isTaken({ kind, certain }: RouteChange): boolean {
  return kind === 'moved' && certain
}

function isWrittenOn({ path, startLine, line }: Spot, route: EffectiveRoute | undefined): boolean {
  const range = route && wordsOfRoute(route)
  const place = range && positionOf(range)
  return place !== undefined && place.file === path && place.line >= startLine && place.line <= line
}

/** The requests of some remarks on the same lines, before and after, and whom they affect: paragraphs of Markdown. */
export function remarksText(here: RemarksHere, view: View): readonly string[] {
  return [...takenHere(here, view), ...bothSidesText(here, view)]
}

function bothSidesText(here: RemarksHere, view: View): readonly string[] {
  const { remarks } = here
  const [only, ...others] = remarks
  if (only === undefined) return []
  if (others.length === 0) return [markdownOf(say`${alikeWords(here)}${remarkSentence(only, view)}`)]
  const most = budgets.commentRows.size
  const rows = remarks.slice(0, most).flatMap(({ changes: some }) => {
    const [change] = some
    if (change === undefined) return []
    const both = [answerBy(change, 'before', view, 'table'), answerBy(change, 'after', view, 'table')]
    return [[requestsText(some, view.places).phrase, ...both].map(markdownOf)]
  })
  const rest = remarks.length > most ? [`${remarks.length - most} more: in the check.`] : []
  const whom = affected(
    remarks.flatMap(({ changes }) => changes),
    view,
  )
  return [
    table(['Requests', 'Today', 'After merge'], rows),
    ...rest,
    ...(whom.length === 0 ? [] : [markdownOf(whom)]),
  ]
}
