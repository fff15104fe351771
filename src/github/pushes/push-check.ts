import type { Abandonment } from '../../app/abandonment.ts'
import type { BranchPush, Publication } from '../../app/ports.ts'
import { pushCheckName } from '../checks/check-name.ts'
import { abandonCheckRun, type CheckRuns, completeCheckRun } from '../checks/check-run.ts'
import { pushId } from '../checks/external-id.ts'

/**
 * Tells on the pushed commit what a push has done. It comes too late to gate anything, so it is made when it is known; and
 * there is nothing left to approve, so whatever is told is a failure.
 */
export async function writePushCheck(
  runs: CheckRuns,
  push: BranchPush,
  told: Publication | Abandonment,
): Promise<void> {
  const { data } = await runs.client.rest.checks.create({
    ...runs.where,
    name: pushCheckName(push.branch),
    head_sha: push.after,
    status: 'in_progress',
    external_id: pushId(push),
    // A second run would be left in progress for ever.
    request: { retries: 0 },
  })
  const run = { id: data.id, headSha: push.after }
  if ('kind' in told) return abandonCheckRun(runs, run, told)
  return completeCheckRun(runs, run, {
    report: { ...told.report, conclusion: 'failure', text: '' },
    tried: 'never',
  })
}
