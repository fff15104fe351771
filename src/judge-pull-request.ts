import { assess } from './domain/assess.ts'
import type { People } from './domain/policy/consent/people.ts'
import { ownersToList, sharedApprovers } from './domain/policy/consent/shared-approvers.ts'
import { decide, ownersConcerned } from './domain/policy/decide.ts'
import { factOfFinding, factsOf } from './domain/policy/facts.ts'
import type { Assessment, Judgement } from './domain/policy/judgement.ts'
import type { WayOut } from './domain/ways-out/way-out.ts'
import { waysOut } from './domain/ways-out/ways-out.ts'
import type { Log, Publication, PullRequest, Repository } from './ports.ts'
import { readProposal } from './read-proposal.ts'
import { writeReport } from './report/github/report.ts'
import type { Merged, ReportContext } from './report/words/report-context.ts'
import { weighPushes } from './weigh-pushes.ts'

/** What a judgement needs of the world. */
export interface World {
  readonly repository: Repository
  readonly log: Log
  /** `YYYY-MM-DD`. */
  readonly today: () => string
}

/** Where nothing matters to the mesh, nobody has to agree, and nobody is looked up. */
function peopleFor(judgement: Judgement, pull: PullRequest, repository: Repository): Promise<People> {
  const owners = ownersConcerned(judgement)
  if (judgement.touched.relevantPaths.length > 0 || owners.length > 0) return repository.people(pull, owners)
  const membership = () => 'unresolvable' as const
  return Promise.resolve({ author: pull.author, pushers: 'unknown', reviews: [], membership })
}

/** Where several teams have not agreed, one person may be in more than one of them. */
async function withSharedApprovers(
  assessment: Assessment,
  pull: PullRequest,
  repository: Repository,
): Promise<Assessment> {
  const owners = ownersToList(assessment)
  if (owners.length === 0) return assessment
  const members = await repository.members(pull, owners)
  return {
    ...assessment,
    sharedApprovers: sharedApprovers(assessment, (owner) => members.get(owner.toLowerCase())),
  }
}

interface Judged {
  readonly judgement: Judgement
  readonly ways: readonly WayOut[]
}

/**
 * Where review comments may stand, and the files in which a line of the branch is the same line after the merge: not where
 * both sides changed a file, so that what was tried out on the merged side cannot be suggested for the branch.
 */
async function readDiff(
  pull: PullRequest,
  { judgement, ways }: Judged,
  repository: Repository,
): Promise<Pick<ReportContext, 'diffLines' | 'asPushed'>> {
  if (judgement.comparison.changes.length === 0) return { diffLines: new Map() }
  const diffLines = await repository.diffLines(pull)
  const files = new Map(ways.map(({ edit: { file } }) => [file.path, file.text]))
  if (![...files.keys()].some((path) => diffLines.has(path))) return { diffLines }
  const head = await repository.files({ kind: 'tip', sha: pull.head.sha }, (path) => files.has(path))
  const same = head.files.filter(({ path, text }) => files.get(path) === text)
  return { diffLines, asPushed: new Set(same.map(({ path }) => path)) }
}

/**
 * Judges what a pull request is to bring, as it was read: both sides, who agreed, and the words for it. Writes nothing but
 * to the log.
 */
export async function judgePullRequest(
  pull: PullRequest,
  { repository, log, today }: World,
  merged?: Merged,
): Promise<Publication> {
  const proposal = { ...(await readProposal(pull, repository, log)), today: today() }
  const judgement = assess(proposal)
  const { policy } = judgement
  const read = new Set([...proposal.base, ...proposal.merged].map(({ path }) => path))
  const people = await weighPushes(await peopleFor(judgement, pull, repository), {
    pull,
    repository,
    policy,
    wasRead: (path) => read.has(path),
  })
  const assessment = await withSharedApprovers(decide(judgement, people, pull.head), pull, repository)
  const ways = waysOut(proposal, judgement)
  const report = writeReport(assessment, {
    headSha: pull.head.sha,
    baseTip: pull.base.tip,
    baseBranch: pull.base.branch,
    number: pull.ref.number,
    ...(await readDiff(pull, { judgement, ways }, repository)),
    requestedReviewers: pull.requestedReviewers,
    waysOut: ways,
    ...(merged === undefined ? {} : { merged }),
  })
  const { findings, decision } = assessment
  if (decision.override !== undefined) {
    log.warn({ ...pull.ref, head: pull.head.sha, override: decision.override }, 'a verdict is set aside')
  }
  return { report, facts: [...decision.requirements.flatMap(factsOf), ...findings.map(factOfFinding)] }
}
