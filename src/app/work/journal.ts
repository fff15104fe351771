import type { Scope } from './scope.ts'

/** Something that was asked for, until it is done. */
export interface JournalEntry {
  readonly scope: Scope
  done(): Promise<void>
}

/** Why a store may lose what it keeps: it writes nothing to disk, it drops what it has no room for, or it does not say. */
export type Weakness = 'forgets' | 'evicts' | 'unknown'

/** What was asked for and is not done, kept where the end of the process does not reach. */
export interface Journal {
  /** Resolves once it is kept. */
  note(scope: Scope): Promise<JournalEntry>
  /** Fails where nothing could be kept now. */
  check(): Promise<void>
  /** What is not done yet: by a process that has ended, or by another that is at it. */
  left(): Promise<readonly JournalEntry[]>
  close(): Promise<void>
  /** Lets go of it at once; what is kept stays. */
  abandon(): void
  /** What may lose what is kept, as far as the store says; waits until it can be asked. */
  weaknesses(): Promise<readonly Weakness[]>
}
