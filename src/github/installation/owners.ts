import { budgets } from '../../domain/budgets.ts'
import type { CodeownersFacts, Fact, OwnerFacts, Silence } from '../../domain/installation/facts.ts'
import type { Codeowners } from '../../domain/ownership/codeowners.ts'
import { followGitHub, type GitHubReading } from '../../domain/ownership/codeowners-errors.ts'
import { sameLogin } from '../../domain/policy/consent/membership.ts'
import { mapConcurrently } from '../../git/map-concurrently.ts'
import { unlessStatus } from '../client.ts'
import { type Asked, notShown } from './asked.ts'

type Speech = Silence | 'speaks'

/** Who of the owners can agree, as far as the asker may know. */
export async function readCodeownersFacts(
  asked: Asked,
  codeowners: Codeowners,
  reading: GitHubReading,
): Promise<CodeownersFacts> {
  const { unknownOwners } = followGitHub(codeowners, reading)
  const named = new Map<string, OwnerFacts['line']>()
  for (const { owners, line } of codeowners.rules)
    for (const owner of owners) if (!named.has(owner)) named.set(owner, line)
  const owners = await mapConcurrently([...named], budgets.questions.size, async ([owner, line]) => {
    const silence = await readSilence(asked, owner)
    const isKnown = typeof reading !== 'string' && !unknownOwners.has(owner.toLowerCase())
    const isUnknown = unknownOwners.has(owner.toLowerCase())
    return { owner, line, silence: isUnknown ? unlessSilent(silence) : isKnown ? asKnown(silence) : silence }
  })
  return { path: codeowners.file.path, errors: errorsOf(reading), owners }
}

/** What GitHub does not take for an owner speaks for nobody, whatever else is seen of it. */
function unlessSilent(silence: Fact<Speech>): Fact<Speech> {
  return 'known' in silence && silence.known !== 'speaks' ? silence : { known: 'unknown-to-github' }
}

/** Whom GitHub takes for an owner exists and may write; of a team that is not shown to the asker the members are not known. */
function asKnown(silence: Fact<Speech>): Fact<Speech> {
  if ('missing' in silence) return silence.missing === 'administration' ? { known: 'speaks' } : silence
  return silence.known === 'no-team' ? { missing: 'members' } : silence
}

/** An owner whom GitHub does not know is told of by name. */
function errorsOf(reading: GitHubReading): CodeownersFacts['errors'] {
  if (typeof reading === 'string') return { missing: 'codeowners-errors' }
  return {
    known: reading.filter(({ kind }) => kind !== 'Unknown owner').map(({ line, kind }) => ({ line, kind })),
  }
}

async function readSilence(asked: Asked, written: string): Promise<Fact<Speech>> {
  if (!written.startsWith('@')) return { known: 'email' }
  const [name = '', team] = written.slice(1).split('/')
  if (team === undefined) return readUser(asked, name)
  if (!sameLogin(name, asked.owner)) return { known: 'other-organization' }
  return readTeam(asked, team)
}

async function readUser({ client, owner, repo }: Asked, username: string): Promise<Fact<Speech>> {
  const account = await unlessStatus([404], () => client.rest.users.getByUsername({ username }))
  if (account === undefined) return { known: 'no-user' }
  const found = await unlessStatus(notShown, () =>
    client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username }),
  )
  if (found === undefined) return { missing: 'administration' }
  return { known: ['admin', 'write'].includes(found.data.permission) ? 'speaks' : 'no-write-access' }
}

async function readTeam(asked: Asked, slug: string): Promise<Fact<Speech>> {
  const known = await unlessStatus([403], () => speechOfTeam(asked, slug))
  return known === undefined ? { missing: 'members' } : { known }
}

async function speechOfTeam({ client, owner, repo }: Asked, team_slug: string): Promise<Speech> {
  const team = await unlessStatus([404], () => client.rest.teams.getByName({ org: owner, team_slug }))
  if (team === undefined) return 'no-team'
  if (team.data.privacy === 'secret') return 'secret-team'
  const access = await unlessStatus([404], () =>
    client.rest.teams.checkPermissionsForRepoInOrg({
      org: owner,
      team_slug,
      owner,
      repo,
      mediaType: { format: 'repository+json' },
    }),
  )
  if (access?.data?.permissions?.push !== true) return 'no-write-access'
  return team.data.members_count === 0 ? 'empty-team' : 'speaks'
}
