import { z } from 'zod'
import { budgets } from '../../domain/budgets.ts'
import type { RestClient } from '../client.ts'
import { tryGraph } from './graphql.ts'

/** By slug in lower case: the logins, in lower case, of everybody in a team. */
export type TeamMembers = ReadonlyMap<string, ReadonlySet<string>>

/** Of each list; what is longer is asked for by itself. */
const page = budgets.graphPage.size

const mostTeams = budgets.graphTeams.size

/** The field of a query that asks for teams of the organization `$owner`; nothing where there are none. */
export function teamsField(slugs: readonly string[]): string {
  const team = (slug: string, at: number) =>
    `t${at}: team(slug: ${JSON.stringify(slug)}) { slug privacy members(first: ${page}) { totalCount nodes { login } } }`
  return slugs.length === 0 ? '' : `organization(login: $owner) { ${slugs.map(team).join(' ')} }`
}

const team = z.object({
  slug: z.string(),
  privacy: z.enum(['VISIBLE', 'SECRET']),
  members: z.object({ totalCount: z.number(), nodes: z.array(z.object({ login: z.string() })) }),
})

/** What it gives. */
export const teamsShape = z.record(z.string(), team.nullable()).nullish()

/** The teams of which all is given. */
export function teamsIn(organization: z.infer<typeof teamsShape>): TeamMembers {
  return new Map(Object.values(organization ?? {}).flatMap(membersOf))
}

/** GitHub counts no secret team as an owner, and says less of a longer list than it takes to know who is not in it. */
function membersOf(given: z.infer<typeof team> | null): readonly (readonly [string, ReadonlySet<string>])[] {
  if (given === null || given.privacy === 'SECRET') return []
  const { totalCount, nodes } = given.members
  if (nodes.length < totalCount) return []
  return [[given.slug.toLowerCase(), new Set(nodes.map(({ login }) => login.toLowerCase()))]]
}

const shape = z.object({ organization: teamsShape })

/** Teams of an organization, fifty a call; those that are not given as a whole are not among them. */
export async function readTeamsByGraph(
  client: RestClient,
  owner: string,
  slugs: readonly string[],
): Promise<TeamMembers> {
  const found = new Map<string, ReadonlySet<string>>()
  for (let from = 0; from < slugs.length; from += mostTeams) {
    const query = `query($owner: String!) { ${teamsField(slugs.slice(from, from + mostTeams))} }`
    const answer = await tryGraph<unknown>(client, query, { owner })
    const read = answer?.errors.length === 0 ? shape.safeParse(answer.data) : undefined
    for (const [slug, members] of teamsIn(read?.data?.organization)) found.set(slug, members)
  }
  return found
}
