import { budgets } from '../../domain/budgets.ts'
import type { Fact, Installed } from '../../domain/installation/facts.ts'
import { type Granted, lacksOf } from '../app-needs.ts'
import { unlessStatus } from '../client.ts'
import { type Asked, notShown } from './asked.ts'

/** An installation as GitHub tells of it. */
interface GivenInstallation extends Granted {
  readonly app_id: number
  readonly suspended_at: string | null
  readonly repository_selection: string
}

/** Which App it is: as its key says, else the only one that has written the check on recent pull requests. */
export async function readAppId(
  asked: Asked & { readonly check: string },
  given?: number,
): Promise<Fact<number>> {
  if (given !== undefined) return { known: given }
  const writers = new Set(await writersOf(asked))
  const [only] = writers
  return writers.size === 1 && only !== undefined ? { known: only } : { missing: 'app-id' }
}

/** Of a head that is gone, as that of a fork that was deleted. */
const noSuchCommit = 422

/** Somebody else's check of our name makes two of them, and then nobody knows. */
async function writersOf({
  client,
  owner,
  repo,
  check,
}: Asked & { readonly check: string }): Promise<readonly number[]> {
  const { data: pulls } = await client.rest.pulls.list({
    owner,
    repo,
    state: 'all',
    sort: 'updated',
    direction: 'desc',
    per_page: budgets.examinedPulls.size,
  })
  const found = await Promise.all(
    pulls.map(async ({ head }) => {
      const at = { owner, repo, ref: head.sha, check_name: check }
      const runs = await unlessStatus([...notShown, noSuchCommit], () => client.rest.checks.listForRef(at))
      return (runs?.data.check_runs ?? []).flatMap(({ app }) => (app === null ? [] : [app.id]))
    }),
  )
  return found.flat()
}

/** The installation that covers the repository: as the App itself, else as an owner of the organization. */
export async function readInstalled(
  asked: Asked & { readonly isOrganization: boolean },
  id: Fact<number>,
): Promise<Fact<Installed>> {
  const { app, owner, repo } = asked
  if (app !== undefined) {
    const found = await unlessStatus([404], () => app.rest.apps.getRepoInstallation({ owner, repo }))
    return { known: installedOf(found?.data, { known: true }) }
  }
  if (!asked.isOrganization) return { missing: 'app-key' }
  return readAsOwner(asked, id)
}

async function readAsOwner({ client, owner }: Asked, id: Fact<number>): Promise<Fact<Installed>> {
  const listed = await unlessStatus(notShown, () =>
    client.paginate(client.rest.orgs.listAppInstallations, { org: owner, per_page: 100 }),
  )
  if (listed === undefined) return { missing: 'organization-owner' }
  if ('missing' in id) return id
  const found = listed.find(({ app_id }) => app_id === id.known)
  const covers =
    found?.repository_selection === 'selected'
      ? ({ missing: 'app-key' } as const)
      : ({ known: true } as const)
  return { known: installedOf(found, covers) }
}

function installedOf(
  found: (Omit<GivenInstallation, 'permissions'> & { readonly permissions: object }) | undefined,
  covers: Fact<true>,
): Installed {
  if (found === undefined) return { kind: 'nowhere' }
  const { permissions, events, suspended_at } = found
  return {
    kind: 'there',
    suspended: suspended_at !== null,
    covers,
    lacks: lacksOf({ permissions: { ...permissions }, events }),
  }
}
