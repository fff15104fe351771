import type { BranchCommit } from '../../git/branch-history.ts'
import type { Touching } from './touching.ts'

/** What it takes to find the steps of a branch at which something changed. */
export interface TurnsWorld<T> {
  /** From the newest on. */
  readonly steps: AsyncIterable<BranchCommit>
  readonly touching: Touching
  /** What holds at a commit. */
  readonly stateAt: (commit: string) => Promise<T>
  readonly isSame: (before: T, after: T) => boolean
}

/** A step at which something changed. */
export interface Turn<T> {
  readonly kind: 'turn'
  readonly step: BranchCommit
  readonly base: string
  readonly before: T
  readonly after: T
}

/** The first step that there is, and what held from it on. */
export interface Beginning<T> {
  readonly kind: 'beginning'
  readonly step: BranchCommit
  readonly state: T
}

/**
 * Every step at which something changed, the newest first, and where the branch begins. Each step that touches what is read is looked at: by halves
 * a change that was taken back would be missed, and another one found.
 */
export async function* turnsOf<T>(
  newest: T,
  { steps, touching, stateAt, isSame }: TurnsWorld<T>,
): AsyncGenerator<Turn<T> | Beginning<T>> {
  let after = newest
  for await (const step of steps) {
    const { parent } = step
    if (parent === undefined) {
      yield { kind: 'beginning', step, state: after }
      return
    }
    if (!(await touching.isTouched(step))) continue
    const before = await stateAt(parent)
    if (!isSame(before, after)) yield { kind: 'turn', step, base: parent, before, after }
    after = before
  }
}
