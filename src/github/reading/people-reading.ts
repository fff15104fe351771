import { z } from 'zod'
import type { PullRequest } from '../../app/ports.ts'
import { budgets } from '../../domain/budgets.ts'
import type { RestClient } from '../client.ts'
import { type GivenOpinion, latestOpinions, opinionStates } from '../people/opinions.ts'
import { actorFields, personOfActor } from '../people/person.ts'
import { tryGraph } from './graphql.ts'
import { type TeamMembers, teamsField, teamsIn, teamsShape } from './teams-reading.ts'

/** What one call says of those who took part in a pull request. What is absent was not given as a whole. */
export interface PeopleReading {
  readonly opinions?: readonly GivenOpinion[]
  /** The SHAs of its commits. */
  readonly commits?: readonly string[]
  readonly teams: TeamMembers
}

/** Of each list; what is longer is asked for by itself. */
const page = budgets.graphPage.size

const mostTeams = budgets.graphTeams.size

function queryFor(slugs: readonly string[]): string {
  return `query($owner: String!, $name: String!, $number: Int!, $states: [PullRequestReviewState!]) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      commits(first: ${page}) { totalCount nodes { commit { oid } } }
      reviews(first: ${page}, states: $states) {
        totalCount nodes { id databaseId state submittedAt body author ${actorFields} commit { oid } }
      }
    }
  }
  ${teamsField(slugs)}
}`
}

const review = z.object({
  id: z.string(),
  databaseId: z.number(),
  state: z.string(),
  submittedAt: z.string(),
  body: z.string(),
  author: z.object({ __typename: z.string(), login: z.string() }).nullable(),
  commit: z.object({ oid: z.string() }).nullable(),
})

const shape = z.object({
  repository: z.object({
    pullRequest: z.object({
      commits: z.object({
        totalCount: z.number(),
        nodes: z.array(z.object({ commit: z.object({ oid: z.string() }) })),
      }),
      reviews: z.object({ totalCount: z.number(), nodes: z.array(review) }),
    }),
  }),
  organization: teamsShape,
})

type Given = z.infer<typeof shape>

/** Undefined where GitHub's graph does not give all that was asked for: REST does, by a call for each. */
export async function readPeopleByGraph(
  client: RestClient,
  { ref }: PullRequest,
  slugs: readonly string[],
): Promise<PeopleReading | undefined> {
  const answer = await tryGraph<unknown>(client, queryFor(slugs.slice(0, mostTeams)), {
    owner: ref.owner,
    name: ref.repo,
    number: ref.number,
    states: opinionStates,
  })
  const read = answer?.errors.length === 0 ? shape.safeParse(answer.data) : undefined
  return read?.success === true ? readingOf(read.data) : undefined
}

function readingOf({ repository, organization }: Given): PeopleReading {
  const { commits, reviews } = repository.pullRequest
  return {
    ...(isWhole(commits) && { commits: commits.nodes.map(({ commit }) => commit.oid) }),
    ...(isWhole(reviews) && { opinions: opinionsIn(reviews.nodes) }),
    teams: teamsIn(organization),
  }
}

function isWhole({ totalCount, nodes }: { readonly totalCount: number; readonly nodes: readonly unknown[] }) {
  return nodes.length >= totalCount
}

function opinionsIn(reviews: readonly z.infer<typeof review>[]): readonly GivenOpinion[] {
  const given = reviews.map((each) => ({
    ...each,
    submitted_at: each.submittedAt,
    user: each.author && { login: personOfActor(each.author).login, type: each.author.__typename },
  }))
  return latestOpinions(given).map(({ review: { id: node, databaseId: id, commit }, ...opinion }) => ({
    ...opinion,
    id,
    node,
    commit: commit?.oid ?? '',
  }))
}
