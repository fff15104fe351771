import { commitsOf } from '../git/pull-request-commits.ts'
import type { Json } from '../state/json.ts'
import { nodeId } from '../state/names.ts'
import type { PullRequest, TimelineEvent } from '../state/pull-request.ts'
import type { World } from '../state/world.ts'
import { presentTeam, presentUser } from './accounts.ts'
import { presentIssueComment, presentReview } from './comments.ts'
import { presentGitCommit } from './git.ts'
import { repositoryUrl } from './repository.ts'

interface Entry {
  readonly at: string
  readonly id: number
  readonly json: Json
}

function details(world: World, event: TimelineEvent): Json {
  return {
    ...(event.rename ? { rename: event.rename } : {}),
    ...(event.reviewer ? { requested_reviewer: presentUser(world, event.reviewer) } : {}),
    ...(event.team ? { requested_team: presentTeam(world, event.team) } : {}),
    ...(event.event.startsWith('review_request')
      ? { review_requester: presentUser(world, event.actor) }
      : {}),
    ...(event.review
      ? {
          // "The state the review was in" (GitHub's reference of issue event types).
          dismissed_review: {
            state: (event.was ?? 'COMMENTED').toLowerCase(),
            review_id: event.review.id,
            dismissal_message: event.text,
          },
        }
      : {}),
  }
}

function presentEvent(world: World, pull: PullRequest, event: TimelineEvent): Json {
  return {
    id: event.id,
    node_id: nodeId('IssueEvent', event.id),
    url: `${repositoryUrl(world, pull.repository)}/issues/events/${event.id}`,
    actor: presentUser(world, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.at,
    performed_via_github_app: null,
    ...details(world, event),
  }
}

/** Everything that happened to a pull request, oldest first, as the timeline endpoint lists it. */
export async function presentTimeline(world: World, pull: PullRequest): Promise<Json[]> {
  const commits = await commitsOf(pull)
  const entries: Entry[] = [
    ...commits.map((commit) => ({
      at: commit.committer.date,
      id: 0,
      json: { ...presentGitCommit(world, pull.repository, commit), event: 'committed' },
    })),
    ...pull.timeline.map((event) => ({ at: event.at, id: event.id, json: presentEvent(world, pull, event) })),
    ...pull.comments.map((comment) => ({
      at: comment.createdAt,
      id: comment.id,
      json: {
        ...presentIssueComment(world, pull, comment),
        event: 'commented',
        actor: presentUser(world, comment.author),
      },
    })),
    ...pull.reviews.flatMap((review) =>
      review.submittedAt === undefined
        ? []
        : [
            {
              at: review.submittedAt,
              id: review.id,
              json: {
                ...presentReview(world, pull, review),
                state: review.state.toLowerCase(),
                event: 'reviewed',
              },
            },
          ],
    ),
  ]
  return entries
    .toSorted((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1))
    .map(({ json }) => json)
}
