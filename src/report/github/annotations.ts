import { budgets } from '../../domain/budgets.ts'
import type { Finding } from '../../domain/rules/rule.ts'
import { compareTexts } from '../../domain/source/compare-texts.ts'
import type { Severity } from '../../domain/source/diagnostic.ts'
import { shortened } from '../../domain/source/shortened.ts'
import { lastLineOf, positionAt, positionOf, type SourceRange } from '../../domain/source/source-file.ts'
import { plainOf, quoted, say } from '../../domain/words/phrase.ts'
import { ended, plainSentence, wholeOf } from '../../domain/words/sentence.ts'

/** One remark on lines of the merged side, as GitHub's checks API takes it. */
export interface LineAnnotation {
  readonly path: string
  readonly startLine: number
  readonly endLine: number
  readonly startColumn?: number
  readonly endColumn?: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  readonly message: string
}

const levels: Readonly<Record<Severity, LineAnnotation['level']>> = {
  error: 'failure',
  warning: 'warning',
  info: 'notice',
}
const order: readonly LineAnnotation['level'][] = ['failure', 'warning', 'notice']

function levelOf(finding: Finding): LineAnnotation['level'] {
  if (finding.effect === 'block') return 'failure'
  return finding.effect === 'require-approval'
    ? 'warning'
    : finding.severity === 'error'
      ? 'warning'
      : levels[finding.severity]
}

/** GitHub takes columns only where the range begins and ends on one line. */
function columns(range: SourceRange): { startColumn: number; endColumn: number } | undefined {
  const start = positionOf(range)
  if (start.line !== lastLineOf(range)) return undefined
  const end = positionAt(range.file, Math.max(range.start, range.end - 1))
  return { startColumn: start.column, endColumn: end.column }
}

function messageOf(finding: Finding): string {
  const reasons = finding.because.map((reason) => {
    const at = reason.range && positionOf(reason.range)
    return at === undefined
      ? plainSentence(reason)
      : plainOf(say`${wholeOf(reason)} (${quoted(at.file)}, line ${at.line})`)
  })
  const { todo } = finding
  const lines = [
    plainSentence(finding),
    ...reasons,
    ...(todo === undefined ? [] : [`To fix: ${plainOf(ended(todo))}`]),
  ]
  return shortened(lines.join('\n'), budgets.annotation.size)
}

function annotationOf(finding: Finding, range: SourceRange): LineAnnotation {
  return {
    path: range.file.path,
    startLine: positionOf(range).line,
    endLine: lastLineOf(range),
    ...columns(range),
    level: levelOf(finding),
    title: finding.rule,
    message: messageOf(finding),
  }
}

function compare(a: LineAnnotation, b: LineAnnotation): number {
  return (
    order.indexOf(a.level) - order.indexOf(b.level) ||
    compareTexts(a.path, b.path) ||
    a.startLine - b.startLine
  )
}

/** GitHub takes 50 of them in a request, and some hundred requests in an hour. */
const mostAnnotations = budgets.annotations.size

/** As many of the remarks as a check run holds, the worst first. */
export function annotationsOf(findings: readonly Finding[]): readonly LineAnnotation[] {
  return remarksOf(findings).slice(0, mostAnnotations)
}

/** What a check run says of the remarks that it does not hold, in Markdown. */
export function leftOutNote(findings: readonly Finding[]): readonly string[] {
  const left = remarksOf(findings).length - mostAnnotations
  return left <= 0
    ? []
    : [
        `The worst ${mostAnnotations} annotations stand on their lines; ${left} more do not: \`firebreak check --format json\` lists them.`,
      ]
}

/** The new findings on their lines after the merge, worst first, one for each rule and line. */
export function remarksOf(findings: readonly Finding[]): readonly LineAnnotation[] {
  const all = findings
    .filter((finding) => finding.status === 'introduced' && finding.effect !== 'off')
    .flatMap((finding) => {
      const { range } = finding
      return range === undefined || range.file.elsewhere ? [] : [annotationOf(finding, range)]
    })
    .sort(compare)
  const distinct = new Map<string, LineAnnotation>()
  for (const annotation of all) {
    const key = JSON.stringify([annotation.path, annotation.startLine, annotation.title])
    if (!distinct.has(key)) distinct.set(key, annotation)
  }
  return [...distinct.values()]
}
