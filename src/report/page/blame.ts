import { isServed } from '../../domain/routing/explain/answers-key.ts'
import type { AskedRequest } from '../../domain/routing/explain/explain-request.ts'
import type { Explanation } from '../../domain/routing/explain/explanation.ts'
import type { TeamNames } from '../sentences/requests/team-names.ts'
import { dependsOn } from './explain-words.ts'
import type { PastBeginning, PastCommit } from './past-change.ts'

/** What one request is answered at one commit. */
export interface AnswersThen {
  readonly answers: readonly Explanation[]
  /** How the team of an object was called. */
  readonly teams: TeamNames
  /** What was left out of what was read. */
  readonly leftOut: readonly string[]
}

/** A merge that changed who serves a request, or what is done with it. */
export interface BlamedChange {
  readonly commit: PastCommit
  readonly before: AnswersThen
  readonly after: AnswersThen
}

/** Who serves a request, and since when. */
export interface Blame {
  readonly request: AskedRequest
  readonly branch: string
  readonly tip: string
  readonly now: AnswersThen
  /** The newest first: one, unless all were asked for. */
  readonly changes: readonly BlamedChange[]
  /** Where the history begins, if it was followed so far. */
  readonly beginning?: PastBeginning & Pick<PastCommit, 'at'>
}

/** The answers of gateways that serve the host. */
export function servingIn({ answers }: AnswersThen): readonly Explanation[] {
  return answers.filter(isServed)
}

/** Why a change is not certain: an answer hangs on what Git does not say, or something could be read on one side alone. */
export function doubtsOf({ before, after }: BlamedChange): readonly string[] {
  return [...sideDoubts('before', before, after), ...sideDoubts('after', after, before)]
}

/** Why nobody knows which of several answers is given. */
export function doubtsAbout(side: AnswersThen): readonly string[] {
  const doubts = side.answers.flatMap((each) => [
    ...(each.outcome === 'contested' ? [dependsOn(each)] : []),
    ...(each.otherCopies === true ? ['depends on which of several copies of an object a cluster has'] : []),
  ])
  return [...new Set(doubts)]
}

function sideDoubts(when: string, side: AnswersThen, other: AnswersThen): readonly string[] {
  const known = new Set(other.leftOut)
  return [
    ...doubtsAbout(side).map((each) => `the answer ${when} this change ${each}`),
    ...side.leftOut.filter((each) => !known.has(each)).map((each) => `${when} this change, ${each}`),
  ]
}
