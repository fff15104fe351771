import type { Finding } from '../../domain/rules/rule.ts'
import { writtenLines } from '../../domain/ways-out/edit.ts'
import type { WayOut } from '../../domain/ways-out/way-out.ts'
import { capitalised, listed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { visible } from '../../domain/words/visible.ts'
import { fenced } from '../print/markdown.ts'
import { markdownOf } from '../print/print.ts'
import { leavingOut, remediesOf, unblockingWays, waysFor } from '../sentences/remedies/to-fix.ts'
import { besides, leftPhrase, stayingRequests, wayOutWords } from '../sentences/remedies/way-out-words.ts'
import type { ReportContext } from '../sentences/report-context.ts'
import { matchText } from '../sentences/requests/match-text.ts'
import type { View } from '../sentences/view.ts'
import type { Spot } from './spot.ts'
import { wantsComment } from './summary-comment.ts'

/** What is known of the diff that the comments stand on. */
export type Diff = Pick<ReportContext, 'diffLines' | 'baseBranch' | 'asPushed'>

/**
 * Whether GitHub would make of a suggestion exactly what was tried out: the comment stands on the lines of the edit and
 * on no other, they are the same lines on the branch as after the merge, nothing in them is written otherwise here, and
 * nobody else is affected.
 */
function isSuggestible(
  { edit, others }: WayOut,
  { path, startLine, line }: Spot,
  { asPushed }: Diff,
): boolean {
  return (
    edit.file.path === path &&
    asPushed?.has(path) === true &&
    edit.first === startLine &&
    edit.last === line &&
    others.length === 0 &&
    writtenLines(edit).every((each) => visible(each) === each)
  )
}

/**
 * The lines to comment on: those that a way edits, where they and the lines that the changes are due to have one in common
 * and the diff shows them in one hunk, so that GitHub can offer just that edit.
 */
export function placedOnEdit(spot: Spot, view: View, { diffLines, asPushed }: Diff): Spot {
  const { path, startLine, line } = spot
  if (asPushed?.has(path) !== true) return spot
  const hunks = diffLines.get(path) ?? []
  const way = [...unblockingWays(view), ...leavingOut(view)].find(
    ({ step, edit: { file, first, last } }) =>
      (step.kind === 'take-out' || step.kind === 'write') &&
      file.path === path &&
      first <= line &&
      startLine <= last &&
      hunks.some(([start, end]) => start <= first && last <= end),
  )
  return way === undefined ? spot : { path, startLine: way.edit.first, line: way.edit.last }
}

function countedLines({ first, last }: WayOut['edit']): string {
  const count = last - first + 1
  if (count === 1) return 'the line'
  return count === 2 ? 'the two lines' : `the ${count} lines`
}

/** What the suggestion does, so that nobody takes it who wants something else. */
function introduction(way: WayOut, view: View, baseBranch: string): Phrase {
  const { step, edit, changes, leavesOut, resolves, takesAll } = way
  if (step.kind === 'write' && resolves.length === 0 && leavesOut.length > 0) {
    const staying = stayingRequests(way, view)
    const leaves = staying === undefined ? [] : say` and leaves ${staying.phrase} alone`
    const meant = takesAll === true && step.prefix !== undefined
    const checked = words(" (checked: no other team's requests change)")
    return meant
      ? say`If you meant everything that starts with ${quoted(step.prefix ?? '')}, this does it${leaves}${checked}${besides(way, view)}:`
      : say`This keeps the match narrower${leaves}${checked}; what is left: ${leftPhrase(way, view)}.`
  }
  const how =
    step.kind === 'take-out'
      ? `Without ${countedLines(edit)}`
      : step.kind === 'move'
        ? `In the order of ${baseBranch}`
        : `With the path that ${baseBranch} has here`
  if (changes.length === 0)
    return say`${how} everything stays as it is${step.kind === 'write' ? '' : ` on ${baseBranch}`}:`
  return resolves.length === 0
    ? say`${how} no other team's requests change; what is left: ${leftPhrase(way, view)}.`
    : say`${how} only this changes: ${leftPhrase(way, view)}.`
}

/** Where else to look for those who want to keep what the suggestion takes away. */
function otherWay(view: View): readonly string[] {
  const ways = unblockingWays(view)
  const at = ways.findIndex(({ step }) => step.kind === 'give')
  const way = ways[at]
  if (way?.step.kind !== 'give' || ways.length < 2 || remediesOf(view).how !== 'any') return []
  const paths = listed(way.step.matches.map(({ uri }) => quoted(matchText(uri && { uri }))))
  const place = wantsComment(view) ? 'summary' : 'check'
  const which = ['first', 'second', 'third'][at] ?? 'other'
  return [markdownOf(say`To keep ${paths}, see the ${which} way in the ${place}.`)]
}

/** The ways that a comment on these lines is about: those that edit them and nothing else. */
export function suggestionFor(spot: Spot, view: View, diff: Diff): readonly string[] {
  const ways = [...unblockingWays(view), ...leavingOut(view)]
  const way = ways.find((each) => isSuggestible(each, spot, diff))
  if (way === undefined) return []
  const block = fenced('suggestion', writtenLines(way.edit))
  return [
    `${markdownOf(introduction(way, view, diff.baseBranch))}\n\n${block}`,
    ...(way.resolves.length > 0 ? otherWay(view) : []),
  ]
}

/** What to do about a finding where the comment suggests nothing: what was tried out, else what the rule says. */
export function remedyFor(
  finding: Finding,
  { spot, view, diff }: { readonly spot: Spot; readonly view: View; readonly diff: Diff },
): Phrase {
  const ways = waysFor(finding, view)
  if (ways.some((way) => isSuggestible(way, spot, diff))) return []
  const way = ways.find(({ step }) => step.kind !== 'give')
  if (way === undefined) return finding.todo === undefined ? [] : say` ${ended(finding.todo)}`
  const { todo, outcome } = wayOutWords(way, view)
  return say` ${capitalised(todo)} ${outcome}`
}
