import { assumptionsOf } from './assumptions.ts'
import { budgets } from './budgets.ts'
import { type ComparedSides, compareSides } from './deployment/compare-sides.ts'
import { apartFindings } from './deployment/doubts/clusters-apart.ts'
import { ifOneCluster } from './deployment/doubts/if-one-cluster.ts'
import { leftOutFindings } from './deployment/doubts/left-out.ts'
import { letGoFindings } from './deployment/doubts/let-go-findings.ts'
import { leftUnread, standsAlone } from './deployment/left-unread.ts'
import { chartsElsewhere } from './deployment/releases/charts-elsewhere.ts'
import { touchedBesides } from './deployment/releases/decided-by-rendering.ts'
import type { RenderedPair } from './deployment/releases/release.ts'
import { releaseDoubts } from './deployment/releases/release-doubts.ts'
import { restated } from './deployment/restated.ts'
import { sidesAsRead } from './deployment/tree-of-side.ts'
import { abandonedFindings, frozenFindings } from './deployment/units/frozen-units.ts'
import { statedMistakes } from './deployment/units/stated-units.ts'
import { type Doubt, doubt, uniteDoubts } from './doubt.ts'
import { isUsedUp, type Work, within, workOf } from './language/string-set.ts'
import type { Codeowners } from './ownership/codeowners.ts'
import type { CodeownersReadings } from './ownership/codeowners-errors.ts'
import { type GivenSnapshot, type Snapshots, takeOutSnapshots } from './policy/clusters.ts'
import { type ReadConfiguration, readConfiguration } from './policy/configuration/configuration.ts'
import { effectOf } from './policy/configuration/effect.ts'
import type { Policy } from './policy/configuration/policy.ts'
import { countingSelectedKeys } from './policy/counting-selected-keys.ts'
import { findingsOfJudge, proposedConfiguration } from './policy/findings-of-judge.ts'
import { type JudgedCodeowners, judgeCodeowners } from './policy/judge-codeowners.ts'
import { configurationObstruction, judgeFindings } from './policy/judge-findings.ts'
import type { Judgement } from './policy/judgement.ts'
import { type Obstruction, obstructionFault } from './policy/obstruction.ts'
import { writtenAndDelivered } from './policy/questions/written-and-delivered.ts'
import { openRequirements } from './policy/requirements.ts'
import { hasRouteTests, routeTestFindings } from './policy/route-tests/route-test-findings.ts'
import { suppress } from './policy/suppress.ts'
import { askingInTestData } from './policy/test-data.ts'
import { type ChangedFile, countTouched } from './policy/touched.ts'
import { rules } from './rules/index.ts'
import type { Finding } from './rules/rule.ts'
import { ruleOf } from './rules/rule-of.ts'
import { runRules } from './rules/run-rules.ts'
import { keyOfMistake } from './source/diagnostic.ts'
import { sharedFiles } from './source/shared-files.ts'
import type { SourceFile } from './source/source-file.ts'

/** What is proposed: the manifests of both sides, and the judge's own files. */
export interface Proposal {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The `owner/repo` of the files; absent where it is not known. */
  readonly repository?: string
  /** Versions that are newly named and are branches, or of what the base branch does not hold. */
  readonly unmerged?: ReadonlySet<string>
  /** Where the symbolic links lead that differ between the sides, as written, by path. */
  readonly links?: {
    readonly base: ReadonlyMap<string, string>
    readonly merged: ReadonlyMap<string, string>
  }
  /** What helm made of the charts that a change may reach; absent where nothing is rendered. */
  readonly rendered?: readonly RenderedPair[]
  /** Paths at which there is something that was not read as a text. */
  readonly unread?: { readonly base: ReadonlySet<string>; readonly merged: ReadonlySet<string> }
  /** Every file that the pull request changes; the text only where it is a manifest or one of the judge's own files. */
  readonly changed: readonly ChangedFile[]
  /** The configuration that applies: `.github/firebreak.yml` of the base side, or else the defaults. */
  readonly configuration?: SourceFile
  /** What applies where there is no `.github/firebreak.yml`; absent where nobody asked for it. */
  readonly defaults?: SourceFile
  /** CODEOWNERS of the base side. */
  readonly codeowners?: Codeowners
  /** What GitHub itself says of CODEOWNERS; absent where there is none to ask. */
  readonly readings?: CodeownersReadings
  /** What clusters have, where it is not the configuration that names it. */
  readonly snapshots?: readonly GivenSnapshot[]
  /** What already stood in the way of reading the two sides. */
  readonly obstructions: readonly Obstruction[]
  readonly draft: boolean
  /** Whether whatever is wrong on both sides is to be found, too. */
  readonly existing?: boolean
  /** Whether all of both sides is shown to somebody, and so has to be read. */
  readonly whole?: boolean
  /** `YYYY-MM-DD`, since the domain has no clock. */
  readonly today: string
}

/**
 * What is to be said of a proposal. Where routes change and nothing is found to be wrong with them, it is said by what those are tied
 * to; whatever else there is, everything is read.
 */
export function assess(given: Proposal): Judgement {
  return within(workForAll(given), () => assessed(given))
}

/** Whoever asks for whatever is wrong on both sides gets as much more work as there is to read. */
function workForAll({ base, merged, existing }: Proposal): Work {
  const work = workOf('judgement')
  const read = [...base, ...merged].reduce((sum, { text }) => sum + text.length, 0)
  return existing === true ? { ...work, left: work.left + read * budgets.judgementOfAll.size } : work
}

function assessed(given: Proposal): Judgement {
  const merged = sharedFiles(given.merged, given.base)
  const proposal = merged === given.merged ? given : { ...given, merged }
  if (given.existing === true || given.whole === true || hasRouteTests(proposal)) return judge(proposal)
  const apart = leftUnread(proposal, readConfiguration(given.configuration, rules).policy)
  const judgement = apart && judge(proposal, apart)
  return judgement && isQuiet(judgement) ? judgement : judge(proposal)
}

/** Whether nothing but requests changes: to whom anything else matters may hang on what was not read. */
function isQuiet({ findings, obstructions, comparison }: Judgement): boolean {
  return (
    obstructions.length === 0 &&
    findings.every(({ status }) => status === 'existing') &&
    standsAlone(comparison)
  )
}

/**
 * The whole domain on one page: two sides of manifests become two snapshots; where their tables treat the same request
 * differently there is a change; changes have owners; rules judge them; and whoever must agree is named. Who did agree
 * is asked last, by `decide`.
 */
function judge(given: Proposal, apart?: ReadonlySet<string>): Judgement {
  const judging = compared(given, apart)
  const { proposal, configuration, policy, sides } = judging
  const ruled = runRules(rules, sides.comparison, (rule) => effectOf(rule, policy), given.existing === true)
  const judged = spokenFor(ruled, sides)
  const beside = findingsBesideRules(judging, ruled)
  const unfinished = whereUsedUp()
  const found = [...judged, ...beside, ...unfinished.flatMap(findingOfObstruction)]
  const findings = suppress(found, policy, proposal.today)
  const ownFile = configurationObstruction(configuration.diagnostics, proposal.changed)
  return {
    comparison: sides.comparison,
    findings,
    obstructions: [
      ...proposal.obstructions,
      ...(ownFile ? [ownFile] : []),
      ...judged.flatMap(obstructionOfFinding),
      ...unfinished,
    ],
    policy,
    assumptions: assumptionsBehind(judging),
    ...askedAndTouched(judging, findings),
    draft: proposal.draft,
    existing: given.existing === true,
  }
}

/** What is proposed, by which rules it is judged, and what differs. */
interface Judging {
  readonly proposal: Proposal & { readonly clusters: Snapshots }
  readonly configuration: ReadConfiguration
  readonly policy: Policy
  readonly codeowners: JudgedCodeowners
  readonly sides: ComparedSides
}

function compared(given: Proposal, apart?: ReadonlySet<string>): Judging {
  const configuration = readConfiguration(given.configuration, rules)
  const proposal = takeOutSnapshots(given, configuration.policy)
  const policy = countingSelectedKeys(configuration.policy, [...proposal.base, ...proposal.merged])
  const codeowners = judgeCodeowners(proposal)
  return {
    proposal,
    configuration,
    policy,
    codeowners,
    sides: compareSides(proposal, policy, codeowners, apart),
  }
}

/** What rules found, but for what rendered charts or generated Applications say better. */
function spokenFor(ruled: readonly Finding[], sides: ComparedSides): readonly Finding[] {
  const left = ruled.filter((finding) => !(sides.decided.layer(finding) || isSpokenFor(finding, sides)))
  return askingInTestData(left, sides.comparison, sides.isTaken)
}

/** What no rule finds in tables: it is wrong with how they are delivered, or with what judges them. */
function findingsBesideRules(judging: Judging, ruled: readonly Finding[]): readonly Finding[] {
  const { proposal, configuration, policy, codeowners, sides } = judging
  const { comparison, withoutLetGo, beyond } = sides
  const unmodelled = ruleOf('unmodelled-change')
  const telling = {
    ownership: comparison.ownership,
    partly: comparison.base.manifests.partly ?? new Set<string>(),
    rule: unmodelled,
    effect: effectOf(unmodelled, policy),
  }
  const after = proposedConfiguration(proposal, configuration)
  const units = {
    base: statedMistakes(policy.units, proposal.base),
    merged: statedMistakes(after.policy.units, proposal.merged),
  }
  return [
    ...leftOutFindings(sides.leftOut, unmodelled, telling.effect),
    ...frozenFindings(sides.frozen, telling),
    ...abandonedFindings(sides.abandoned, telling),
    ...apartFindings(sides, policy),
    ...(withoutLetGo ? letGoFindings(withoutLetGo, { found: ruled, policy }) : []),
    ...routeTestFindings(proposal, comparison, policy),
    ...findingsOfJudge(proposal, { policy, configuration: configuration.diagnostics, codeowners }),
    ...judgeFindings(units, effectOf(ruleOf('invalid-configuration'), policy)),
    ...judgeFindings(beyond.mistakes, effectOf(ruleOf('invalid-snapshot'), policy)),
    ...proposal.obstructions.flatMap(findingOfObstruction),
  ]
}

/** Who is to be asked, for what, and how much of everybody's is touched. */
function askedAndTouched(
  { proposal, configuration, policy, sides }: Judging,
  findings: readonly Finding[],
): Pick<Judgement, 'requirements' | 'touched'> {
  const { comparison, written, division, redivided, decided } = sides
  const { resources, delivered } = writtenAndDelivered(comparison, written, policy.consent)
  const files = proposal.changed
  const proposed = proposedConfiguration(proposal, configuration).policy
  return {
    requirements: openRequirements({
      comparison,
      written,
      resources,
      delivered,
      files,
      findings,
      policy,
      redivided,
      ...(division.renamed && { renamed: division.renamed }),
      restated: restated(sidesAsRead(proposal, policy), { today: policy, proposed }),
      perhapsOne: ifOneCluster(sides, { delivered, policy }),
    }),
    touched: touchedBesides(countTouched(files, comparison, resources, policy, written), decided),
  }
}

function assumptionsBehind({ proposal, sides }: Judging): readonly Doubt[] {
  const { comparison, division, beyond } = sides
  return uniteDoubts([
    ...(comparison.changes.length > 0 ? division.assumptions : []),
    ...assumptionsOf(comparison),
    ...beyond.assumptions,
    ...readingAssumptions(proposal),
    ...releaseDoubts(proposal.rendered ?? []),
    ...chartsElsewhere(proposal),
  ])
}

/** What a file gives to generators is said by the Applications that come of it, where all of them are known and its owners' alone. */
function isSpokenFor(
  { code, kind, resource }: Finding,
  { byInput, comparison: { ownership } }: Pick<ComparedSides, 'byInput' | 'comparison'>,
): boolean {
  if (code !== 'unmodelled-change.layer' || kind !== 'input of a generator') return false
  return new Set(byInput(resource).map((path) => ownership.ownersOf(path).key)).size === 1
}

/** What GitHub was asked about CODEOWNERS and did not answer. */
function readingAssumptions({ codeowners, readings }: Proposal): readonly Doubt[] {
  return codeowners !== undefined && readings?.base === 'no-answer'
    ? [doubt({ code: 'codeowners-unread', file: codeowners.file.path })]
    : []
}

/** Rules that could not finish have found nothing, which is no reason to pass. */
function whereUsedUp(): readonly Obstruction[] {
  return isUsedUp() ? [{ kind: 'limit', ...obstructionFault('too-much-work') }] : []
}

/** What made a verdict impossible is told among the findings, too, under its rule. */
function findingOfObstruction(obstruction: Obstruction): readonly Finding[] {
  const { kind, range, clause, rest, code } = obstruction
  if (kind !== 'conflict' && kind !== 'incomplete' && kind !== 'limit') return []
  const { id, severity, effect } = ruleOf(kind === 'conflict' ? 'merge-conflict' : 'incomplete-analysis')
  const nowhere = { resource: '', mesh: '', teams: [], because: [] }
  return [
    {
      ...nowhere,
      rule: id,
      severity,
      effect,
      status: 'introduced',
      clause,
      ...(rest && { rest }),
      fingerprint: keyOfMistake(obstruction),
      code,
      ...(range && { range }),
    },
  ]
}

/** A manifest that became unreadable makes a verdict impossible. */
function obstructionOfFinding(finding: Finding): readonly Obstruction[] {
  const { rule, status, effect, clause, rest, range, code } = finding
  if (rule !== 'incomplete-analysis' || status !== 'introduced' || range === undefined) return []
  if (effect !== 'block') return []
  if (code === undefined) throw new Error('What cannot be read has a code that says why')
  const { path } = range.file
  return [{ kind: 'incomplete', code, clause, ...(rest && { rest }), range, path }]
}
