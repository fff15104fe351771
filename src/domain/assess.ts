import { assumptionsOf } from './assumptions.ts'
import { type Deployment, deploy } from './deployment/deploy.ts'
import { type LeftOut, leftOutFindings } from './deployment/left-out.ts'
import { compare } from './diff/compare.ts'
import type { Comparison } from './diff/comparison.ts'
import type { Refusals } from './diff/in-force.ts'
import { type Doubt, doubt, uniteDoubts } from './doubt.ts'
import { meshFilesOf } from './manifest/files/mesh-files.ts'
import type { Manifests } from './manifest/manifests.ts'
import { type ManifestReading, parseManifests } from './manifest/parse-manifests.ts'
import type { Codeowners } from './ownership/codeowners.ts'
import type { CodeownersReadings } from './ownership/codeowners-errors.ts'
import { createOwnership } from './ownership/ownership.ts'
import { readConfiguration } from './policy/configuration/configuration.ts'
import { effectOf } from './policy/configuration/effect.ts'
import { configuredMeshes, pathRules } from './policy/configuration/path-rules.ts'
import { configurationPath, type Policy } from './policy/configuration/policy.ts'
import { countingSelectedKeys } from './policy/counting-selected-keys.ts'
import { type JudgedCodeowners, judgeCodeowners } from './policy/judge-codeowners.ts'
import { configurationObstruction, judgeFindings } from './policy/judge-findings.ts'
import type { Judgement } from './policy/judgement.ts'
import type { Obstruction } from './policy/obstruction.ts'
import { type Written, writtenAndDelivered } from './policy/questions/written-and-delivered.ts'
import { openRequirements } from './policy/requirements.ts'
import { expiredSuppressions, suppress } from './policy/suppress.ts'
import { type ChangedFile, countTouched } from './policy/touched.ts'
import { divideBoth, type MeshDivision, redividedPaths } from './routing/mesh-division.ts'
import { rules } from './rules/index.ts'
import type { Finding, Rule } from './rules/rule.ts'
import { runRules } from './rules/run-rules.ts'
import { type Diagnostic, keyOfMistake } from './source/diagnostic.ts'
import { sharedFiles } from './source/shared-files.ts'
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
export function assess(given: Proposal): Judgement {
  const proposal = { ...given, merged: sharedFiles(given.merged, given.base) }
  const configuration = readConfiguration(proposal.configuration, rules)
  const policy = countingSelectedKeys(configuration.policy, [...proposal.base, ...proposal.merged])
  const codeowners = judgeCodeowners(proposal)
  const { comparison, written, division, leftOut } = compareSides(proposal, policy, codeowners)
  const judged = runRules(rules, comparison, (rule) => effectOf(rule, policy))
  const unmodelled = ruleOf('unmodelled-change')
  const findings = suppress(
    [
      ...judged,
      ...leftOutFindings(leftOut, unmodelled, effectOf(unmodelled, policy)),
      ...findingsOfJudge(proposal, { policy, configuration: configuration.diagnostics, codeowners }),
      ...proposal.obstructions.flatMap(findingOfObstruction),
    ],
    policy,
    proposal.today,
  )
  const resources = writtenAndDelivered(comparison, written, policy.consent)
  const { base, merged } = comparison
  const redivided = redividedPaths({ base: base.manifests, merged: merged.manifests }, policy.istio)
  const files = proposal.changed
  return {
    comparison,
    findings,
    requirements: openRequirements({ comparison, written, resources, files, findings, policy, redivided }),
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
    ]),
    touched: countTouched(files, comparison, resources),
    draft: proposal.draft,
  }
}

interface BothSides {
  readonly base: Manifests
  readonly merged: Manifests
}

interface ComparedSides {
  /** Of what is delivered. */
  readonly comparison: Comparison
  readonly written: Written
  readonly division: MeshDivision
  readonly leftOut: readonly LeftOut[]
}

/** Both sides as they are written, and what differs between them as they are delivered. */
function compareSides(proposal: Proposal, policy: Policy, codeowners: JudgedCodeowners): ComparedSides {
  const read = readerOf(proposal, policy)
  const base = read('base', proposal.base)
  const written = { base, merged: read('merged', proposal.merged, { alsoMesh: meshFilesOf(base) }) }
  const { delivered, parts, leftOut } = deliveredSides(proposal, written, read)
  const division = divisionOf(delivered, policy)
  const comparison = compare(delivered.base, delivered.merged, {
    settings: policy.istio,
    complete: policy.complete,
    ownership: createOwnership(codeowners.inForce),
    meshOf: division.meshOf,
    namespaceOf: pathRules(policy).namespaceOf,
    refusals: refusalsUnder(policy),
  })
  return { comparison, written: { ...written, parts }, division, leftOut }
}

type Side = 'base' | 'merged'
type Read = (side: Side, files: readonly SourceFile[], more?: Partial<ManifestReading>) => Manifests

function readerOf(proposal: Proposal, policy: Policy): Read {
  const { namespaceOf } = pathRules(policy)
  const { repository } = proposal
  return (side, files, more = {}) => {
    const [links, unread] = [proposal.links?.[side], proposal.unread?.[side]]
    return parseManifests(files, {
      namespaceOf,
      version: policy.istio.version,
      ...(links && { links }),
      ...(unread && { unread }),
      ...(repository !== undefined && { repository }),
      ...more,
    })
  }
}

/** Where nothing is delivered otherwise than it is written, that is what is compared. */
function deliveredSides(
  proposal: Proposal,
  written: BothSides,
  read: Read,
): { readonly delivered: BothSides } & Pick<Deployment, 'parts' | 'leftOut'> {
  const sideOf = (side: Side) => {
    const unread = proposal.unread?.[side]
    const { repository: own } = proposal
    return { files: proposal[side], ...(unread && { unread }), ...(own !== undefined && { own }) }
  }
  const { rendered, parts, leftOut, ...sides } = deploy(sideOf('base'), sideOf('merged'))
  const isAsWritten = (side: Side) =>
    sides[side].files === proposal[side] && sides[side].notDeployed.length === 0
  if (isAsWritten('base') && isAsWritten('merged')) return { delivered: written, parts, leftOut }
  const readDelivered = (side: Side, more?: Partial<ManifestReading>) => {
    const { files, notDeployed } = sides[side]
    return read(side, files, { ...more, delivery: { written: proposal[side], rendered, notDeployed } })
  }
  const base = readDelivered('base')
  return {
    delivered: { base, merged: readDelivered('merged', { alsoMesh: meshFilesOf(base) }) },
    parts,
    leftOut,
  }
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

/** The configured meshes, else what the folders and deployers of the base side say. */
function divisionOf(sides: BothSides, policy: Policy): MeshDivision {
  return policy.meshes.length === 0 ? divideBoth(sides, policy.istio) : configuredMeshes(policy)
}

/** What GitHub was asked about CODEOWNERS and did not answer. */
function readingAssumptions({ codeowners, readings }: Proposal): readonly Doubt[] {
  return codeowners !== undefined && readings?.base === 'no-answer'
    ? [doubt({ code: 'codeowners-unread', file: codeowners.file.path })]
    : []
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

/** A manifest that became unreadable makes a verdict impossible. */
function obstructionOfFinding(finding: Finding): readonly Obstruction[] {
  const { rule, status, clause, rest, range, code } = finding
  if (rule !== 'incomplete-analysis' || status !== 'introduced' || range === undefined) return []
  if (code === undefined) throw new Error('What cannot be read has a code that says why')
  const { path } = range.file
  return [{ kind: 'incomplete', code, clause, ...(rest && { rest }), range, path }]
}
