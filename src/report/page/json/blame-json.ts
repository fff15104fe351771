import { visibleJson } from '../../../domain/words/visible.ts'
import { type Blame, type BlamedChange, doubtsAbout, doubtsOf, servingIn } from '../blame.ts'
import { answerJson } from './explain-json.ts'
import { schema } from './schema.ts'

/** One request for programs: a line of the `firebreak/1` contract, without its end. */
export function blameLine(blame: Blame): string {
  const { request, branch, tip, now, changes, beginning } = blame
  const doubts = doubtsAbout(now)
  return visibleJson({
    schema,
    request,
    branch,
    tip,
    now: servingIn(now).map(answerJson),
    ...(doubts.length > 0 && { because: doubts }),
    changes: changes.map(changeJson),
    ...(beginning && { beginning }),
  })
}

function changeJson(change: BlamedChange): object {
  const because = doubtsOf(change)
  return {
    ...change.commit,
    before: servingIn(change.before).map(answerJson),
    after: servingIn(change.after).map(answerJson),
    certain: because.length === 0,
    ...(because.length > 0 && { because }),
  }
}
