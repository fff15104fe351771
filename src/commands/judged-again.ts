import { type Decision, recordedVerdict } from '../app/decision.ts'
import type { DefaultConfiguration } from '../app/default-configuration.ts'
import { evaluate, type PeopleSource } from '../app/evaluate.ts'
import type { JudgedRepository, MergedSide, PullRequest } from '../app/ports.ts'
import type { ChartRenderer } from '../app/reading/chart-port.ts'
import { readProposal } from '../app/reading/read-proposal.ts'
import { createRecording } from '../app/recording.ts'
import { budgets } from '../domain/budgets.ts'
import type { DecisionInputs } from '../domain/policy/record/decision-record.ts'
import type { GitClone } from '../git/clone.ts'
import { diffTrees } from '../git/diff-trees.ts'
import { type FileStore, onlyOnce } from '../git/file-store.ts'
import { readContents } from '../git/read-contents.ts'
import { readFiles } from '../git/read-files.ts'
import { receivePeople } from '../judging/received-people.ts'
import { writeReport } from '../report/github/report.ts'
import { silent } from './given/proposal.ts'
import { UserError } from './user-error.ts'

/** Judges once more what a record tells of: files by a clone, all that was said of people and by GitHub by the record. */
export async function judgedAgain(
  inputs: DecisionInputs,
  clone: GitClone,
  charts: ChartRenderer,
): Promise<Decision> {
  const pull = pullOf(inputs)
  const { merged } = inputs
  const recording = createRecording(await recordedRepository(inputs, pull, clone), pull.base.tip)
  const { repository } = recording
  const read = await readProposal(pull, { repository, charts, log: silent })
  const proposal = { ...read, today: inputs.today }
  const { assessment, ways } = await evaluate(proposal, recording.source(sourceOf(inputs)), pull.head)
  const report = writeReport(assessment, {
    headSha: pull.head.sha,
    baseTip: pull.base.tip,
    baseBranch: pull.base.branch,
    number: pull.ref.number,
    diffLines: new Map(),
    requestedReviewers: pull.requestedReviewers,
    waysOut: ways(),
    ...(merged && { merged }),
  })
  return {
    inputs: recording.inputs({ pull, proposal, merged }),
    verdict: recordedVerdict(assessment, report),
  }
}

function pullOf({ pull: { owner, repo, number, ...pull } }: DecisionInputs): PullRequest {
  return { ref: { installation: 0, owner, repo, number }, state: 'open', mergeable: 'unknown', ...pull }
}

function sourceOf({ people: { memberships, shown, ...rest }, members }: DecisionInputs): PeopleSource {
  const people = receivePeople({
    ...rest,
    memberships: new Map(memberships),
    ...(shown && { shown: shown.map(({ at, digests }) => ({ at, digests: new Set(digests) })) }),
  })
  const roster = new Map(members)
  return { people: async () => people, members: async () => (owner) => roster.get(owner) }
}

/** What the clone has, and what the record says that GitHub has said. */
async function recordedRepository(
  { impostors, unmerged, readings, side, defaults = { kind: 'none' } }: DecisionInputs,
  pull: PullRequest,
  clone: GitClone,
): Promise<JudgedRepository> {
  const base = once(clone.store(await commitIn(clone, pull.base.tip)))
  const merged = await mergedIn(clone, side, pull)
  const after = 'listing' in merged ? merged : undefined
  const storeOf = (kind: string) => (kind === 'tip' ? base : (after ?? base))
  return {
    async mergedSide() {
      if (!('listing' in merged)) return merged
      if (side.kind === 'conflict' || side.kind === 'unknown') return sideWithout(side)
      const [{ tree: old }, { tree: now }] = await Promise.all([base.listing(), merged.listing()])
      return { ...side, changed: diffTrees(old, now) }
    },
    async files({ kind }, wanted) {
      const { listing, blob } = storeOf(kind)
      return readFiles({ listing: await listing(), wanted, blob, most: budgets.files.size })
    },
    async contents({ kind }, wanted) {
      const { listing, blob } = storeOf(kind)
      return readContents({ listing: await listing(), wanted, blob })
    },
    defaultConfiguration: async () => defaultsOf(defaults),
    codeownersErrors: async (sha) => (sha === pull.base.tip ? readings.base : readings.merged),
    impostors: async () => impostors,
    branchAt: async () => undefined,
    isUnmerged: async (_, name) => unmerged.includes(name),
    people: () => Promise.reject(new Error('people are in the record')),
    members: () => Promise.reject(new Error('members are in the record')),
    diffLines: async () => new Map(),
  }
}

function defaultsOf(defaults: DecisionInputs['defaults'] & object): DefaultConfiguration {
  if (defaults.kind !== 'file') return defaults
  const { path, text } = defaults
  return { kind: 'file', file: { path, text, elsewhere: true } }
}

type Recorded = DecisionInputs['side']

function sideWithout(side: Extract<Recorded, { kind: 'conflict' | 'unknown' }>): MergedSide {
  if (side.kind === 'conflict') return side
  const { code, details } = side
  return { kind: 'unknown', because: { code, ...(details && { details }) } }
}

/** The merge that GitHub had, where the clone has it; else as Git makes it of both commits. */
async function mergedIn(
  clone: GitClone,
  side: Recorded,
  { base, head }: PullRequest,
): Promise<FileStore | MergedSide> {
  if (side.kind === 'conflict' || side.kind === 'unknown') return sideWithout(side)
  const made = side.kind === 'commit' ? await clone.commit(side.sha) : undefined
  if (made !== undefined) return once(clone.store(made))
  const merge = await clone.merge(base.tip, await commitIn(clone, head.sha))
  if (merge.kind === 'impossible') return { kind: 'unknown', because: merge.because }
  return merge.kind === 'conflict' ? merge : once(clone.store(merge.sha))
}

async function commitIn(clone: GitClone, sha: string): Promise<string> {
  const found = await clone.commit(sha)
  if (found === undefined) throw new UserError(`The clone has no commit ${sha}: git fetch origin ${sha}`)
  return found
}

function once(store: FileStore): FileStore {
  return { blob: store.blob, listing: onlyOnce(store) }
}
