import { budgets } from '../../domain/budgets.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { words } from '../../domain/words/phrase.ts'
import { ended } from '../../domain/words/sentence.ts'
import { withinBudget, withinLimit } from '../print/budget.ts'
import { code, fenced, fold, html, tableHead, tableRow, text } from '../print/markdown.ts'
import { htmlOf, markdownOf, paragraph } from '../print/print.ts'
import { type IsRequested, otherReasons, toMerge, toMergeLabel } from '../sentences/consent/consent-words.ts'
import { dismissalPhrase } from '../sentences/consent/dismissal-words.ts'
import { overridePhrase } from '../sentences/consent/override-words.ts'
import { doubtMarkdown } from '../sentences/doubt-phrases.ts'
import { foldedLines } from '../sentences/finding-groups.ts'
import { placedSentence, sentencePhrase } from '../sentences/finding-words.ts'
import { nobodyAsked, ownershipParagraphs } from '../sentences/judge/ownership-words.ts'
import { settingParagraphs } from '../sentences/judge/setting-words.ts'
import { mergedPhrase } from '../sentences/merged-words.ts'
import { notFoundAnyMore } from '../sentences/remedies/put-right.ts'
import { excludeParagraphs, leaveOutParagraphs, toFix, unblockingWays } from '../sentences/remedies/to-fix.ts'
import type { ReportContext } from '../sentences/report-context.ts'
import { fullCells, fullHead } from '../sentences/requests/change-table.ts'
import { exampleOf, gatewayNoteFor } from '../sentences/requests/curl.ts'
import type { Row } from '../sentences/requests/rows.ts'
import { rewrittenPhrase } from '../sentences/rewritten-words.ts'
import { differingTables } from '../sentences/tables/table-pairs.ts'
import { toldAs } from '../sentences/told-findings.ts'
import { verdictOf } from '../sentences/verdict.ts'
import type { View } from '../sentences/view.ts'
import { isCut, titleSentence } from '../title/title.ts'

/** GitHub's limit for `output.summary` and `output.text` of a check run. */
const longestOutput = budgets.checkText.size

function example(row: Row): string {
  const [line] = row.changes.flatMap((change) => exampleOf(change)?.line ?? [])
  return line === undefined ? '' : code(line)
}

function rowsTable({ rows }: View): readonly string[] {
  if (rows.length === 0) return []
  const lines = rows.map((row) => tableRow(fullCells(row, example(row))))
  const shown = withinBudget(
    lines,
    budgets.checkRows.size,
    (left) => `\n${left} more rows: \`firebreak check --format json\` lists them.`,
  )
  const note = gatewayNoteFor(shown).map((each) => markdownOf(ended(each)))
  return [[...tableHead(fullHead), ...shown].join('\n'), ...note]
}

function reasonsOf(view: View): readonly string[] {
  const lines = view.assessment.decision.requirements.flatMap((requirement) => {
    const reasons = otherReasons(requirement)
    if (reasons.length === 0 || requirement.satisfiedBy?.how === 'author') return []
    const shown = reasons.slice(0, 5).map((reason) => markdownOf(reason))
    const rest = reasons.length > 5 ? [`${reasons.length - 5} more`] : []
    const when = requirement.satisfiedBy === undefined ? 'now' : 'before'
    const who = markdownOf(words(view.audience.asked(requirement.team, when)))
    return [`- ${who}: ${[...shown, ...rest].join('; ')}`]
  })
  if (lines.length === 0) return []
  const list = withinBudget(lines, budgets.askedTeams.size, (left) => `- ${left} more teams`).join('\n')
  return lines.length > mostReasons ? [fold(`Why ${lines.length} teams are asked`, list)] : [list]
}

/** More of them are folded. */
const mostReasons = budgets.commentRows.size

function obstructions({ assessment }: View): readonly string[] {
  const lines = assessment.decision.obstructions.map((each) => `- ${markdownOf(sentencePhrase(each))}`)
  return lines.length === 0
    ? []
    : [withinBudget(lines, budgets.obstructions.size, (left) => `- ${left} more`).join('\n')]
}

function findingLine(finding: Finding): string {
  const more = [
    ...finding.because.map(placedSentence),
    ...(finding.todo === undefined ? [] : [ended(finding.todo)]),
  ]
  const effect = finding.effect === 'block' && finding.status === 'introduced' ? '**blocks** ' : ''
  const rejected = finding.admission === 'rejected' ? ' Istio itself would refuse it.' : ''
  return `- ${effect}${code(finding.rule)}: ${[placedSentence(finding), ...more].map(markdownOf).join(' ')}${rejected}`
}

function findings({ assessment }: View): readonly string[] {
  const [introduced, existing] = [toldAs('introduced', assessment), toldAs('existing', assessment)]
  const list = (some: readonly Finding[], budget: number): string =>
    withinBudget(
      foldedLines(some, { line: findingLine, more: (more, rule) => `- ${code(rule)}: ${more}` }),
      budget,
      (left) => `- ${left} more: \`firebreak check --format json\` lists them`,
    ).join('\n')
  return [
    ...(introduced.length === 0
      ? []
      : [`### New with this pull request\n\n${list(introduced, budgets.introduced.size)}`]),
    ...notFoundAnyMore(assessment).map(
      ({ heading, findings: fixed }) => `### ${heading}\n\n${list(fixed, budgets.fixed.size)}`,
    ),
    ...(existing.length === 0
      ? []
      : [
          fold(
            `${existing.length} found on both sides, not counted against this pull request`,
            list(existing, budgets.existing.size),
          ),
        ]),
  ]
}

function assumptions({ assessment }: View): readonly string[] {
  const lines = assessment.assumptions.map((each) => `- ${doubtMarkdown(each).replaceAll('\n', '\n  ')}`)
  return lines.length === 0
    ? []
    : [
        fold(
          'What was taken for granted',
          withinBudget(lines, budgets.assumptions.size, (left) => `- ${left} more`).join('\n'),
        ),
      ]
}

const mostTables = budgets.checkTableCount.size

function tables({ assessment }: View): readonly string[] {
  const differing = differingTables(assessment)
  const folds = differing.slice(0, mostTables).map(({ name, lines }) => {
    const changed = lines.filter(({ sign }) => sign !== ' ').length
    const texts = lines.map(({ text: line }) => line)
    const budget = Math.floor(budgets.checkTables.size / Math.min(mostTables, differing.length))
    const shown = withinBudget(texts, budget, (left) => `  (${left} more lines: firebreak routes prints all)`)
    const count = `${changed} ${changed === 1 ? 'line differs' : 'lines differ'}`
    return fold(`Route table of ${htmlOf(name)}, ${count}`, fenced('diff', shown))
  })
  return differing.length <= mostTables
    ? folds
    : [
        ...folds,
        `${differing.length - mostTables} more route tables differ: \`firebreak routes\` prints them.`,
      ]
}

/** How the requirements came out: who has to do what, or who has agreed. */
function whoMustAct(view: View, isRequested: IsRequested): readonly string[] {
  if (verdictOf(view.assessment).kind === 'overridden') return []
  const wanted = view.merged === undefined ? toMerge(view, isRequested) : undefined
  if (wanted !== undefined) return [`**${toMergeLabel(view)}** ${markdownOf(wanted)}`]
  const agreed = view.assessment.decision.requirements.flatMap(({ team, satisfiedBy }) => {
    if (satisfiedBy === undefined) return []
    const how = satisfiedBy.how === 'author' ? `${satisfiedBy.by} is the author` : satisfiedBy.by
    return [`${markdownOf(words(view.audience.name(team)))} (${text(how)})`]
  })
  return agreed.length === 0
    ? []
    : [`Agreed: ${withinBudget(agreed, budgets.teamNames.size, (left) => `${left} more teams`).join(', ')}.`]
}

/** Between what a summary stands. */
export interface SummaryContext {
  readonly isRequested: IsRequested
  /** How the findings are shown. */
  readonly notes?: readonly string[]
  /** The commits that were compared; absent for what are none. */
  readonly compared?: Pick<ReportContext, 'baseBranch' | 'baseTip' | 'headSha'>
}

/** The last line: between which commits all this holds. */
function footer({ compared }: SummaryContext): readonly string[] {
  if (compared === undefined) return []
  const commits = [compared.baseTip, compared.headSha].map((sha) => sha.slice(0, 7))
  return [`<sub>${html(`${compared.baseBranch} `)}${commits.join(' and ')}</sub>`]
}

/** The summary where no title stands above it: the verdict first. */
export function titledSummary(view: View, context: SummaryContext): string {
  return printed([`### ${markdownOf(titleSentence(view))}`, ...partsOf(view, context)])
}

/**
 * The summary of the check run, below its title: who must act, every row with an example, findings, and the proof folded. The title is
 * said again only where it was cut, or there is nothing else to say.
 */
export function checkSummary(view: View, context: SummaryContext): string {
  const parts = partsOf(view, context)
  const isLacking = isCut(view) || parts.length === footer(context).length
  return printed([...(isLacking ? [`**${markdownOf(titleSentence(view))}**`] : []), ...parts])
}

function printed(parts: readonly string[]): string {
  return withinLimit(`${parts.join('\n\n')}\n`, longestOutput)
}

function partsOf(view: View, context: SummaryContext): readonly string[] {
  const { isRequested, notes = [] } = context
  return [
    ...paragraph(mergedPhrase(view)),
    ...paragraph(overridePhrase(view)),
    ...obstructions(view),
    ...rowsTable(view),
    ...paragraph(rewrittenPhrase(view)),
    ...nobodyAsked(view),
    ...ownershipParagraphs(view),
    ...settingParagraphs(view),
    ...(unblockingWays(view).length === 0 ? excludeParagraphs(view) : toFix(view)),
    ...whoMustAct(view, isRequested),
    ...paragraph(dismissalPhrase(view)),
    ...leaveOutParagraphs(view),
    ...reasonsOf(view),
    ...findings(view),
    ...notes,
    ...assumptions(view),
    ...tables(view),
    ...footer(context),
  ]
}
