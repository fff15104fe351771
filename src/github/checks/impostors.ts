import type { PullRequest } from '../../app/ports.ts'
import type { NamedRuns } from './named-runs.ts'

/**
 * Who else wrote a check run of this name on the head: a required check that is not pinned to our App would take it for
 * ours. A workflow's job is one, written by GitHub Actions. Each is named once, in order.
 */
export async function readImpostors(
  runs: NamedRuns,
  appId: number,
  pull: PullRequest,
): Promise<readonly string[]> {
  const others = (await runs.read(pull)).filter(({ app }) => app?.id !== appId)
  return [...new Set(others.map(({ app }) => app?.name ?? 'an unknown App'))].sort()
}
