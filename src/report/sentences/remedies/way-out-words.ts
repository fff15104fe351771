import { budgets } from '../../../domain/budgets.ts'
import { supplierOf } from '../../../domain/routing/route-table.ts'
import { type Lines, writtenLines } from '../../../domain/ways-out/edit.ts'
import type { WayOut } from '../../../domain/ways-out/way-out.ts'
import { joined, listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { headlinesOf } from '../requests/headline.ts'
import { matchText } from '../requests/match-text.ts'
import { type RequestsText, requestsText } from '../requests/request-phrase.ts'
import { haveCommonRequests, isLoss } from '../requests/requests-lost.ts'
import { supplierName } from '../requests/roles.ts'
import { rowsOf } from '../requests/rows.ts'
import { openRequirements } from '../verdict.ts'
import type { View } from '../view.ts'

/** What to do, in a sentence of its own; what to write where that takes lines; and what happens then. */
export interface WayOutWords {
  readonly todo: Phrase
  readonly lines: readonly string[]
  readonly outcome: Phrase
}

/** "line 13", "lines 13 and 14", "lines 13 to 20". */
function linesPhrase({ first, last }: Lines): string {
  if (first === last) return `line ${first}`
  return last === first + 1 ? `lines ${first} and ${last}` : `lines ${first} to ${last}`
}

/** A way out in words. */
export function wayOutWords(way: WayOut, view: View): WayOutWords {
  return {
    todo: todoPhrase(way, view),
    lines: way.step.kind === 'give' ? writtenLines(way.edit) : [],
    outcome: outcomePhrase(way, view),
  }
}

function todoPhrase({ step, edit }: WayOut, { assessment, audience }: View): Phrase {
  const file = quoted(edit.file.path)
  switch (step.kind) {
    case 'take-out':
      return say`take ${linesPhrase(edit)} out of ${file}.`
    case 'write':
      return say`write ${quoted(step.to)} instead of ${quoted(step.from)} in ${file}, line ${edit.first}.`
    case 'move':
      return say`in ${file}, move the entry of ${linesPhrase(step.entry)} ${step.where} line ${step.line}.`
    case 'give': {
      const { ownership } = assessment.comparison
      const to = ownership.known ? words(audience.name(ownership.teamOf(step.to))) : quoted(step.to.name)
      return say`have ${givenPaths(step.matches)} given to ${to} too: in ${file}, after line ${edit.last}, add to the same match list`
    }
  }
}

function givenPaths(matches: Extract<WayOut['step'], { kind: 'give' }>['matches']): Phrase {
  return listed(matches.map(({ uri }) => quoted(matchText(uri && { uri }))))
}

/** What is left of the pull request then, and who has to agree who would not have to without. */
function outcomePhrase(way: WayOut, view: View): Phrase {
  const { step, changes, leavesOut, resolves } = way
  if (changes.length === 0) return nothingPhrase(way, view)
  if (resolves.length === 0 && leavesOut.length > 0) return stayingPhrase(way, view)
  const kept = step.kind === 'give' ? keptPhrase(way, view) : []
  return say`Then ${leftPhrase(way, view)}${kept}.${newApprovals(way, view)}`
}

function nothingPhrase({ requirements, remaining }: WayOut, { assessment }: View): Phrase {
  if (remaining.length > 0) return words('No request changes then.')
  const isFree = requirements.length === 0 && openRequirements(assessment).length > 0
  return words(
    isFree ? 'Then nothing changes for anybody, and no team has to approve.' : 'Nothing changes then.',
  )
}

const mostLeft = budgets.changesLeft.size

/** What changes all the same, as a clause. What requests lose is never left out. */
export function leftPhrase({ changes }: Pick<WayOut, 'changes'>, view: View): Phrase {
  const comparison = { ...view.assessment.comparison, changes }
  const context = { ...view, assessment: { ...view.assessment, comparison } }
  const rows = rowsOf(context)
  const { lost = [], other = [] } = Object.groupBy(rows, (row) => (isLoss(row) ? 'lost' : 'other'))
  const shown = [...lost, ...other]
    .slice(0, Math.max(mostLeft, lost.length))
    .map((row) => headlinesOf(row, 'does', context)[0] ?? row.requests)
  const rest = rows.length - shown.length
  return say`${joined(shown, '; ')}${rest > 0 ? `; and ${rest} more of what is proposed stays` : ''}`
}

/** "; `/login` and `/logout` stay as they are": what the way saves. */
function keptPhrase({ changes }: WayOut, { assessment, places }: View): Phrase {
  const lost = assessment.comparison.changes.filter(isLoss)
  if (lost.length === 0 || lost.some((each) => changes.some((other) => haveCommonRequests(each, other))))
    return []
  const { phrase, paths } = requestsText(lost, places)
  return say`; ${phrase} ${paths === 1 ? 'stays as it is' : 'stay as they are'}`
}

/** " `bookinfo/mesh-admins` must approve that." */
function newApprovals({ requirements }: WayOut, { assessment, audience }: View): Phrase {
  const asked = new Set(assessment.decision.requirements.map(({ team }) => team.key))
  const added = requirements.filter(({ team }) => !asked.has(team.key) && !audience.isAuthors(team))
  if (added.length === 0) return []
  return say` ${listed(added.map(({ team }) => audience.handle(team)))} must approve that.`
}

/** The requests that stay with the teams that are left out, if any are theirs. */
export function stayingRequests(
  { leavesOut }: WayOut,
  { assessment, places }: View,
): RequestsText | undefined {
  const { changes, ownership } = assessment.comparison
  const keys = new Set(leavesOut.map(({ key }) => key))
  const theirs = changes.filter(
    ({ before }) => before !== undefined && keys.has(ownership.teamOf(supplierOf(before)).key),
  )
  return theirs.length === 0 ? undefined : requestsText(theirs, places)
}

/** "`/logs*` then stays with catalog; everything that starts with `/login` goes to login." */
function stayingPhrase(way: WayOut, view: View): Phrase {
  const requests = stayingRequests(way, view)
  const teams = listed(way.leavesOut.map((team) => words(view.audience.name(team))))
  const verb = requests?.paths === 1 ? 'stays' : 'stay'
  const stays = requests === undefined ? [] : say`${requests.phrase} then ${verb} with ${teams}; `
  const everything = everythingPhrase(way, view)
  return say`${stays}${everything === undefined ? leftPhrase(way, view) : say`${everything}${besides(way, view)}`}.`
}

/** What else changes than what goes to where the edit is. */
export function besides(way: WayOut, view: View): Phrase {
  const { path } = way.edit.file
  const changes = way.changes.filter(
    ({ after }) => after === undefined || supplierOf(after).file.path !== path,
  )
  return changes.length === 0 ? [] : say`; ${leftPhrase({ changes }, view)}`
}

function everythingPhrase({ step, edit, takesAll, changes }: WayOut, view: View): Phrase | undefined {
  const answers = changes.flatMap(({ after }) => after ?? [])
  const after = answers.find((route) => supplierOf(route).file.path === edit.file.path)
  if (step.kind !== 'write' || step.prefix === undefined || !takesAll || after === undefined) return undefined
  return say`everything that starts with ${quoted(step.prefix)} goes to ${supplierName(after, view)}`
}
