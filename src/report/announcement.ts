import type { Phrase } from '../domain/words/phrase.ts'

/** A title before its length is known: the verdict, and what may follow it, the fullest first. */
export interface Announcement {
  readonly verdict: Phrase
  /** The verdict where there is room for the full names of teams. */
  readonly inFull?: Phrase
  readonly bodies: readonly Phrase[]
}
