import type { RepositoryRef } from '../../app/ports.ts'
import { repositoryAdmins } from '../../domain/policy/administrators.ts'
import type { Membership } from '../../domain/policy/consent/people.ts'
import { type RestClient, unlessStatus } from '../client.ts'
import type { TeamMembers } from '../reading/teams-reading.ts'
import { createGitHubTeams } from './teams.ts'

/** What GitHub says of people in a repository; each team and each person is asked for once. */
export interface Answers {
  /** Of an owner as written in CODEOWNERS, or of whoever administers the repository. */
  membership(owner: string, login: string): Promise<Membership>
  mayWrite(login: string): Promise<boolean>
  /** Whether GitHub has refused to say who is in a team: the App may not see any. */
  isRefused(): boolean
}

export interface AnswersOptions {
  /** The organization of the repository; absent where a user owns it, who has no teams. */
  readonly organization?: string | undefined
  /** Teams that have just been read as a whole. */
  readonly known?: TeamMembers | undefined
}

export function createAnswers(
  client: RestClient,
  { owner, repo }: Pick<RepositoryRef, 'owner' | 'repo'>,
  { organization, known }: AnswersOptions,
): Answers {
  const permissions = new Map<string, Promise<string>>()
  const teams = createGitHubTeams({
    client,
    ...(organization === undefined ? {} : { organization }),
    ...(known && { known }),
  })

  /** No permission to look counts as none. */
  async function readPermission(username: string): Promise<string> {
    const found = await unlessStatus([403, 404], () =>
      client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username }),
    )
    return found?.data.permission ?? 'none'
  }

  function permissionOf(login: string): Promise<string> {
    const key = login.toLowerCase()
    const permission = permissions.get(key) ?? readPermission(login)
    permissions.set(key, permission)
    return permission
  }

  return {
    async membership(of, login) {
      if (of !== repositoryAdmins.key) return teams.membership(of, login)
      return (await permissionOf(login)) === 'admin' ? 'member' : 'no-member'
    },
    mayWrite: async (login) => ['admin', 'write'].includes(await permissionOf(login)),
    isRefused: teams.isRefused,
  }
}
