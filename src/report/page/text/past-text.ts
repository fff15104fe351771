import { visible } from '../../../domain/words/visible.ts'
import { hanging, type Screen, type Style } from '../../print/screen.ts'
import type { Past, PastChange } from '../past-change.ts'
import {
  detailsOf,
  remarksOf,
  scopeOf,
  shortCommit,
  subjectOf,
  summaryOf,
  verdictLabels,
} from '../past-words.ts'

const columns = [10, 10, 8] as const
const gap = '  '
const indent = ' '.repeat(columns.reduce((sum, each) => sum + each + gap.length, 0))

const styles: Readonly<Record<PastChange['verdict'], Style>> = {
  blocked: 'red',
  undecided: 'red',
  'not-judged': 'red',
  'would-wait': 'yellow',
  'perhaps-own': 'cyan',
  ok: 'green',
}

/** What `history` prints: how many there are of each sort, and each with what would have been said. */
export function pastText(past: Past, screen: Screen): string {
  const { changes } = past
  const heads = inColumns(['Merged', 'Verdict', 'Commit'])
  const blocks = [
    [
      ...hanging('', screen.paint('bold', visible(scopeOf(past))), screen),
      ...hanging('', visible(summaryOf(past)), screen),
    ],
    ...changes.map((each, at) => [
      ...(at === 0 ? [screen.paint('dim', `${heads}Change`)] : []),
      ...changeLines(each, screen),
    ]),
    ...remarksOf(past).map((each) => hanging('', screen.paint('dim', each), screen)),
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function inColumns(cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padEnd(columns[at] ?? 0) + gap).join('')
}

function changeLines(change: PastChange, screen: Screen): readonly string[] {
  const { at, verdict, commit } = change
  const lead = inColumns([at.slice(0, 10), verdictLabels[verdict], shortCommit(commit)])
  const [first = '', ...rest] = hanging(lead, visible(subjectOf(change)), screen)
  const label = verdictLabels[verdict]
  return [
    first.replace(label, () => screen.paint(styles[verdict], label)),
    ...rest,
    ...below(change).flatMap(([name, text]) =>
      hanging(`${indent}${name === '' ? '' : `${name.padEnd(7)} `}`, visible(text), screen),
    ),
  ]
}

function below(change: PastChange): readonly (readonly [string, string])[] {
  if (change.verdict === 'not-judged') return [['', change.because]]
  return [['', change.title], ...detailsOf(change)]
}
