import type { PullRequest } from '../../app/ports.ts'
import type { AppClient } from '../client.ts'
import { readTimeline } from '../people/timeline.ts'
import { checkName } from './check-name.ts'

const frame = /^<!-- firebreak:judged (?<base>[0-9a-f]{40,64}) (?<head>[0-9a-f]{40,64}) -->$/m

/** The two commits of which a check run is the verdict, in a comment that nobody sees: its own commit is one of them alone. */
export function judgedText({ base, head }: Pick<PullRequest, 'base' | 'head'>): string {
  return `<!-- firebreak:judged ${base.tip} ${head.sha} -->`
}

/**
 * The base tip against which the last verdict on a pull request was a success; undefined where it was none, or is not known, or where
 * somebody has objected, or dismissed a review, since its evaluation began: whoever merges within seconds is faster than the next one.
 */
export async function readGreenBase(options: AppClient, pull: PullRequest): Promise<string | undefined> {
  const { client, appId } = options
  const { data } = await client.rest.checks.listForRef({
    owner: pull.ref.owner,
    repo: pull.ref.repo,
    ref: pull.head.sha,
    check_name: checkName(pull),
    app_id: appId,
    filter: 'latest',
  })
  const [run] = data.check_runs.filter(({ app }) => app?.id === appId).toSorted((a, b) => b.id - a.id)
  if (run?.conclusion !== 'success') return undefined
  const { base, head } = frame.exec(run.output.text ?? '')?.groups ?? {}
  if (base === undefined || head !== pull.head.sha) return undefined
  return (await isOtherwiseSince(options, pull, run.started_at)) ? undefined : base
}

/** Whether somebody has objected since, or a review was dismissed: it may have been the approval. What has no time may have been later. */
async function isOtherwiseSince(
  { client }: AppClient,
  pull: PullRequest,
  since: string | null,
): Promise<boolean> {
  const isLater = (at: string) => !(Date.parse(at) < Date.parse(since ?? ''))
  const { owner, repo, number } = pull.ref
  const reviews = await client.paginate(client.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  })
  const objections = reviews.filter(({ state }) => state === 'CHANGES_REQUESTED')
  if (objections.some(({ submitted_at: at = '' }) => isLater(at))) return true
  const { dismissedAt } = await readTimeline(client, pull)
  return dismissedAt !== undefined && isLater(dismissedAt)
}
