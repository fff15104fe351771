import { type Evaluated, evaluate, type PeopleSource } from '../app/evaluate.ts'
import type { PullRequest } from '../app/ports.ts'
import type { ToldTraffic } from '../domain/traffic/told-traffic.ts'
import { type Members, nobody, readMembers } from './given/members.ts'
import type { AskedPeople } from './given/people.ts'
import { type LocalProposal, type ProposalOptions, readLocalProposal } from './given/proposal.ts'
import { type GivenOptions, readGiven } from './given/read-directory.ts'
import type { Terminal } from './terminal.ts'
import { UserError } from './user-error.ts'

/** What is to be judged on this machine, as options name it. */
export interface LocalOptions extends GivenOptions {
  readonly base: string
  readonly head: string
  readonly author?: string
  readonly approvedBy: readonly string[]
  readonly members?: string
  readonly people?: 'github'
  readonly pull?: number
  readonly staged?: boolean
  readonly existing?: boolean
  readonly traffic?: string
}

/** What was judged, to be printed; ways out are looked for by a form that tells them. */
export interface Checked extends Evaluated {
  readonly pull: PullRequest
  readonly traffic?: ToldTraffic
}

/** What options name, and what only a workflow knows of it. */
type Given = Omit<LocalOptions, 'members'> &
  Pick<ProposalOptions, 'sides'> &
  Pick<AskedPeople, 'queued'> & { readonly members?: string | Members; readonly whole?: boolean }

/** Judges what the options name, with the people whom they name; all of both sides is read where it is to be shown. */
export async function evaluateLocally(options: Given, terminal: Terminal): Promise<Checked> {
  if (options.pull !== undefined && options.people === undefined)
    throw new UserError('--pull needs --people github: nobody else knows of pull requests.')
  const named = options.members ?? nobody
  const members = typeof named === 'string' ? await readMembers(named, terminal) : named
  const { snapshots, defaults } = await readGiven(options, terminal)
  const { base, head, author, approvedBy } = options
  terminal.doing('Reading both sides')
  const { proposal, pull, source } = await readLocalProposal(
    {
      base,
      head,
      approvedBy,
      ...(author !== undefined && { author }),
      members,
      ...(options.sides && { sides: options.sides }),
      ...(options.staged === true && { staged: true }),
      ...(defaults && { defaults }),
    },
    terminal,
  )
  terminal.doing(`Comparing ${proposal.base.length} and ${proposal.merged.length} files`)
  const asked = await sourceOf(options, { members, pull, source }, terminal)
  const evaluated = await evaluate(
    {
      ...proposal,
      ...(snapshots && { snapshots }),
      today: terminal.today(),
      existing: options.existing === true,
      whole: options.whole === true,
    },
    asked,
    pull.head,
  )
  return { ...evaluated, pull, ...(await trafficOf(options, evaluated, terminal)) }
}

/** Whoever is asked about people: GitHub, which is loaded where it is, or what the options say. */
async function sourceOf(
  { members: file, ...named }: Given,
  { members, pull, source }: Pick<LocalProposal, 'pull' | 'source'> & { readonly members: Members },
  terminal: Terminal,
): Promise<PeopleSource> {
  if (named.people === undefined) return source
  const { askGitHub } = await import('./given/people.ts')
  return askGitHub({ ...named, ...(file !== undefined && { members }) }, pull, terminal)
}

/** What the logs say, if there are any. */
async function trafficOf(
  { traffic }: Pick<LocalOptions, 'traffic'>,
  { assessment }: Evaluated,
  terminal: Terminal,
): Promise<Pick<Checked, 'traffic'>> {
  if (traffic === undefined) return {}
  const { readTold } = await import('./given/read-told.ts')
  return { traffic: await readTold(traffic, assessment.comparison, terminal) }
}
