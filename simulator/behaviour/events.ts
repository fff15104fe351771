import { installationFor } from '../access/permissions.ts'
import { presentOrganization, presentUser } from '../present/accounts.ts'
import { presentRepository } from '../present/repository.ts'
import type { Account } from '../state/accounts.ts'
import type { Json } from '../state/json.ts'
import { nameKey, nodeId } from '../state/names.ts'
import type { Repository } from '../state/repository.ts'
import type { World } from '../state/world.ts'
import { deliver } from './deliveries.ts'

/** Something that happened in a repository or an organization, and who did it. */
export interface Happening {
  readonly event: string
  readonly action?: string
  readonly repository?: Repository
  readonly organization?: Account
  readonly sender: Account
  readonly payload: Json
}

/** Apps with write access to checks receive these without asking for them. */
const automatic = new Set(['check_run', 'check_suite'])

/** Tells the App about a happening, if it subscribed to the event and is installed there. */
export function emit(world: World, happening: Happening): void {
  const { event, repository, sender } = happening
  if (!automatic.has(event) && !world.app.events.includes(event)) return
  const organization = happening.organization ?? organizationOf(world, repository)
  const installation = repository
    ? installationFor(world, repository)
    : world.installations.find(({ account, app }) => app === world.app && account === organization)
  if (!installation) return
  deliver(world, {
    event,
    installationId: installation.id,
    repositoryId: repository?.id ?? null,
    payload: {
      ...(happening.action === undefined ? {} : { action: happening.action }),
      ...happening.payload,
      ...(repository ? { repository: presentRepository(world, repository) } : {}),
      ...(organization ? { organization: presentOrganization(world, organization) } : {}),
      installation: { id: installation.id, node_id: nodeId('Installation', installation.id) },
      sender: presentUser(world, sender),
    },
  })
}

function organizationOf(world: World, repository: Repository | undefined): Account | undefined {
  return repository && world.organizations.get(nameKey(repository.owner.login))?.account
}
