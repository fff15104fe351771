import type { PushHistory } from '../../app/ports.ts'
import { unlessStatus } from '../client.ts'
import { readAuthor } from '../people/people.ts'
import { type PushOriginOptions, readPushOrigin } from './push-origin.ts'

/** What GitHub knows of pushes to one repository that are over. */
export function createGitHubPushHistory(options: PushOriginOptions): PushHistory {
  const { client, at, appId } = options
  return {
    origin: (push) => readPushOrigin(options, push),
    people: (pull, owners) => readAuthor({ client, appId }, pull, owners),
    async isProtected(branch) {
      const found = await unlessStatus([404], () =>
        client.rest.repos.getBranch({ owner: at.owner, repo: at.repo, branch }),
      )
      return found?.data.protected === true
    },
  }
}
