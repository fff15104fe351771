import {
  lastLineOf,
  positionOf,
  rangeOfLines,
  type SourceFile,
  type SourceRange,
  textOfLine,
} from '../source/source-file.ts'

/** Lines of a file, from 1, both included. */
export interface Lines {
  readonly first: number
  readonly last: number
}

/**
 * An edit of whole lines: `first` to `last` are replaced by `text`, which has the line ends of the file. With `last`
 * before `first` nothing is replaced, and the text goes in front of `first`; an empty text takes the lines out.
 */
export interface Edit extends Lines {
  readonly file: SourceFile
  readonly text: string
}

/** The file after the edit. */
export function applyEdit({ file, first, last, text }: Edit): SourceFile {
  const { start, end } = rangeOfLines(file, first, last)
  return { path: file.path, text: `${file.text.slice(0, start)}${text}${file.text.slice(end)}` }
}

/** What the edit writes, line by line, without line ends. */
export function writtenLines({ text }: Edit): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
}

/** How the lines of the file end; where they end in several ways, as the first does. */
export function lineEndOf({ text }: SourceFile): string {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n'
}

/** The text of some lines, closed by a line end even where the file is not. */
export function closedText(file: SourceFile, { first, last }: Lines): string {
  const { start, end } = rangeOfLines(file, first, last)
  const text = file.text.slice(start, end)
  return text.endsWith('\n') ? text : `${text}${lineEndOf(file)}`
}

/** An edit that replaces lines by closed text; a file without a line end at its end keeps to that. */
export function replaceLines(file: SourceFile, { first, last }: Lines, text: string): Edit {
  const { end } = rangeOfLines(file, first, last)
  const isOpen = end === file.text.length && !file.text.endsWith('\n')
  return { file, first, last, text: isOpen ? text.replace(/\r?\n$/, '') : text }
}

/** An edit that puts closed text behind a line. */
export function insertAfter(file: SourceFile, line: number, text: string): Edit {
  const { end } = rangeOfLines(file, line, line)
  const isOpen = end === file.text.length && !file.text.endsWith('\n')
  const inserted = isOpen ? `${lineEndOf(file)}${text.replace(/\r?\n$/, '')}` : text
  return { file, first: line + 1, last: line, text: inserted }
}

/** The lines of an element of a block sequence, where it shares them with nothing else; undefined in any other style. */
export function itemLines(range: SourceRange | undefined): Lines | undefined {
  if (range === undefined) return undefined
  const { file } = range
  const { line: first, column } = positionOf(range)
  const last = lastLineOf(range)
  const before = textOfLine(file, first).slice(0, column - 1)
  const after = file.text.slice(range.end, rangeOfLines(file, last, last).end)
  return /^ *- +$/.test(before) && /^[ \t]*(?:#[^\n]*)?\r?\n?$/.test(after) ? { first, last } : undefined
}

/** Several elements of one sequence as one range of lines, if nothing lies between them. */
export function joinedLines(all: readonly (Lines | undefined)[]): Lines | undefined {
  const lines = all.flatMap((each) => each ?? []).sort((a, b) => a.first - b.first)
  const [first] = lines
  if (first === undefined || lines.length < all.length) return undefined
  const isOne = lines.every((each, index) => index === 0 || each.first === (lines[index - 1]?.last ?? 0) + 1)
  return isOne ? { first: first.first, last: lines.at(-1)?.last ?? first.last } : undefined
}
