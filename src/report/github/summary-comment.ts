import { budgets } from '../../domain/budgets.ts'
import { uniteDoubts } from '../../domain/doubt.ts'
import type { Team } from '../../domain/ownership/team.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { listed, plainOf, quoted, say } from '../../domain/words/phrase.ts'
import { withinBudget, withinLimit } from '../print/budget.ts'
import { code, fenced, fold } from '../print/markdown.ts'
import { markdownOf, paragraph } from '../print/print.ts'
import { type IsRequested, toMerge, toMergeLabel } from '../sentences/consent/consent-words.ts'
import { dismissalPhrase, isSilenced } from '../sentences/consent/dismissal-words.ts'
import { overridePhrase } from '../sentences/consent/override-words.ts'
import { doubtMarkdown } from '../sentences/doubt-phrases.ts'
import { groupsOf } from '../sentences/finding-groups.ts'
import { placedSentence, sentencePhrase } from '../sentences/finding-words.ts'
import { nobodyAsked, ownershipParagraphs } from '../sentences/judge/ownership-words.ts'
import { settingParagraphs } from '../sentences/judge/setting-words.ts'
import { placePhrase } from '../sentences/place.ts'
import { leaveOutParagraphs, toFix, whyNoSecondDelegate } from '../sentences/remedies/to-fix.ts'
import { commentTable } from '../sentences/requests/change-table.ts'
import { whyPhrase } from '../sentences/requests/explanation.ts'
import { nothingElse, ownValue, timeoutNote } from '../sentences/requests/from-primary.ts'
import { rewrittenPhrase } from '../sentences/rewritten-words.ts'
import { differingTables } from '../sentences/tables/table-pairs.ts'
import { verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { chosenTitle, type Title, titleSentence } from '../title/title.ts'
import { graphFold, tryFold } from './proof-folds.ts'
import { teamFolds } from './team-folds.ts'

/** The first line of the one comment, by which it is found again. */
export const summaryMarker = '<!-- firebreak:summary -->'

const longestComment = budgets.comment.size

function findingParagraph(finding: Finding, title: Title): string {
  const notes = finding.because.slice(0, 2).map(placedSentence).map(markdownOf)
  const isSaid = title.body?.says === finding.clause
  const place = finding.range === undefined ? [] : [markdownOf(say`In ${placePhrase(finding.range)}.`)]
  return [...(isSaid ? place : [markdownOf(placedSentence(finding))]), ...notes].join(' ')
}

/** What is wrong, but for what the first line has said already. */
export function faults(view: View): readonly string[] {
  const { blocking, obstructions } = view.assessment.decision
  // A title tells what is wrong with settings, and has no room for what follows from that.
  const others = obstructions.filter(({ kind }, at) => at > 0 || kind === 'configuration')
  const said = new Set(obstructions.map(({ clause }) => clause))
  const findings = blocking.filter(({ clause }) => !said.has(clause))
  const title = chosenTitle(view)
  const kinds = groupsOf(findings).map(({ shown, more }) => ({ shown, count: shown.length + more }))
  const told = kinds.slice(0, 2).flatMap(({ shown, count }) => {
    const some = shown.slice(0, kinds.length === 1 ? 2 : 1)
    const left = count - some.length
    const paragraphs = some.map((finding) => findingParagraph(finding, title))
    return left === 0
      ? paragraphs
      : [...paragraphs, `... and ${left} more of this kind: in the check, with file and line.`]
  })
  const unsaid = kinds.slice(2).reduce((sum, { count }) => sum + count, 0)
  const rest = others.length - Math.min(3, others.length) + unsaid
  return [
    ...others.slice(0, 3).map((each) => markdownOf(sentencePhrase(each))),
    ...told,
    ...(rest > 0 ? [`${rest} more: in the check, with file and line.`] : []),
  ]
}

/** Who has to agree, and who has; nothing where nobody has to. */
export function merging(view: View, isRequested: IsRequested): readonly string[] {
  const wanted = toMerge(view, isRequested)
  return wanted === undefined || verdictOf(view.assessment).kind === 'overridden'
    ? []
    : [`**${toMergeLabel(view)}** ${markdownOf(wanted)}`]
}

/** Why some of it is not certain, and what would settle that. */
function notKnown({ rows }: View): readonly string[] {
  const doubts = uniteDoubts(rows.flatMap((row) => row.doubts))
  const rest = doubts.length - budgets.doubts.size
  return [
    ...doubts.slice(0, budgets.doubts.size).map((each) => `**Not certain:** ${doubtMarkdown(each)}`),
    ...(rest > 0 ? [`${rest} more that is not known: in the check.`] : []),
  ]
}

const mostTables = budgets.commentTables.size

function whyFold(view: View): readonly string[] {
  const tables = differingTables(view.assessment)
  const reasons = [...whyNoSecondDelegate(view), ...rulesBroken(view)]
  if (tables.length + reasons.length === 0) return []
  const why = whyPhrase(view)
  const blocks = tables.slice(0, mostTables).map(({ name, lines }) =>
    fenced(
      'diff',
      withinBudget(
        [`  ${plainOf(name)}`, ...lines.map(({ text: line }) => line)],
        budgets.commentTable.size,
        (left) => `  (${left} more lines: in the check)`,
      ),
    ),
  )
  const rest =
    tables.length > mostTables ? [`${tables.length - mostTables} more tables differ: in the check.`] : []
  const order = why === undefined ? [] : [markdownOf(why)]
  return [fold('Why', [...order, ...blocks, ...rest, ...reasons].join('\n\n'))]
}

/** That a field of the primary is all that changes, and who can set another value. */
function fromPrimary(view: View): readonly string[] {
  const own = ownValue(view)
  if (own === undefined) return []
  const [isAsked, set] = own
  return [
    isAsked
      ? `**If your team needs another value:** ${markdownOf(set)} and merge that first; your own value always wins.`
      : `No approval is needed: in this repository fields of the primary may be set for everybody. **If your team needs another value**, ${markdownOf(set)}; your own value always wins.`,
  ]
}

/** The rules that keep it from being merged, and where their pages are. */
function rulesBroken({ assessment }: View): readonly string[] {
  const rules = [...new Set(assessment.decision.blocking.map((finding) => finding.rule))]
  const [rule] = rules
  if (rule === undefined) return []
  const names = markdownOf(listed(rules.map(quoted)))
  return [
    `${rules.length === 1 ? 'Rule' : 'Rules'} ${names}: ${code(`firebreak rules ${rule}`)} prints the page.`,
  ]
}

/** Whether nobody but the author's own team has anything to learn from more than a line. */
function isOwnAffair(view: View): boolean {
  const { ownership } = view.assessment.comparison
  return (
    ownership.known && view.rows.length > 0 && !isWrong(view) && !isSilenced(view) && !reachesOthers(view)
  )
}

/** The one comment of a pull request: the verdict first, one table, who has to do what, the proof folded. */
export function summaryComment(view: View, isRequested: IsRequested): string {
  if (isOwnAffair(view)) return quietComment(view)
  const table = commentTable(view)
  const parts = [
    `${summaryMarker}\n**${markdownOf(titleSentence(view))}**`,
    ...paragraph(overridePhrase(view)),
    ...faults(view),
    ...(table === undefined ? [] : [table]),
    ...paragraph(nothingElse(view)),
    ...paragraph(rewrittenPhrase(view)),
    ...nobodyAsked(view),
    ...ownershipParagraphs(view),
    ...settingParagraphs(view),
    ...toFix(view),
    ...merging(view, isRequested),
    ...paragraph(dismissalPhrase(view)),
    ...leaveOutParagraphs(view),
    ...fromPrimary(view),
    ...paragraph(timeoutNote(view)),
    ...notKnown(view),
    ...teamFolds(view),
    ...whyFold(view),
    ...tryFold(view),
    ...graphFold(view),
  ]
  return withinLimit(`${parts.join('\n\n')}\n`, longestComment)
}

/** The one line that an older comment comes down to when there is nothing more to say. */
export function quietComment(view: View): string {
  return `${summaryMarker}\n**${markdownOf(titleSentence(view))}**\n`
}

/** Who has agreed after looking at the change of a file of their own knows what a comment could tell. */
function knows(team: Team, { assessment }: View): boolean {
  return assessment.decision.requirements.some(
    (requirement) =>
      requirement.team.key === team.key &&
      requirement.satisfiedBy !== undefined &&
      requirement.because.some((reason) => reason.kind === 'resource'),
  )
}

/** Whether the change reaches a team that neither made it nor saw it in a file of its own. */
function reachesOthers(view: View): boolean {
  const { changes, ownership } = view.assessment.comparison
  if (!ownership.known)
    return changes.some(({ kind, spill }) => spill || ['dropped', 'denied', 'reassigned'].includes(kind))
  const others = changes.flatMap((change) => change.touched).filter((team) => !view.audience.isAuthors(team))
  return others.some((team) => !knows(team, view))
}

/** Whether something is wrong: whatever keeps the pull request from being merged, or did until it was set aside. */
export function isWrong({ assessment }: View): boolean {
  const { conclusion, obstructions, blocking } = assessment.decision
  return (
    conclusion !== 'success' ||
    obstructions.length > 0 ||
    blocking.length > 0 ||
    ['waiting', 'overridden'].includes(verdictOf(assessment).kind)
  )
}

/** Whether the repository wants a comment for what happened; nobody is told anything about a draft. */
export function wantsComment(view: View): boolean {
  const { draft, policy, touched } = view.assessment
  if (draft) return false
  switch (policy.comments.summary) {
    case 'off':
      return false
    case 'always':
      return touched.relevantPaths.length > 0
    case 'changes':
      return isWrong(view) || isSilenced(view) || view.rows.length > 0
    case 'others':
      return isWrong(view) || isSilenced(view) || reachesOthers(view)
  }
}
