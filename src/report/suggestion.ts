import type { Finding } from '../domain/rules/rule.ts'
import { writtenLines } from '../domain/ways-out/edit.ts'
import type { WayOut } from '../domain/ways-out/way-out.ts'
import { adviceSentence } from './finding-words.ts'
import { fenced } from './markdown.ts'
import { matchText } from './match-text.ts'
import { capitalised, listed, markdownOf, type Phrase, quoted, say } from './phrase.ts'
import type { DiffLines, Spot } from './spot.ts'
import { wantsComment } from './summary-comment.ts'
import { leavingOut, unblockingWays, waysFor } from './to-fix.ts'
import type { View } from './view.ts'
import { visible } from './visible.ts'
import { leftPhrase, stayingRequests, wayOutWords } from './way-out-words.ts'

/**
 * Whether GitHub would make of a suggestion exactly what was tried out: the comment stands on the lines of the edit and
 * on no other, nothing in the lines is written otherwise here, and nobody else is affected.
 */
function isSuggestible({ edit, others }: WayOut, { path, startLine, line }: Spot): boolean {
  return (
    edit.file.path === path &&
    edit.first === startLine &&
    edit.last === line &&
    others.length === 0 &&
    writtenLines(edit).every((each) => visible(each) === each)
  )
}

/**
 * The lines to comment on: all those that a way takes out where the comment stands on some of them, so that GitHub can take
 * them out, if the diff shows them in one hunk.
 */
export function widened(spot: Spot, view: View, diffLines: DiffLines): Spot {
  const { path, startLine, line } = spot
  const hunks = diffLines.get(path) ?? []
  const way = [...unblockingWays(view), ...leavingOut(view)].find(
    ({ step, edit: { file, first, last } }) =>
      step.kind === 'take-out' &&
      file.path === path &&
      first <= startLine &&
      line <= last &&
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
    const does = meant
      ? say`If you meant everything that starts with ${quoted(step.prefix ?? '')}, this does it${leaves}`
      : say`This keeps the match narrower${leaves}`
    return say`${does} (checked: no other team's requests change):`
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
  if (way?.step.kind !== 'give' || ways.length < 2) return []
  const paths = listed(way.step.matches.map(({ uri }) => quoted(matchText(uri && { uri }))))
  const place = wantsComment(view) ? 'summary' : 'check'
  const which = ['first', 'second', 'third'][at] ?? 'other'
  return [markdownOf(say`To keep ${paths}, see the ${which} way in the ${place}.`)]
}

/** The ways that a comment on these lines is about: those that edit them and nothing else. */
export function suggestionFor(spot: Spot, view: View, baseBranch: string): readonly string[] {
  const ways = [...unblockingWays(view), ...leavingOut(view)]
  const way = ways.find((each) => isSuggestible(each, spot))
  if (way === undefined) return []
  const block = fenced('suggestion', writtenLines(way.edit))
  return [
    `${markdownOf(introduction(way, view, baseBranch))}\n\n${block}`,
    ...(way.resolves.length > 0 ? otherWay(view) : []),
  ]
}

/** What to do about a finding where the comment suggests nothing: what was tried out, else what the rule says. */
export function remedyFor(finding: Finding, spot: Spot, view: View): Phrase {
  const ways = waysFor(finding, view)
  if (ways.some((way) => isSuggestible(way, spot))) return []
  const way = ways.find(({ step }) => step.kind !== 'give')
  if (way === undefined) return finding.advice === undefined ? [] : say` ${adviceSentence(finding.advice)}`
  const { todo, outcome } = wayOutWords(way, view)
  return say` ${capitalised(todo)} ${outcome}`
}
