import { evaluate } from '../../app/evaluate.ts'
import type { ChartRenderer } from '../../app/reading/chart-port.ts'
import type { GitClone } from '../../git/clone.ts'
import type { FileStore } from '../../git/file-store.ts'
import { pastVerdictOf } from '../../report/page/past-change.ts'
import { viewOf } from '../../report/sentences/view.ts'
import { type Members, nobody } from '../given/members.ts'
import { type LocalSides, type ProposalOptions, proposalOf } from '../given/proposal.ts'
import type { Kept } from './kept-verdicts.ts'

/** One merged change: what the branch held before, and after. */
export interface Step {
  readonly base: string
  readonly head: string
  /** The day on which it was merged, `YYYY-MM-DD`. */
  readonly day: string
  readonly login?: string
}

/** What judging steps of a branch takes. */
export interface JudgingSteps extends Pick<LocalSides, 'address'>, Pick<ProposalOptions, 'defaults'> {
  readonly clone: Pick<GitClone, 'isUnmerged'>
  readonly storeOf: (sha: string) => FileStore
  readonly charts: ChartRenderer
  /** Absent where nobody's membership is known: then nobody is taken to have consented. */
  readonly members?: Members
}

/** What would have been said, and whether it rests on the two commits alone, so that it can be said again. */
export interface JudgedStep {
  readonly kept: Kept
  readonly isLasting: boolean
}

/** The same verdict as `check --base BASE --head HEAD`, on the day on which it was merged. */
export async function judgeStep(
  { base, head, day, login }: Step,
  { clone, storeOf, charts, members = nobody, address, defaults }: JudgingSteps,
): Promise<JudgedStep> {
  let askedOfToday = false
  const isUnmerged = (name: string) => {
    askedOfToday = true
    return clone.isUnmerged(name, base)
  }
  const options = {
    ...{ base, head, approvedBy: [], members, charts },
    ...(login !== undefined && { author: login }),
    ...(defaults && { defaults }),
  }
  const { proposal, pull, source } = await proposalOf(options, {
    base: storeOf(base),
    merged: { kind: 'files', store: storeOf(head) },
    commits: { base, head },
    isUnmerged,
    ...(address !== undefined && { address }),
  })
  const { assessment } = await evaluate({ ...proposal, today: day }, source, pull.head)
  return {
    kept: pastVerdictOf(viewOf(assessment)) ?? 'untouched',
    isLasting: !askedOfToday && proposal.rendered === undefined,
  }
}
