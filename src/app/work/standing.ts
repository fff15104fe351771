import type { Grounds } from '../grounds.ts'
import type { PullRequestRef } from '../ports.ts'

/** An open pull request as it is listed, and the check run that stands on its head. */
export interface Standing {
  readonly ref: PullRequestRef
  readonly head: string
  readonly branch: string
  /** What a verdict would rest on now. */
  readonly now: Required<Pick<Grounds, 'tip' | 'opinions'>>
  /** Absent where there is none of its name. */
  readonly run?: StandingRun
}

/** The newest check run of a pull request; where any is in progress, that one. */
export interface StandingRun {
  readonly id: number
  /** Neither a success nor without a verdict: `refusal`. */
  readonly state: 'in-progress' | 'cancelled' | 'success' | 'refusal'
  /** Absent where it is not known what it rested on. */
  readonly grounds?: Grounds
}
