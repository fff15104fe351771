import { budgets } from '../../../domain/budgets.ts'
import type { Diagnostic, Severity } from '../../../domain/source/diagnostic.ts'
import { shortened } from '../../../domain/source/shortened.ts'
import {
  lastLineOf,
  positionAt,
  positionOf,
  type SourceRange,
  textOfLine,
} from '../../../domain/source/source-file.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { ended, plainSentence, wholeOf } from '../../../domain/words/sentence.ts'
import { visible } from '../../../domain/words/visible.ts'
import { hanging, type Paint, type Screen, type Style } from '../../print/screen.ts'
import { placeText } from '../../sentences/place.ts'

const styles: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' }
const labelWidth = 14
const widestLine = budgets.sourceLine.size

function source(file: SourceRange['file'], line: number): string {
  return shortened(visible(textOfLine(file, line)), widestLine).trimEnd()
}

/** The columns of the first line that a range covers; nothing where the line holds what had to be made visible. */
function underline(range: SourceRange): string | undefined {
  const { file, start, end } = range
  const { line, column } = positionOf(range)
  const text = textOfLine(file, line)
  if (visible(text) !== text || column > widestLine) return undefined
  const last = positionAt(file, Math.max(start, end - 1))
  const stop = last.line === line ? last.column : text.length
  return `${' '.repeat(column - 1)}${'^'.repeat(Math.max(1, Math.min(stop, widestLine) - column + 1))}`
}

/** `uri:` with `exact: /account` in the next line: what is wrong is the path, which is what is underlined. */
const keyAndValue = /^[\w.-]+:[ \t]*\r?\n[ \t]*[\w.-]+:[ \t]+(?<value>\S[^\r\n]*)$/

function valueIn(range: SourceRange): SourceRange {
  const { file, start, end } = range
  const value = keyAndValue.exec(file.text.slice(start, end))?.groups?.['value']
  return value === undefined ? range : { file, start: end - value.length, end }
}

function frameLines(whole: SourceRange, paint: Paint): readonly string[] {
  const range = valueIn(whole)
  const { file } = range
  const { line } = positionOf(range)
  const total = file.text.split('\n').length
  const numbers = [line - 1, line, line + 1].filter((each) => each >= 1 && each <= total)
  const width = String(numbers.at(-1) ?? line).length
  return numbers.flatMap((each) => {
    const gutter = `${String(each).padStart(width)} │ `
    if (each !== line) return [paint('dim', `    ${gutter}${source(file, each)}`.trimEnd())]
    const marks = underline(range)
    return [
      `${paint('red', '  > ')}${gutter}${source(file, each)}`,
      ...(marks === undefined ? [] : [`    ${' '.repeat(width)} │ ${paint('red', marks)}`]),
    ]
  })
}

function labelled(label: string, text: string, screen: Screen): readonly string[] {
  return hanging(`  ${label.padEnd(labelWidth)} `, text, screen)
}

function noteLines({ because = [], todo, id }: Omit<Diagnostic, 'code'>, screen: Screen): readonly string[] {
  const reasons = because.flatMap((reason, index) => {
    const { range } = reason
    const text =
      range === undefined
        ? plainSentence(reason)
        : `${plainOf(wholeOf(reason))} (${visible(placeText(range))})`
    return labelled(index === 0 ? 'because' : '', text, screen)
  })
  return [
    ...reasons,
    ...(todo === undefined ? [] : labelled('to fix', plainOf(ended(todo)), screen)),
    ...labelled('help', `firebreak rules ${visible(id)}`, screen),
  ]
}

/**
 * One diagnostic for a terminal: where and what, the line with its neighbours, why, and what to do. Whatever the file
 * holds is made visible, so no control character of it reaches the terminal.
 */
export function diagnosticFrame(diagnostic: Omit<Diagnostic, 'code'>, screen: Screen): string {
  const { paint } = screen
  const { range, severity, id } = diagnostic
  const at = range && positionOf(range)
  const place = at === undefined ? '' : `${visible(at.file)}:${at.line}:${at.column}  `
  const lines =
    range === undefined
      ? ''
      : lastLineOf(range) > positionOf(range).line
        ? `  (to line ${lastLineOf(range)})`
        : ''
  return [
    `${paint('bold', place)}${paint(styles[severity], severity)}  ${visible(id)}${paint('dim', lines)}`,
    ...hanging('  ', plainSentence(diagnostic), screen),
    ...(range === undefined ? [] : ['', ...frameLines(range, paint)]),
    ...noteLines(diagnostic, screen),
  ].join('\n')
}
