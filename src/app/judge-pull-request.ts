import type { Proposal } from '../domain/assess.ts'
import { isCodeownersPath } from '../domain/ownership/codeowners.ts'
import { budgetsUsedUp } from '../domain/policy/budgets-used-up.ts'
import type { People } from '../domain/policy/consent/people.ts'
import type { Conclusion } from '../domain/policy/decision.ts'
import { factOfFinding, factsOf } from '../domain/policy/facts.ts'
import type { Assessment } from '../domain/policy/judgement.ts'
import type { WayOut } from '../domain/ways-out/way-out.ts'
import { writeReport } from '../report/github/report.ts'
import type { Merged, ReportContext } from '../report/sentences/report-context.ts'
import { recordedVerdict } from './decision.ts'
import { evaluate, type PeopleSource } from './evaluate.ts'
import type { Log } from './log.ts'
import type { Judged, JudgedRepository, PullRequest } from './ports.ts'
import type { ChartRenderer } from './reading/chart-port.ts'
import type { GitObjects } from './reading/git-objects.ts'
import { readProposal } from './reading/read-proposal.ts'
import { createRecording } from './recording.ts'
import { tellTraffic } from './tell-traffic.ts'
import type { TrafficLogs } from './traffic-port.ts'
import { weighPushes } from './weigh-pushes.ts'

/** What a judgement needs of the world. */
export interface World {
  readonly repository: JudgedRepository
  readonly charts: ChartRenderer
  /** Absent where there are no logs of requests. */
  readonly traffic?: TrafficLogs
  readonly log: Log
  /** `YYYY-MM-DD`. */
  readonly today: () => string
}

/** Judges a pull request: in this thread, or in one of its own. `objects` are what the files of the repository are made of. */
export type Judge = (
  pull: PullRequest,
  world: World & { readonly objects: GitObjects },
  merged?: Merged,
) => Promise<Judged>

/** Where nothing matters to the mesh, nobody has to agree, and nobody is looked up. */
function peopleOf(pull: PullRequest, proposal: Proposal, repository: JudgedRepository): PeopleSource {
  const read = new Set([...proposal.base, ...proposal.merged].map(({ path }) => path))
  return {
    async people({ policy, touched }, owners) {
      if (touched.relevantPaths.length === 0 && owners.length === 0) {
        return { author: pull.author, pushers: 'unknown', reviews: [], membership: () => 'unresolvable' }
      }
      const known = await repository.people(pull, owners)
      return weighPushes(known, { pull, repository, policy, wasRead: (path) => read.has(path) })
    },
    async members(owners) {
      const members = await repository.members(pull, owners)
      return (owner) => members.get(owner.toLowerCase())
    },
  }
}

/**
 * Where review comments may stand, and the files in which a line of the branch is the same line after the merge: not where
 * both sides changed a file, so that what was tried out on the merged side cannot be suggested for the branch.
 */
async function readDiff(
  pull: PullRequest,
  { assessment, ways }: { readonly assessment: Assessment; readonly ways: readonly WayOut[] },
  repository: JudgedRepository,
): Promise<Pick<ReportContext, 'diffLines' | 'asPushed'>> {
  const { comparison, touched } = assessment
  const isRemarked = comparison.changes.length > 0 || touched.files.some(({ path }) => isCodeownersPath(path))
  if (!isRemarked) return { diffLines: new Map() }
  const diffLines = await repository.diffLines(pull)
  const files = new Map(ways.map(({ edit: { file } }) => [file.path, file.text]))
  if (![...files.keys()].some((path) => diffLines.has(path))) return { diffLines }
  const head = await repository.files({ kind: 'tip', sha: pull.head.sha }, (path) => files.has(path))
  const same = head.files.filter(({ path, text }) => files.get(path) === text)
  return { diffLines, asPushed: new Set(same.map(({ path }) => path)) }
}

/** What nobody needed to know lets everybody go on. */
function lacking(conclusion: Conclusion, refused: People['refused']): Pick<Judged, 'missing'> {
  return conclusion === 'success' || refused === undefined ? {} : { missing: refused }
}

/**
 * Judges what a pull request is to bring, as it was read: both sides, who agreed, and the words for it. Writes nothing but
 * to the log.
 */
export async function judgePullRequest(
  pull: PullRequest,
  { repository: asked, charts, traffic, log, today }: World,
  merged?: Merged,
): Promise<Judged> {
  const recording = createRecording(asked, pull.base.tip)
  const { repository } = recording
  const proposal = { ...(await readProposal(pull, { repository, charts, log })), today: today() }
  const source = recording.source(peopleOf(pull, proposal, repository))
  const { assessment, ways: findWays } = await evaluate(proposal, source, pull.head)
  const { findings, decision } = assessment
  const ways = findWays()
  const report = writeReport(assessment, {
    headSha: pull.head.sha,
    baseTip: pull.base.tip,
    baseBranch: pull.base.branch,
    number: pull.ref.number,
    ...(await readDiff(pull, { assessment, ways }, repository)),
    requestedReviewers: pull.requestedReviewers,
    waysOut: ways,
    ...(merged === undefined ? {} : { merged }),
  })
  if (decision.override !== undefined) {
    log.warn({ ...pull.ref, head: pull.head.sha, override: decision.override }, 'a verdict is set aside')
  }
  return {
    report: await tellTraffic(report, assessment, { pull, log, ...(traffic && { traffic }) }),
    facts: [...decision.requirements.flatMap(factsOf), ...findings.map(factOfFinding)],
    decision: {
      inputs: recording.inputs({ pull, proposal, merged }),
      verdict: recordedVerdict(assessment, report),
    },
    grounds: recording.grounds(),
    ...lacking(decision.conclusion, recording.refused()),
    usedUp: budgetsUsedUp(assessment),
    ...(decision.override !== undefined && { overridden: true }),
  }
}
