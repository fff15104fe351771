import type { Abandonment, CheckRun, PullRequest } from '../../app/ports.ts'
import type { AppClient } from '../client.ts'
import { abandonCheckRun, type CheckRuns } from './check-run.ts'
import { externalId, subjectOf } from './external-id.ts'
import type { NamedRuns } from './named-runs.ts'

interface Found {
  readonly id: number
  readonly status: string
  readonly external_id: string | null
  readonly head_sha: string
  readonly app: { readonly id: number } | null
}

async function endEach(runs: CheckRuns, found: readonly Found[], why: Abandonment): Promise<void> {
  for (const { id, head_sha: headSha } of found) await abandonCheckRun(runs, { id, headSha }, why)
}

/** Ends our runs in progress for the same pull request, or turn, that are older than `run`; all of them where there is none. */
export async function endOtherRuns(
  { appId, named, ...runs }: CheckRuns & { readonly appId: number; readonly named: NamedRuns },
  pull: PullRequest,
  run: CheckRun | undefined,
): Promise<void> {
  const isLeft = ({ id, status, external_id, app }: Found) =>
    app?.id === appId &&
    status !== 'completed' &&
    external_id === externalId(pull) &&
    id < (run?.id ?? Number.POSITIVE_INFINITY)
  const left = (await named.lastRead(pull)).filter(isLeft)
  await endEach(runs, left, { kind: 'superseded', by: run === undefined ? 'closed' : 'newer' })
}

/** Ends our runs in progress for pull requests on a commit that is the head of none. */
export async function endRunsOn(runs: CheckRuns & AppClient, sha: string): Promise<void> {
  const { client, appId, where } = runs
  const found = await client.paginate(client.rest.checks.listForRef, {
    ...where,
    ref: sha,
    app_id: appId,
    status: 'in_progress',
    filter: 'all',
    per_page: 100,
  })
  const left = found.filter(({ external_id }) => {
    const subject = subjectOf(external_id, sha)
    return subject !== undefined && subject.group === undefined
  })
  await endEach(runs, left, { kind: 'superseded', by: 'moved-on' })
}
