import { assumptionsOf, readingAssumptions } from './assumptions.ts'
import { deliveredViews } from './deployment/as-delivered.ts'
import { leftOutFindings } from './deployment/left-out.ts'
import { asRendered } from './deployment/releases/as-rendered.ts'
import { chartsElsewhere } from './deployment/releases/charts-elsewhere.ts'
import {
  type DecidedByRendering,
  touchedBesides,
  viewWithoutDecided,
} from './deployment/releases/decided-by-rendering.ts'
import { notDeployedFindings } from './deployment/releases/not-deployed.ts'
import type { RenderedPair } from './deployment/releases/release.ts'
import { releaseDoubts } from './deployment/releases/release-doubts.ts'
import type { ReleasesDelivered } from './deployment/releases/releases-delivered.ts'
import { compare } from './diff/compare.ts'
import type { Comparison } from './diff/comparison.ts'
import type { Refusals } from './diff/in-force.ts'
import { uniteDoubts } from './doubt.ts'
import { meshFilesOf } from './manifest/files/mesh-files.ts'
import type { Manifests } from './manifest/manifests.ts'
import { parseManifests } from './manifest/parse-manifests.ts'
import type { Codeowners } from './ownership/codeowners.ts'
import type { CodeownersReadings } from './ownership/codeowners-errors.ts'
import { createOwnership } from './ownership/ownership.ts'
import { readConfiguration } from './policy/configuration/configuration.ts'
import { effectOf } from './policy/configuration/effect.ts'
import { pathRules } from './policy/configuration/path-rules.ts'
import { configurationPath, type Policy } from './policy/configuration/policy.ts'
import { countingSelectedKeys } from './policy/counting-selected-keys.ts'
import { factOfFinding } from './policy/facts.ts'
import { type JudgedCodeowners, judgeCodeowners } from './policy/judge-codeowners.ts'
import { configurationObstruction, judgeFindings } from './policy/judge-findings.ts'
import type { Judgement } from './policy/judgement.ts'
import type { Obstruction } from './policy/obstruction.ts'
import { obstructionOfFinding } from './policy/obstruction-of-finding.ts'
import type { Questioned } from './policy/questions/ask.ts'
import { resourceChanges } from './policy/questions/resource-change.ts'
import { openRequirements } from './policy/requirements.ts'
import { expiredSuppressions, suppress } from './policy/suppress.ts'
import { type ChangedFile, countTouched } from './policy/touched.ts'
import { divideMeshes, type MeshDivision, onlyMesh, redividedPaths } from './routing/mesh-division.ts'
import { rules } from './rules/index.ts'
import type { Finding, Rule } from './rules/rule.ts'
import { runRules } from './rules/run-rules.ts'
import { type Diagnostic, keyOfMistake } from './source/diagnostic.ts'
import type { SourceFile } from './source/source-file.ts'

/** What is proposed: the manifests of both sides, and the judge's own files. */
export interface Proposal {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The `owner/repo` of the files; absent where it is not known. */
  readonly repository?: string
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
  /** `.github/firebreak.yml` and CODEOWNERS, base side. */
  readonly configuration?: SourceFile
  readonly codeowners?: Codeowners
  /** What GitHub itself says of CODEOWNERS; absent where there is none to ask. */
  readonly readings?: CodeownersReadings
  /** What already stood in the way of reading the two sides. */
  readonly obstructions: readonly Obstruction[]
  readonly draft: boolean
  /** `YYYY-MM-DD`, since the domain has no clock. */
  readonly today: string
}

/**
 * The whole domain on one page: two sides of manifests become two snapshots; where their tables treat the same request
 * differently there is a change; changes have owners; rules judge them; and whoever must agree is named. Who did agree
 * is asked last, by `decide`.
 */
export function assess(proposal: Proposal): Judgement {
  const configuration = readConfiguration(proposal.configuration, rules)
  const policy = countingSelectedKeys(configuration.policy, [...proposal.base, ...proposal.merged])
  const codeowners = judgeCodeowners(proposal)
  const { rendered = [] } = proposal
  const { decided: byRendering, others, ...sides } = asRendered(proposal)
  const written = { ...proposal, ...sides }
  const { comparison, division } = compareSides(written, policy, codeowners)
  const found = runRules(rules, comparison, (rule) => effectOf(rule, policy))
  const judged = found.filter((finding) => !byRendering.layer(finding))
  const delivered = deliveredSides(proposal, { policy, codeowners }, { byRendering, others })
  const findings = suppress(
    [
      ...judged.filter((finding) => !isDecidedAsDelivered(finding, delivered.sides)),
      ...onlyAsDelivered(judged, delivered.sides),
      ...delivered.notCompared,
      ...notDeployedFindings(rendered, proposal.merged, policy),
      ...findingsOfJudge(proposal, { policy, configuration: configuration.diagnostics, codeowners }),
      ...proposal.obstructions.flatMap(findingOfObstruction),
    ],
    policy,
    proposal.today,
  )
  const resources = resourceChanges(comparison, policy.consent)
  const redivided = redividedPaths(
    { base: comparison.base.manifests, merged: comparison.merged.manifests },
    policy.istio,
  )
  const files = proposal.changed
  return {
    comparison,
    findings,
    requirements: openRequirements(
      { comparison, resources, files, findings, policy, redivided },
      delivered.sides.map((each) => ({ ...each, files, policy, redivided: [] })),
    ),
    obstructions: [
      ...proposal.obstructions,
      ...[configurationObstruction(configuration.diagnostics, files)].flatMap((each) => each ?? []),
      ...judged.flatMap(obstructionOfFinding),
    ],
    policy,
    assumptions: uniteDoubts([
      ...(comparison.changes.length > 0 ? division.assumptions : []),
      ...assumptionsOf(comparison),
      ...readingAssumptions(proposal),
      ...releaseDoubts(rendered),
      ...chartsElsewhere(proposal),
    ]),
    touched: touchedBesides(countTouched(files, comparison, resources), byRendering),
    draft: proposal.draft,
  }
}

/** What a view of delivered files is asked about: its findings are only those of what is not modelled. */
interface DeliveredSides extends Pick<Questioned, 'comparison' | 'resources' | 'findings'> {
  /** The files that are shown as they are delivered. */
  readonly decided: ReadonlySet<string>
}

/** The same questions of what units make of the files, where that differs between the sides and from what is written. What is not compared asks by itself. */
function deliveredSides(
  proposal: Proposal,
  { policy, codeowners }: Omit<JudgeFiles, 'configuration'>,
  { byRendering, others }: { readonly byRendering: DecidedByRendering; readonly others: ReleasesDelivered },
): { readonly sides: readonly DeliveredSides[]; readonly notCompared: readonly Finding[] } {
  const side = (of: 'base' | 'merged') => {
    const unread = proposal.unread?.[of]
    return { files: proposal[of], ...(unread && { unread }) }
  }
  const rule = ruleOf('unmodelled-change')
  const effect = effectOf(rule, policy)
  const { views, leftOut } = deliveredViews(side('base'), side('merged'), others)
  const sides = views.map((view) => {
    const shown = viewWithoutDecided(view, byRendering)
    const { comparison } = compareSides({ ...proposal, ...shown }, policy, codeowners)
    // What layers say is judged as it is written.
    const findings = runRules([rule], comparison, () => effect).filter(
      ({ code }) => code !== 'unmodelled-change.layer',
    )
    const resources = resourceChanges(comparison, policy.consent)
    return { comparison, resources, findings, decided: view.decided }
  })
  return { sides, notCompared: leftOutFindings(leftOut, rule, effect) }
}

/** Of an object that names no namespace it is only known where it stands once it is delivered. */
function isDecidedAsDelivered({ unjudged, range }: Finding, delivered: readonly DeliveredSides[]): boolean {
  const path = range?.file.path
  return (
    unjudged !== undefined &&
    unjudged.namespace === undefined &&
    path !== undefined &&
    delivered.some(({ decided }) => decided.has(path))
  )
}

/** What is found only of files as they are delivered. */
function onlyAsDelivered(
  written: readonly Finding[],
  delivered: readonly DeliveredSides[],
): readonly Finding[] {
  const known = new Set(written.map(factOfFinding))
  return delivered
    .flatMap(({ findings }) => findings)
    .filter((finding) => {
      const isNew = finding.status === 'introduced' && !known.has(factOfFinding(finding))
      known.add(factOfFinding(finding))
      return isNew
    })
}

function compareSides(
  proposal: Proposal,
  policy: Policy,
  codeowners: JudgedCodeowners,
): { readonly comparison: Comparison; readonly division: MeshDivision } {
  const paths = pathRules(policy)
  const parse = (side: 'base' | 'merged', alsoMesh?: ReadonlySet<string>) => {
    const [links, unread] = [proposal.links?.[side], proposal.unread?.[side]]
    return parseManifests(proposal[side], {
      namespaceOf: paths.namespaceOf,
      version: policy.istio.version,
      ...(links && { links }),
      ...(unread && { unread }),
      ...(proposal.repository !== undefined && { repository: proposal.repository }),
      ...(alsoMesh && { alsoMesh }),
    })
  }
  const base = parse('base')
  const merged = parse('merged', meshFilesOf(base))
  const division = divisionOf(base, policy)
  const comparison = compare(base, merged, {
    settings: policy.istio,
    complete: policy.complete,
    ownership: createOwnership(codeowners.inForce),
    meshOf: division.meshOf,
    refusals: refusalsUnder(policy),
  })
  return { comparison, division }
}

/** Only what surely fails the check may be left out of the tables. */
function refusalsUnder(policy: Policy): Refusals {
  const rule = ruleOf('invalid-manifest')
  const isLivedWith = policy.suppress.some((each) => each.rule === rule.id)
  return effectOf(rule, policy) === 'block' && !isLivedWith ? 'kept-out' : 'as-written'
}

function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id)
  if (rule === undefined) throw new Error(`The catalogue lacks the rule ${id}`)
  return rule
}

/** The configured meshes, else what the directories of the base side say. */
function divisionOf(base: Manifests, policy: Policy): MeshDivision {
  if (policy.meshes.length === 0) return divideMeshes(base, policy.istio)
  const { meshOf } = pathRules(policy)
  return { meshOf: (path) => meshOf(path) ?? onlyMesh, assumptions: [] }
}

/** The judge's own files as they are read: the policy of the base side, and the mistakes of both. */
interface JudgeFiles {
  readonly policy: Policy
  readonly configuration: readonly Diagnostic[]
  readonly codeowners: JudgedCodeowners
}

/** Mistakes in CODEOWNERS and the configuration, before and after. */
function findingsOfJudge({ changed, configuration, today }: Proposal, judge: JudgeFiles): readonly Finding[] {
  const { policy, codeowners } = judge
  const proposed = changed.find(({ path, previousPath }) => [path, previousPath].includes(configurationPath))
  const after =
    proposed === undefined
      ? { policy, diagnostics: judge.configuration }
      : readConfiguration(proposed.path === configurationPath ? proposed.merged : undefined, rules)
  return [
    ...judgeFindings(
      { base: judge.configuration, merged: after.diagnostics },
      effectOf(ruleOf('invalid-configuration'), policy),
    ),
    ...judgeFindings(
      { base: codeowners.base?.diagnostics ?? [], merged: codeowners.merged?.diagnostics ?? [] },
      effectOf(ruleOf('invalid-codeowners'), policy),
    ),
    ...expiredSuppressions(
      { base: policy, merged: configuration === undefined && proposed === undefined ? policy : after.policy },
      ruleOf('expired-suppression'),
      today,
    ),
  ]
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
