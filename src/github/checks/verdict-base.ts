import type { PullRequest } from '../../app/ports.ts'
import type { AppClient } from '../client.ts'
import { checkName } from './check-name.ts'

const frame = /^<!-- firebreak:judged (?<base>[0-9a-f]{40,64}) (?<head>[0-9a-f]{40,64}) -->$/m

/** The two commits of which a check run is the verdict, in a comment that nobody sees: its own commit is one of them alone. */
export function judgedText({ base, head }: Pick<PullRequest, 'base' | 'head'>): string {
  return `<!-- firebreak:judged ${base.tip} ${head.sha} -->`
}

/** The base tip against which the last verdict on a pull request was a success; undefined where it was none, or is not known. */
export async function readGreenBase(
  { client, appId }: AppClient,
  pull: PullRequest,
): Promise<string | undefined> {
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
  return head === pull.head.sha ? base : undefined
}
