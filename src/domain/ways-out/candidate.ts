import type { HTTPMatchRequest, VirtualService } from '../manifest/virtual-service.ts'
import type { Judgement } from '../policy/judgement.ts'
import type { Edit, Lines } from './edit.ts'

/** What a person would do to the file, to be put in words. */
type Step =
  /** Take the lines of the edit out. */
  | { readonly kind: 'take-out' }
  /** Write `to` instead of `from`, as in the file; `prefix` where every path that starts with it is matched then. */
  | { readonly kind: 'write'; readonly from: string; readonly to: string; readonly prefix?: string }
  /** Have the primary give these paths to the secondary, too. */
  | {
      readonly kind: 'give'
      readonly to: VirtualService
      readonly matches: readonly HTTPMatchRequest[]
      /** A delegate of its own for these paths would not help: other matches of the entry fall out of that. */
      readonly notAlone?: true
    }
  /** Move an entry to where the base side has it. */
  | {
      readonly kind: 'move'
      readonly entry: Lines
      readonly where: 'above' | 'below'
      readonly line: number
    }

/** An edit of the merged side that may be a way out; nobody has tried it yet. */
export interface Candidate {
  readonly step: Step
  readonly edit: Edit
}

/** Proposes edits for one kind of trouble; whether they help is tried out by whoever asks. */
export type Generator = (judgement: Judgement) => readonly Candidate[]
