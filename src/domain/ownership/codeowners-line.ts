import { budgets } from '../budgets.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { shortened } from '../source/shortened.ts'
import type { SourceRange } from '../source/source-file.ts'
import { guessed, told } from '../words/told.ts'
import { ownerFault } from './owner-syntax.ts'
import { type PatternFault, patternFaults } from './pattern-syntax.ts'

/** What one line of CODEOWNERS says. Without content it is blank, a comment, or (with an error) skipped. */
export interface CodeownersLine {
  readonly content?: {
    readonly pattern: string
    readonly owners: readonly string[]
    readonly range: SourceRange
  }
  readonly diagnostics: readonly Diagnostic[]
}

interface Word {
  readonly text: string
  readonly range: SourceRange
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !isBlank(text.charAt(at)) && text[at] !== '#') at++
  return at
}

/** In a pattern a backslash takes the next character along, a blank too; only `#` cannot be escaped. */
function endOfPattern(text: string, start: number): number {
  let at = start
  while (at < text.length && !isBlank(text.charAt(at)) && text[at] !== '#') {
    at += text[at] === '\\' ? 2 : 1
  }
  return Math.min(at, text.length)
}

/** The pattern and the owners of a line: words apart by blanks, up to the comment. */
function wordsOf(line: SourceRange): readonly Word[] {
  const text = line.file.text.slice(line.start, line.end)
  const words: Word[] = []
  let at = 0
  while (at < text.length && text[at] !== '#') {
    if (isBlank(text.charAt(at))) {
      at++
      continue
    }
    const end = words.length === 0 ? endOfPattern(text, at) : endOfWord(text, at)
    words.push({
      text: text.slice(at, end),
      range: { file: line.file, start: line.start + at, end: line.start + end },
    })
    at = end
  }
  return words
}

const skipped = {
  ...told(
    'GitHub skips the whole line; what it was meant for falls to the last other line that matches, if any.',
  ),
}

/** A word longer than this is cut in messages. */
const longestWord = budgets.quotedWord.size

function patternDiagnostic({ text, range }: Word, fault: PatternFault): Diagnostic {
  const start = range.start + fault.start
  return {
    id: 'invalid-codeowners',
    severity: fault.severity,
    ...told(`The pattern \`${shortened(text, longestWord)}\` ${fault.message}.`),
    range: { file: range.file, start, end: range.start + fault.end },
    ...(fault.severity === 'error' ? { because: [skipped] } : {}),
    todo: guessed(fault.advice),
  }
}

function ownerDiagnostics({ text, range }: Word): readonly Diagnostic[] {
  const fault = ownerFault(text)
  if (fault === undefined) return []
  const message = `\`${shortened(text, longestWord)}\` is not an owner: ${fault.message}.`
  return [
    {
      id: 'invalid-codeowners',
      severity: 'error',
      ...told(message),
      range,
      because: [skipped],
      todo: guessed(fault.advice),
    },
  ]
}

/** A `#` glued to the pattern begins a comment all the same, and what was meant as owners is lost in it. */
function gluedComment(pattern: Word): readonly Diagnostic[] {
  const { file, end } = pattern.range
  if (file.text[end] !== '#') return []
  const message = `The pattern \`${shortened(pattern.text, longestWord)}\` ends at \`#\`, which begins a comment.`
  const advice = 'Put a blank before a comment; for a path with `#` in it write `?` in its place.'
  const range = { file, start: end, end: end + 1 }
  return [{ id: 'invalid-codeowners', severity: 'warning', ...told(message), range, todo: guessed(advice) }]
}

/** Reads one line, given without its line break. One error anywhere, in the pattern or an owner, skips the line. */
export function readLine(line: SourceRange): CodeownersLine {
  const [pattern, ...owners] = wordsOf(line)
  if (pattern === undefined) return { diagnostics: [] }
  const diagnostics = [
    ...patternFaults(pattern.text).map((fault) => patternDiagnostic(pattern, fault)),
    ...gluedComment(pattern),
    ...owners.flatMap(ownerDiagnostics),
  ]
  if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) return { diagnostics }
  const end = (owners.at(-1) ?? pattern).range.end
  const range = { file: line.file, start: pattern.range.start, end }
  return { content: { pattern: pattern.text, owners: owners.map((owner) => owner.text), range }, diagnostics }
}
