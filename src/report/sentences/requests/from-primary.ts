import type { RouteChange } from '../../../domain/diff/route-change.ts'
import { goDuration } from '../../../domain/manifest/validation/values/go-duration.ts'
import { fieldOf } from '../../../domain/terms/action-words.ts'
import { answersOf, differingFields } from '../../../domain/terms/answer-words.ts'
import { listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import type { View } from '../view.ts'

/** Changes by which a field of the primary reaches the routes of others, who can set it themselves. */
function inheritedByOthers({ assessment, audience }: View): readonly RouteChange[] {
  return assessment.comparison.changes.filter(
    (change) =>
      change.kind === 'inherited' &&
      !change.spill &&
      answersOf(change).gets !== undefined &&
      change.touched.some((team) => !audience.isAuthors(team)),
  )
}

/** That a field of the primary is all that changes, where many might fear for more. */
export function nothingElse(view: View): Phrase | undefined {
  const { comparison, touched, findings } = view.assessment
  const inherited = inheritedByOthers(view)
  const isAll = comparison.changes.every(({ kind, certain }) => kind === 'inherited' && certain)
  const isJudged =
    touched.unjudged.length === 0 &&
    !findings.some(({ rule, status }) => rule === 'unmodelled-change' && status === 'introduced')
  return isAll && isJudged && inherited.length > 0
    ? words('Nothing else changes: the same destinations in the same order, and no route is dropped.')
    : undefined
}

/** Who may set fields of the primary for everybody here, and that a team's own value wins. */
export function ownValue(view: View): readonly [isAsked: boolean, set: Phrase] | undefined {
  const [change] = inheritedByOthers(view)
  if (change === undefined) return undefined
  const { policy, decision } = view.assessment
  const isAsked = decision.requirements.some(({ because }) =>
    because.some((reason) => reason.change?.kind === 'inherited'),
  )
  const fields = listed(differingFields(change).map(quoted))
  return [policy.consent.inherited !== 'report' || isAsked, say`set ${fields} in your own VirtualService`]
}

/** What nobody can read in manifests and whoever gets a shorter timeout has to know. */
export function timeoutNote({ assessment, audience }: View): Phrase | undefined {
  const isShorter = assessment.comparison.changes.some(
    (change) => change.touched.some((team) => !audience.isAuthors(team)) && hasShorterTimeout(change),
  )
  return isShorter
    ? words(
        'Not known here: how long requests take today. Those that take longer than the timeout will end with 504.',
      )
    : undefined
}

function hasShorterTimeout({ before, after, kind }: RouteChange): boolean {
  if (kind !== 'changed' && kind !== 'inherited') return false
  const [today, afterMerge] = [before, after].map(
    (route) => route && fieldOf(route.outcome.action, 'timeout'),
  )
  if (before === undefined || typeof afterMerge !== 'string') return false
  const limit = goDuration(afterMerge)
  if (limit === undefined || limit === 0n) return false
  const old = typeof today === 'string' ? goDuration(today) : 0n
  return old === undefined || old === 0n || limit < old
}
