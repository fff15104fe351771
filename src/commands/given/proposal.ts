import type { PeopleSource } from '../../app/evaluate.ts'
import type { Log } from '../../app/log.ts'
import type { PullRequest } from '../../app/ports.ts'
import type { ChartRenderer } from '../../app/reading/chart-port.ts'
import { readProposal, type UndatedProposal } from '../../app/reading/read-proposal.ts'
import { repositoryNamed } from '../../domain/manifest/layers/delivery/addresses.ts'
import type { People, Person } from '../../domain/policy/consent/people.ts'
import { assertNever } from '../../domain/source/assert-never.ts'
import type { SourceFile } from '../../domain/source/source-file.ts'
import type { GitClone } from '../../git/clone.ts'
import { createContents } from '../../git/directory.ts'
import type { FileStore } from '../../git/file-store.ts'
import { createLocalRepository, type LocalMerge } from '../../git/local-repository.ts'
import type { GitMerge } from '../../git/merge-tree.ts'
import type { Terminal } from '../terminal.ts'
import { UserError } from '../user-error.ts'
import { helmOf } from './helm-of.ts'
import type { Members } from './members.ts'
import { commitOf, directoryStore, type Side, sideOf, withClone, withCloneAt } from './side.ts'

/** What is compared, and who is said to have agreed. */
export interface ProposalOptions {
  readonly base: string
  readonly head: string
  readonly author?: string
  readonly approvedBy: readonly string[]
  readonly members: Members
  /** What the two names stand for, where that is known; else a directory stands before a ref. */
  readonly sides?: { readonly base: Side; readonly head: Side }
  /** What is staged for the next commit, instead of the two. */
  readonly staged?: boolean
  /** What applies where the base has no configuration. */
  readonly defaults?: SourceFile
}

/** The two sides of the command line as the pull request that they would be. */
export interface LocalProposal {
  readonly proposal: UndatedProposal
  readonly pull: PullRequest
  /** The people whom the options name. */
  readonly source: PeopleSource
}

function comparable(path: string, contents = createContents()): FileStore {
  return directoryStore({ path, naming: 'content', contents })
}

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Reads both sides: two refs of the clone around the working directory are merged in memory, and so is its working tree as
 * it lies there; anything else is compared as it is.
 */
export async function readLocalProposal(
  options: ProposalOptions,
  terminal: Terminal,
): Promise<LocalProposal> {
  const charts = helmOf(terminal)
  if (options.staged === true) return readStaged({ ...options, charts }, terminal)
  const { base, head } = options.sides ?? {
    base: await sideOf(options.base, terminal),
    head: await sideOf(options.head, terminal),
  }
  if (base.kind === 'directory' && head.kind === 'directory') {
    const contents = createContents()
    const store = comparable(head.path, contents)
    return proposalOf(
      { ...options, charts },
      { base: comparable(base.path, contents), merged: { kind: 'files', store } },
    )
  }
  return withClone(terminal, [base, head], async (clone) => {
    const [sides, remotes] = await Promise.all([sidesIn(clone, base, head, terminal), clone.remotes()])
    return proposalOf({ ...options, charts }, { ...sides, ...addressFor(base, remotes) })
  })
}

const nothing: FileStore = {
  listing: async () => ({ tree: new Map(), cut: [] }),
  blob: async (sha) => {
    throw new Error(`There is no ${sha} before the first commit`)
  },
}

/** What the next commit would hold, against the one before it; where there is none, against nothing. */
function readStaged(
  options: ProposalOptions & { readonly charts: ChartRenderer },
  terminal: Terminal,
): Promise<LocalProposal> {
  const otherwise = `${terminal.directory} does not lie in a Git repository: nothing can be staged there.`
  return withCloneAt(terminal, otherwise, async (clone) => {
    const head = await clone.commit('HEAD')
    const staged = await clone.staged()
    if (staged === undefined)
      throw new UserError('What is staged is in conflict: resolve it, and add it, first.')
    return proposalOf(
      { ...options, base: head ?? 'nothing', head: staged },
      {
        base: head === undefined ? nothing : clone.store(head),
        merged: { kind: 'files', store: clone.store(staged) },
        ...(head !== undefined && knownTo(clone, head)),
        ...addressFor({ name: 'HEAD' }, await clone.remotes()),
      },
    )
  })
}

/** Where what it would be merged into is fetched from: as the base says, else where a clone of a fork has it, else what is cloned. */
export function addressFor(
  { name }: Pick<Side, 'name'>,
  remotes: ReadonlyMap<string, string>,
): Pick<LocalSides, 'address'> {
  const [only, ...others] = remotes.keys()
  const named = [...remotes.keys()].find((each) => name.startsWith(`${each}/`))
  const usual = [named, 'upstream', 'origin', others.length === 0 ? only : undefined]
  const address = usual
    .map((each) => remotes.get(each ?? ''))
    .find((each) => each !== undefined && isOfHost(each))
  return address === undefined ? {} : { address }
}

/** A path on this machine says nothing of what a repository is called elsewhere. */
function isOfHost(url: string): boolean {
  return /^(?!file:)\w[\w+.-]*:\/\/[^/]|^[^/:]+:[^/\\]/.test(url)
}

/** The files of both sides, wherever they are. */
export interface LocalSides {
  readonly base: FileStore
  readonly merged: LocalMerge
  /** Where two commits are merged. */
  readonly commits?: { readonly base: string; readonly head: string }
  /** The address of the repository, where that is known. */
  readonly address?: string
  /** Whether a name is a branch, or of what the base does not hold. */
  readonly isUnmerged?: (name: string) => Promise<boolean>
}

async function sidesIn(clone: GitClone, base: Side, head: Side, terminal: Terminal): Promise<LocalSides> {
  if (base.kind === 'ref' && head.kind === 'ref') {
    const [ours, theirs] = [await commitOf(clone, base.name), await commitOf(clone, head.name)]
    await tellUncommitted(clone, theirs, terminal)
    const merged = mergedFiles(clone, await clone.merge(ours, theirs))
    return { base: clone.store(ours), merged, commits: { base: ours, head: theirs }, ...knownTo(clone, ours) }
  }
  const working = head.kind === 'directory' ? await clone.workingTree(head.path) : undefined
  if (base.kind === 'ref' && working !== undefined) {
    const ours = await commitOf(clone, base.name)
    const merged = mergedFiles(clone, await clone.merge(ours, working))
    return { base: clone.store(ours), merged, ...knownTo(clone, ours) }
  }
  const [before, after] = [await storeOf(base, clone), await storeOf(head, clone)]
  return { base: before, merged: { kind: 'files', store: after } }
}

function knownTo(clone: GitClone, base: string): Pick<LocalSides, 'isUnmerged'> {
  return { isUnmerged: (name) => clone.isUnmerged(name, base) }
}

/** Whoever has just edited a file would take the answer for one about it. */
async function tellUncommitted(clone: GitClone, head: string, terminal: Terminal): Promise<void> {
  if (head !== (await clone.commit('HEAD'))) return
  const count = await clone.uncommitted()
  if (count === 0) return
  const what = count === 1 ? '1 file that is not committed is' : `${count} files that are not committed are`
  terminal.warn(`${what} not looked at; --head . looks at all files.`)
}

async function storeOf(side: Side, clone: GitClone): Promise<FileStore> {
  return side.kind === 'directory' ? comparable(side.path) : clone.store(await commitOf(clone, side.name))
}

function mergedFiles(clone: GitClone, merge: GitMerge): LocalMerge {
  switch (merge.kind) {
    case 'tree':
      return { kind: 'files', store: clone.store(merge.sha) }
    case 'conflict':
      return merge
    case 'impossible':
      return { kind: 'unknown', because: merge.because }
    default:
      return assertNever(merge)
  }
}

/** Two sides as the proposal to merge one into the other. */
export async function proposalOf(
  options: ProposalOptions & { readonly charts: ChartRenderer },
  sides: LocalSides,
): Promise<LocalProposal> {
  const pull = pullOf(options, sides)
  const called = repositoryNamed(sides.address)
  const repository = createLocalRepository({
    ...sides,
    ...(options.defaults && { defaults: options.defaults }),
  })
  return {
    proposal: await readProposal(pull, {
      repository,
      charts: options.charts,
      log: silent,
      ...(called && { called }),
    }),
    pull,
    source: {
      people: async (_, owners) => peopleOf(options, pull, owners),
      members: async () => options.members.of,
    },
  }
}

/** Directories have no commit: their names stand for one. Nothing is looked up by either. */
function pullOf({ base, head, author }: ProposalOptions, { commits }: LocalSides): PullRequest {
  return {
    ref: { installation: 0, owner: '', repo: '', number: 0 },
    state: 'open',
    draft: false,
    author: personOf(author ?? ''),
    head: { sha: commits?.head ?? head, branch: head },
    base: { branch: base, tip: commits?.base ?? base },
    defaultBranch: base,
    mergeable: 'yes',
    requestedReviewers: [],
  }
}

/** Logins are written with and without `@`. */
export function personOf(written: string): Person {
  const login = written.replace(/^@/, '')
  return { login, bot: login.endsWith('[bot]') }
}

/** Approvals are on the head commit. An owner who is named in person has write access, as GitHub demands of owners. */
function peopleOf(options: ProposalOptions, pull: PullRequest, owners: readonly string[]): People {
  const { author, approvedBy, members } = options
  const persons = new Set(owners.map((owner) => owner.toLowerCase()))
  return {
    ...(author !== undefined && { author: personOf(author), lastPusher: personOf(author).login }),
    pushers: author === undefined ? 'unknown' : [personOf(author)],
    reviews: approvedBy.map((login) => ({
      by: personOf(login),
      state: 'approved',
      commit: pull.head.sha,
      at: '1970-01-01T00:00:00Z',
      mayWrite: members.mayWrite(login) || persons.has(`@${personOf(login).login.toLowerCase()}`),
      body: '',
    })),
    membership: members.membership,
    ...(members.file !== undefined && { membersFile: members.file }),
  }
}
