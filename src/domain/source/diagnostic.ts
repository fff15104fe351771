import type { Phrase } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import { compareTexts } from './compare-texts.ts'
import type { SourceRange } from './source-file.ts'

/** `error`: wrong; `warning`: probably wrong; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** A related place or reason: why something is true, or what it leads to. */
export interface Because extends Sentence {
  readonly range?: SourceRange
}

/**
 * What is wrong, as data: a code of the closed list of its room, and the values that tell one such fault from another. The
 * words (`clause`, `rest`, `todo`) are made of them, and nothing is ever read from the words.
 */
export interface Mistake<Code extends string = string> extends Sentence {
  readonly code: Code
  readonly values?: readonly (string | number)[]
  readonly because?: readonly Because[]
  readonly todo?: Phrase
}

/**
 * A user's mistake as a value: what (`code`, `values`), where (`range`), why (`because`), what to do (`todo`).
 * `id` is a slug of the rule catalogue. A mistake about no particular file has no range.
 */
export interface Diagnostic<Code extends string = string> extends Mistake<Code> {
  readonly id: string
  readonly severity: Severity
  readonly range?: SourceRange
}

/** What is wrong in normal form, without its place: equal for the same mistake, however it is worded. */
export function keyOfMistake({ code, values = [] }: Pick<Mistake, 'code' | 'values'>): string {
  return JSON.stringify([code, ...values])
}

/** The one order in which diagnostics are shown: file, offset, id, code, values. Those without a place come first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.range?.file.path ?? '', b.range?.file.path ?? '') ||
    (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
    compareTexts(a.id, b.id) ||
    compareTexts(keyOfMistake(a), keyOfMistake(b))
  )
}
