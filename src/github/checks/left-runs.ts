import type { Abandonment } from '../../app/abandonment.ts'
import type { CheckRun, PullRequest } from '../../app/ports.ts'
import { type AppClient, goneCommit, unlessStatus } from '../client.ts'
import { checkedCommit } from './check-name.ts'
import { abandonCheckRun, type CheckRuns } from './check-run.ts'
import { isFor, subjectOf } from './external-id.ts'

/** A run of ours that is not over, as REST has it. */
export interface FoundRun {
  readonly id: number
  readonly external_id: string | null
  readonly head_sha: string
}

type OurRuns = CheckRuns & AppClient

/** Under every name: a pull request may have had another base. On a commit that is no more GitHub shows none. */
async function readInProgress({ client, appId, where }: OurRuns, ref: string): Promise<readonly FoundRun[]> {
  const found = await unlessStatus(goneCommit, () =>
    client.paginate(client.rest.checks.listForRef, {
      ...where,
      ref,
      app_id: appId,
      status: 'in_progress',
      filter: 'all',
      per_page: 100,
    }),
  )
  return found ?? []
}

async function endEach(runs: CheckRuns, found: readonly FoundRun[], why: Abandonment): Promise<void> {
  for (const { id, head_sha: headSha } of found) await abandonCheckRun(runs, { id, headSha }, why)
}

/** Ends our runs in progress for the same pull request, or turn, that are older than `run`; all of them where there is none. */
export async function endOtherRuns(
  runs: OurRuns,
  pull: PullRequest,
  { run, given }: { readonly run: CheckRun | undefined; readonly given?: readonly FoundRun[] | undefined },
): Promise<void> {
  const found = given ?? (await readInProgress(runs, checkedCommit(pull)))
  const before = run?.id ?? Number.POSITIVE_INFINITY
  const left = found.filter(({ id, external_id }) => isFor(external_id, pull) && id < before)
  await endEach(runs, left, { kind: 'superseded', by: run === undefined ? 'closed' : 'newer' })
}

/** Ends our runs in progress for pull requests on a commit that is the head of none. */
export async function endRunsOn(runs: OurRuns, sha: string): Promise<void> {
  const left = (await readInProgress(runs, sha)).filter(({ external_id }) => {
    const subject = subjectOf(external_id, sha)
    return subject !== undefined && subject.group === undefined
  })
  await endEach(runs, left, { kind: 'superseded', by: 'moved-on' })
}
