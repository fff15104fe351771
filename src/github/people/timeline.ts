import type { PullRequest } from '../../app/ports.ts'
import type { Dismissal } from '../../domain/policy/consent/people.ts'
import type { RestClient } from '../client.ts'
import { personOf } from './person.ts'

/** What the history of a pull request says that nothing else does. */
export interface Timeline {
  /** When it was last given another base branch; absent if it never was. */
  readonly retargetedAt?: string
  /** When a review of it was dismissed last; absent if none ever was. */
  readonly dismissedAt?: string
  /** By the id of the review; the last one, should there be several. */
  readonly dismissals: ReadonlyMap<number, Dismissal>
}

const retargets = new Set(['base_ref_changed', 'automatic_base_change_succeeded'])

interface Event {
  readonly event?: string
  readonly created_at?: string
  readonly actor?: { readonly login: string; readonly type?: string } | null
  readonly dismissed_review?: { readonly state: string; readonly review_id: number }
}

/** What was no approval and no comment may have been a request for changes: GitHub's description leaves the word open. */
function dismissalOf({ actor, dismissed_review }: Event): readonly (readonly [number, Dismissal])[] {
  if (dismissed_review === undefined) return []
  const { state, review_id } = dismissed_review
  const was = ['approved', 'commented'].includes(state.toLowerCase()) ? 'no-objection' : 'objection'
  return [[review_id, { was, ...(actor ? { by: personOf(actor) } : {}) }]]
}

/** Reads the whole history once (REST, "List timeline events for an issue"). */
export async function readTimeline(client: RestClient, { ref }: PullRequest): Promise<Timeline> {
  const events: readonly Event[] = await client.paginate(
    'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline',
    {
      owner: ref.owner,
      repo: ref.repo,
      issue_number: ref.number,
      per_page: 100,
    },
  )
  const dismissed = events.filter(({ event }) => event === 'review_dismissed')
  const retargetedAt = lastTime(events.filter(({ event = '' }) => retargets.has(event)))
  const dismissedAt = lastTime(dismissed)
  return {
    dismissals: new Map(dismissed.flatMap(dismissalOf)),
    ...(retargetedAt === undefined ? {} : { retargetedAt }),
    ...(dismissedAt === undefined ? {} : { dismissedAt }),
  }
}

function lastTime(events: readonly Event[]): string | undefined {
  return events
    .map(({ created_at = '' }) => created_at)
    .sort()
    .at(-1)
}
