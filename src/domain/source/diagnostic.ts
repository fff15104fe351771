import { compareTexts } from './compare-texts.ts'
import type { SourceRange } from './source-file.ts'
import type { YamlFaultCode } from './yaml-fault.ts'

/** `error`: wrong; `warning`: probably wrong; `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** A related place or reason: why the diagnostic is true, or what it leads to. */
export interface Note {
  readonly message: string
  readonly range?: SourceRange
}

/**
 * A user's mistake as a value: what (`message`), where (`range`), why (`notes`), what to do (`advice`).
 * `id` is a slug of the rule catalogue. A mistake about no particular file has no range.
 */
export interface Diagnostic {
  readonly id: string
  readonly severity: Severity
  readonly message: string
  readonly range?: SourceRange
  readonly notes?: readonly Note[]
  readonly advice?: string
  /** Why a YAML text cannot be read, where that is the mistake. */
  readonly code?: YamlFaultCode
}

/** The one order in which diagnostics are shown: file, offset, id, message. Those without a place come first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareTexts(a.range?.file.path ?? '', b.range?.file.path ?? '') ||
    (a.range?.start ?? 0) - (b.range?.start ?? 0) ||
    compareTexts(a.id, b.id) ||
    compareTexts(a.message, b.message)
  )
}
