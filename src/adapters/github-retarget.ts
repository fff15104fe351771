import type { PullRequest } from '../ports.ts'
import type { GitHubClient } from './github-client.ts'

const retargets = new Set(['base_ref_changed', 'automatic_base_change_succeeded'])

/** When the pull request was last given another base branch, or undefined if it never was. */
export async function readRetarget(client: GitHubClient, { ref }: PullRequest): Promise<string | undefined> {
  const events = await client.paginate(client.rest.issues.listEventsForTimeline, {
    owner: ref.owner,
    repo: ref.repo,
    issue_number: ref.number,
    per_page: 100,
  })
  return events
    .flatMap((event) =>
      retargets.has(event.event ?? '') && 'created_at' in event ? [event.created_at ?? ''] : [],
    )
    .sort()
    .at(-1)
}
