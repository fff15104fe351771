import type { JsonValue } from '../manifest/json.ts'
import type { Setting, Subject, Target } from './reach.ts'

/** What is known about a kind that can decide about requests and is not modelled. */
export interface KindEntry {
  /** The API group; '' is the core group, `*` any. */
  readonly group: string
  /** Absent: whatever else is in the group. */
  readonly kinds?: readonly string[]
  /**
   * The part that decides about requests, without what an ordinary week changes (images, replicas, status). Undefined: this
   * object decides nothing.
   */
  readonly decides: (subject: Subject, setting: Setting) => JsonValue | undefined
  /** Whom it reaches. */
  readonly reach: (subject: Subject, setting: Setting) => readonly Target[]
  /** Whom it reaches where it says all that it said, and more; undefined where it says something otherwise. */
  readonly reachOfMore?: (before: Subject, after: Subject, setting: Setting) => readonly Target[] | undefined
  /** Only a part of the object decides, and whatever else is changed in it concerns no request. */
  readonly partial?: true
  /** Not worth a word where it reaches nobody but its own team. */
  readonly quiet?: true
  /** Nor where it is new with all that it reaches, and that is its own team's: it changes no request that there was. */
  readonly quietIfNew?: true
  /** Nor where it is new: nobody hangs on it yet, and it takes nothing from anybody. */
  readonly harmlessIfNew?: true
  /** Nor where it goes: what it has done stays done. */
  readonly quietIfGone?: true
}
