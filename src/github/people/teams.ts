import { statusOf } from '../../app/status-of.ts'
import { budgets } from '../../domain/budgets.ts'
import { sameLogin } from '../../domain/policy/consent/membership.ts'
import type { Membership, Person } from '../../domain/policy/consent/people.ts'
import { type RestClient, unlessStatus } from '../client.ts'
import type { TeamMembers } from '../reading/teams-reading.ts'
import { personOf } from './person.ts'

/** Says who speaks for an owner; asks GitHub at most once for each team and each person in it. */
export interface GitHubTeams {
  membership(owner: string, login: string): Promise<Membership>
  /** Everybody who speaks for an owner; undefined where that cannot be known, or where they are too many. */
  members(owner: string): Promise<readonly Person[] | undefined>
  /** Whether GitHub has refused to say who is in a team: the App may not see any. */
  isRefused(): boolean
}

export interface GitHubTeamsOptions {
  readonly client: RestClient
  /** The organisation of the repository; absent where a user owns it, who has no teams. */
  readonly organization?: string
  /** Teams that have just been read as a whole. */
  readonly known?: TeamMembers
}

/** Nobody looks for a person in a longer list: pages of 100. */
const pageLimit = budgets.teamPages.size

/** 404 hides what does not exist and what may not be seen alike; both leave the team unresolved. */
const refusals = [403, 404]

/** An owner as written in CODEOWNERS, or undefined where it names nobody whom GitHub could look up. */
function readOwner(owner: string): { readonly name: string; readonly team?: string } | undefined {
  const found = /^@(?<name>[^/@\s]+)(?:\/(?<team>[^/@\s]+))?$/.exec(owner)?.groups
  if (found === undefined) return undefined
  const { name = '', team } = found
  return team === undefined ? { name } : { name, team }
}

/** The slugs of the teams of an organisation among owners, each once. */
export function slugsAmong(owners: readonly string[], organization: string | undefined): readonly string[] {
  if (organization === undefined) return []
  const teams = owners
    .map(readOwner)
    .filter((each) => each !== undefined && sameLogin(each.name, organization))
  return [...new Set(teams.flatMap((each) => each?.team?.toLowerCase() ?? []))]
}

function remember<T>(known: Map<string, Promise<T>>, key: string, load: () => Promise<T>): Promise<T> {
  const old = known.get(key)
  if (old !== undefined) return old
  const loading = load()
  known.set(key, loading)
  return loading
}

/**
 * Reads team membership over REST, for one evaluation. Members of child teams count, as GitHub lists them; invited
 * ones do not. An e-mail, a team of another organisation, a missing one and one that may not be seen are unresolvable.
 */
export function createGitHubTeams({ client, organization, known }: GitHubTeamsOptions): GitHubTeams {
  const visible = new Map<string, Promise<boolean>>()
  const members = new Map<string, Promise<Membership>>()
  let refused = false

  /** Undefined where GitHub refuses. */
  async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
    return unlessStatus([403], async () => {
      try {
        return await ask()
      } catch (error) {
        refused ||= statusOf(error) === 403
        throw error
      }
    })
  }

  async function readTeam(org: string, team_slug: string): Promise<boolean> {
    const team = await unlessRefused(() =>
      unlessStatus([404], () => client.rest.teams.getByName({ org, team_slug })),
    )
    // GitHub counts no secret team as an owner.
    return team !== undefined && team.data.privacy !== 'secret'
  }

  async function readMember(org: string, team_slug: string, username: string): Promise<Membership> {
    const found = await unlessStatus([404], () =>
      client.rest.teams.getMembershipForUserInOrg({ org, team_slug, username }),
    )
    return found?.data.state === 'active' ? 'member' : 'no-member'
  }

  async function inTeam(org: string, team: string, login: string): Promise<Membership> {
    const key = team.toLowerCase()
    const listed = known?.get(key)
    if (listed !== undefined) return listed.has(login.toLowerCase()) ? 'member' : 'no-member'
    if (!(await remember(visible, key, () => readTeam(org, team)))) return 'unresolvable'
    return remember(members, `${key} ${login.toLowerCase()}`, async () => {
      const member = await unlessRefused(() => readMember(org, team, login))
      return member ?? 'unresolvable'
    })
  }

  async function listTeam(org: string, team_slug: string): Promise<readonly Person[] | undefined> {
    const found: Person[] = []
    const pages = client.paginate.iterator(client.rest.teams.listMembersInOrg, {
      org,
      team_slug,
      per_page: 100,
    })
    return unlessStatus(refusals, async () => {
      let read = 0
      for await (const { data } of pages) {
        if (++read > pageLimit) return undefined
        found.push(...data.map((user) => personOf(user)))
      }
      return found
    })
  }

  return {
    isRefused: () => refused,
    async members(owner) {
      const { name, team } = readOwner(owner) ?? {}
      if (name === undefined) return undefined
      if (team === undefined) return [{ login: name, bot: false }]
      if (organization === undefined || !sameLogin(name, organization)) return undefined
      return listTeam(organization, team)
    },
    async membership(owner, login) {
      const read = readOwner(owner)
      if (read === undefined) return 'unresolvable'
      if (read.team === undefined) return sameLogin(read.name, login) ? 'member' : 'no-member'
      if (organization === undefined || !sameLogin(read.name, organization)) return 'unresolvable'
      return inTeam(organization, read.team, login)
    },
  }
}
