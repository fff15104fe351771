import type { Reachable } from './reached.ts'

/** What became of an object between the two sides; `moved`: it says the same in another file. */
export type Verb = 'new' | 'changed' | 'removed' | 'moved'

/** What happens to something that decides about requests and is not judged, and whom that reaches. */
export interface Unjudged {
  readonly kind: string
  readonly name: string
  /** Absent where nothing says which it is. */
  readonly namespace?: string | undefined
  readonly verb: Verb
  readonly path: string
  readonly reach: Reachable
}
