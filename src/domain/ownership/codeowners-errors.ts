import { budgets } from '../budgets.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { shortened } from '../source/shortened.ts'
import { positionOf, type SourceRange, textOfLine } from '../source/source-file.ts'
import { guessed, told } from '../words/told.ts'
import type { Codeowners, CodeownersRule } from './codeowners.ts'
import { matchesNothing } from './pattern-syntax.ts'

/** One thing that GitHub itself finds wrong with a CODEOWNERS file (REST, "List CODEOWNERS errors"). */
export interface CodeownersError {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** `Unknown owner`, `Invalid owner`, `Invalid pattern`; GitHub publishes no list of them. */
  readonly kind: string
  /** Of the file. */
  readonly path: string
  readonly message: string
  readonly suggestion?: string
}

/** `not-asked` where there is no GitHub to ask, `no-answer` where it does not say. */
export type GitHubReading = readonly CodeownersError[] | 'not-asked' | 'no-answer'

/** What GitHub says of the file of the base branch, and of the one that the pull request makes of it. */
export interface CodeownersReadings {
  readonly base: GitHubReading
  readonly merged: GitHubReading
}

/** A word longer than this is cut in messages. */
const longestWord = budgets.quotedWord.size

/**
 * CODEOWNERS as GitHub really takes it: a line that it calls invalid does not count, and an owner whom it does not know
 * (no such account or team, a secret one, or one without write access) is listed in `unknownOwners`. Each such
 * difference, and each line that is skipped here and not there, is a diagnostic.
 */
export function followGitHub(codeowners: Codeowners, reading: GitHubReading): Codeowners {
  if (typeof reading === 'string') return codeowners
  const errors = reading.filter(({ path }) => path === codeowners.file.path)
  const byLine = Map.groupBy(errors, ({ line }) => line)
  const followed = codeowners.rules.map((rule) => followLine(rule, byLine.get(rule.line) ?? []))
  return {
    ...codeowners,
    rules: codeowners.rules.filter((_, at) => followed[at]?.counts),
    unknownOwners: new Set(followed.flatMap(({ unknown }) => unknown)),
    diagnostics: [
      ...codeowners.diagnostics,
      ...followed.flatMap(({ diagnostics }) => diagnostics),
      ...skippedHereAlone(codeowners, byLine),
    ],
  }
}

interface FollowedLine {
  readonly counts: boolean
  /** In lower case. */
  readonly unknown: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

function followLine(rule: CodeownersRule, errors: readonly CodeownersError[]): FollowedLine {
  const invalid = errors.find(({ kind }) => kind.startsWith('Invalid'))
  if (invalid !== undefined) {
    // GitHub calls a pattern invalid that merely matches nothing; that is said already, and changes nothing.
    const diagnostics = matchesNothing(rule.pattern) ? [] : [skippedThere(rule, invalid)]
    return { counts: false, unknown: [], diagnostics }
  }
  const unknown = errors.flatMap((error) => ownerIn(error, rule) ?? [])
  const others = errors.filter((error) => ownerIn(error, rule) === undefined)
  return {
    counts: true,
    unknown: unknown.map((owner) => owner.toLowerCase()),
    diagnostics: [
      ...unknown.map((owner) => unknownOwner(rule, owner)),
      ...others.map((error) => otherFault(rule, error)),
    ],
  }
}

/** The owner on the line that an error is about: the one that it names, else the one at its column. */
function ownerIn(error: CodeownersError, rule: CodeownersRule): string | undefined {
  if (error.kind !== 'Unknown owner') return undefined
  const words = new Set(
    `${error.suggestion ?? ''} ${error.message.split('\n')[0]}`.toLowerCase().split(/[\s,]+/),
  )
  const named = rule.owners.filter((owner) => words.has(owner.toLowerCase()))
  if (named.length === 1) return named[0]
  const { file, start } = rule.range
  const at = start - positionOf(rule.range).column + error.column
  return rule.owners.find((owner) => file.text.startsWith(owner, at))
}

/** The owners are the last words of the line. */
function rangeOfOwner({ range, owners }: CodeownersRule, owner: string): SourceRange {
  const { file, start, end } = range
  const words = [...file.text.slice(start, end).matchAll(/\S+/g)].slice(-owners.length)
  const at = start + (words[owners.indexOf(owner)]?.index ?? 0)
  return { file, start: at, end: at + owner.length }
}

function unknownOwner(rule: CodeownersRule, owner: string): Diagnostic {
  return {
    id: 'invalid-codeowners',
    severity: 'error',
    ...told(`GitHub does not count \`${shortened(owner, longestWord)}\` as an owner.`),
    range: rangeOfOwner(rule, owner),
    because: [
      { ...told('It knows nobody of that name who may write here, so nobody speaks for this owner.') },
    ],
    todo: guessed(
      'Correct the name, make the team visible, or give it write access of its own to the repository.',
    ),
  }
}

function skippedThere({ range, pattern }: CodeownersRule, error: CodeownersError): Diagnostic {
  return {
    id: 'invalid-codeowners',
    severity: 'error',
    ...told(`GitHub skips the line of \`${shortened(pattern, longestWord)}\`: ${reasonOf(error)}.`),
    range,
    because: [{ ...told('What it was meant for falls to the last other line that matches, if any.') }],
    todo: guessed('Correct the line as GitHub asks.'),
  }
}

/** What GitHub says, without where it says it: `Invalid pattern on line 3: ...` and the line itself below. */
function reasonOf({ kind, message, suggestion }: CodeownersError): string {
  const [first = ''] = message.split('\n')
  const said = first.replace(/^.*? on line \d+:?/, '').trim() || (suggestion ?? '')
  return shortened(said === '' ? kind : said, 200).replace(/\.$/, '')
}

function otherFault({ range, pattern }: CodeownersRule, error: CodeownersError): Diagnostic {
  return {
    id: 'invalid-codeowners',
    severity: 'warning',
    ...told(
      `GitHub finds fault with the line of \`${shortened(pattern, longestWord)}\`, which counts here: ${error.kind}, ${reasonOf(error)}.`,
    ),
    range,
    todo: guessed('Correct the line as GitHub asks.'),
  }
}

/** Lines that only this reading skips: on GitHub they may own something. */
function skippedHereAlone(
  { diagnostics, rules, file }: Codeowners,
  byLine: ReadonlyMap<number, readonly CodeownersError[]>,
): readonly Diagnostic[] {
  const counted = new Set(rules.map(({ line }) => line))
  const lines = new Map<number, SourceRange>()
  for (const { severity, range } of diagnostics) {
    if (severity !== 'error' || range === undefined || range.end === 0) continue
    const { line } = positionOf(range)
    if (!counted.has(line) && !byLine.has(line) && !lines.has(line)) lines.set(line, range)
  }
  return [...lines].map(([line, range]) => ({
    id: 'invalid-codeowners',
    severity: 'warning',
    ...told(
      `GitHub reports nothing wrong with a line that is skipped here: \`${shortened(textOfLine(file, line).trim(), longestWord)}\`.`,
    ),
    range,
    because: [{ ...told('GitHub may find owners by it where Firebreak finds others or none.') }],
    todo: guessed('Write the line so that there is only one way to read it.'),
  }))
}
