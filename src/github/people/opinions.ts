import type { Opinion } from '../../app/grounds.ts'
import type { PullRequestRef } from '../../app/ports.ts'
import type { Review } from '../../domain/policy/consent/people.ts'
import type { RestClient } from '../client.ts'
import { personOf } from './person.ts'

/** A comment is no opinion and leaves the last one standing; a pending review is nobody's business yet. */
const opinions: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
}

/** What GitHub calls the states of opinions. */
export const opinionStates: readonly string[] = Object.keys(opinions)

/** An opinion as a review expresses it. */
export type GivenOpinion = Opinion & Pick<Review, 'commit'> & { readonly node: string; readonly id: number }

/** What an opinion is made of, over REST and GraphQL. */
export interface GivenReview {
  readonly user: { readonly login: string; readonly type?: string | undefined } | null
  readonly state: string
  readonly submitted_at?: string | undefined
  readonly body: string
}

/** The latest opinion of each person, of reviews in the order of time. */
export function latestOpinions<T extends GivenReview>(
  reviews: readonly T[],
): readonly (Opinion & { readonly review: T })[] {
  const latest = new Map<string, Opinion & { readonly review: T }>()
  for (const review of reviews) {
    const { user, body, submitted_at: at = '' } = review
    const state = opinions[review.state]
    if (user === null || state === undefined) continue
    const by = personOf(user)
    latest.set(by.login.toLowerCase(), { by, state, at, body, review })
  }
  return [...latest.values()]
}

/** The latest opinion of each reviewer of a pull request. */
export async function readOpinions(
  client: RestClient,
  { owner, repo, number }: PullRequestRef,
): Promise<readonly GivenOpinion[]> {
  const reviews = await client.paginate(client.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  })
  return latestOpinions(reviews).map(({ review, ...opinion }) => ({
    ...opinion,
    id: review.id,
    node: review.node_id,
    commit: review.commit_id ?? '',
  }))
}
