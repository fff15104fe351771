import type { Because } from '../source/diagnostic.ts'
import type { SourceRange } from '../source/source-file.ts'
import type { Phrase } from '../words/phrase.ts'

/** A reason in one clause, and where it shows. */
export function note(clause: Phrase, range?: SourceRange): Because {
  return { clause, ...(range && { range }) }
}
