import { budgets } from '../budgets.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { memoized } from '../source/memoized.ts'
import type { SourceFile, SourceRange } from '../source/source-file.ts'
import { codeownersFault } from './codeowners-fault.ts'
import { readLine } from './codeowners-line.ts'
import { indexPatterns, type PatternIndex } from './pattern-index.ts'

/** One line of CODEOWNERS that counts. Without owners it un-owns what it matches. */
export interface CodeownersRule {
  /** As written, with its backslashes. */
  readonly pattern: string
  /** As written, in line order. */
  readonly owners: readonly string[]
  /** From 1. */
  readonly line: number
  /** From the pattern to the last owner. */
  readonly range: SourceRange
}

/**
 * A CODEOWNERS file. A diagnostic of severity `error` says what does not count: a line, or the whole file;
 * a `warning` marks a line that counts but may not mean what was meant.
 */
export interface Codeowners {
  readonly file: SourceFile
  readonly rules: readonly CodeownersRule[]
  readonly diagnostics: readonly Diagnostic[]
  /** Owners, in lower case, of whom GitHub says that it does not know them; the text alone does not show any. */
  readonly unknownOwners: ReadonlySet<string>
}

/** Where GitHub looks, in its order. The first that exists wins; they are never merged. */
export const codeownersPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const

/** Whether GitHub would look for CODEOWNERS at this path. */
export function isCodeownersPath(path: string): boolean {
  return (codeownersPlaces as readonly string[]).includes(path)
}

/** GitHub loads a file only if it is smaller than this: 3 MB, in bytes. */
const sizeLimit = budgets.codeowners.size

/** The file that GitHub would read among these, or none. Case counts in its path. */
export function findCodeowners(files: Iterable<SourceFile>): SourceFile | undefined {
  const byPath = new Map<string, SourceFile>()
  for (const file of files) byPath.set(file.path, file)
  return codeownersPlaces.map((place) => byPath.get(place)).find((file) => file !== undefined)
}

function isTooLarge(text: string): boolean {
  return text.length >= sizeLimit || new TextEncoder().encode(text).length >= sizeLimit
}

function tooLarge(file: SourceFile): Codeowners {
  const diagnostic: Diagnostic = {
    id: 'invalid-codeowners',
    severity: 'error',
    ...codeownersFault('too-large'),
    range: { file, start: 0, end: 0 },
  }
  return { file, rules: [], diagnostics: [diagnostic], unknownOwners: new Set() }
}

/** The offsets of each line without its line break; a byte order mark is no part of the first. */
function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = text.startsWith('\uFEFF') ? 1 : 0
  while (start <= text.length) {
    const found = text.indexOf('\n', start)
    const end = found === -1 ? text.length : found
    yield { start, end: end > start && text[end - 1] === '\r' ? end - 1 : end }
    start = end + 1
  }
}

/**
 * Reads CODEOWNERS as GitHub does: an invalid line is skipped and reported, the others count. Never throws; every
 * line that is neither blank nor a comment is a rule, a diagnostic, or both.
 */
export const parseCodeowners = memoized((file: SourceFile): Codeowners => {
  if (isTooLarge(file.text)) return tooLarge(file)
  const rules: CodeownersRule[] = []
  const diagnostics: Diagnostic[] = []
  let line = 0
  for (const { start, end } of linesOf(file.text)) {
    line++
    const read = readLine({ file, start, end })
    for (const diagnostic of read.diagnostics) diagnostics.push(diagnostic)
    if (read.content !== undefined) rules.push({ ...read.content, line })
  }
  return { file, rules, diagnostics, unknownOwners: new Set() }
})

const indexOf = memoized(
  (codeowners: Codeowners): PatternIndex => indexPatterns(codeowners.rules.map((rule) => rule.pattern)),
)

/**
 * The last rule that matches the path, whatever its owners; `undefined` if no line does. The path is relative to the
 * root and taken literally: brackets, spaces, `#` and line breaks in it mean nothing special.
 */
export function decidingRule(codeowners: Codeowners, path: string): CodeownersRule | undefined {
  return codeowners.rules[indexOf(codeowners).lastMatch(path)]
}
