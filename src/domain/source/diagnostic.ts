import type { Phrase } from '../words/phrase.ts'
import { plainSentence, type Sentence } from '../words/sentence.ts'
import { compareTexts } from './compare-texts.ts'
import type { SourceRange } from './source-file.ts'
import type { YamlFaultCode } from './yaml-fault.ts'

/** `error`: wrong; `warning`: probably wrong; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** A related place or reason: why something is true, or what it leads to. */
export interface Because extends Sentence {
  readonly range?: SourceRange
}

/**
 * A user's mistake as a value: what (`clause`, `rest`), where (`range`), why (`because`), what to do (`todo`).
 * `id` is a slug of the rule catalogue. A mistake about no particular file has no range.
 */
export interface Diagnostic extends Sentence {
  readonly id: string
  readonly severity: Severity
  readonly range?: SourceRange
  readonly because?: readonly Because[]
  readonly todo?: Phrase
  /** Why a YAML text cannot be read, where that is the mistake. */
  readonly code?: YamlFaultCode
}

/** The one order in which diagnostics are shown: file, offset, id, words. Those without a place come first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.range?.file.path ?? '', b.range?.file.path ?? '') ||
    (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
    compareTexts(a.id, b.id) ||
    compareTexts(plainSentence(a), plainSentence(b))
  )
}
