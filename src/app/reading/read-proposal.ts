import type { Proposal } from '../../domain/assess.ts'
import { budgets } from '../../domain/budgets.ts'
import { newlyNamedVersions } from '../../domain/deployment/named-revisions.ts'
import { sidesAsRead } from '../../domain/deployment/tree-of-side.ts'
import { namesTheMesh } from '../../domain/manifest/kinds/names-the-mesh.ts'
import { isLayerFile } from '../../domain/manifest/layers/layer-files.ts'
import { namedFiles } from '../../domain/manifest/layers/named-files.ts'
import { folderOf } from '../../domain/manifest/layers/paths.ts'
import { findCodeowners, isCodeownersPath, parseCodeowners } from '../../domain/ownership/codeowners.ts'
import type { CodeownersReadings } from '../../domain/ownership/codeowners-errors.ts'
import { readConfiguration } from '../../domain/policy/configuration/configuration.ts'
import { matchesAny } from '../../domain/policy/configuration/glob.ts'
import { pathRules } from '../../domain/policy/configuration/path-rules.ts'
import type { Policy } from '../../domain/policy/configuration/policy.ts'
import { type Obstruction, obstructionFault, unmergedFault } from '../../domain/policy/obstruction.ts'
import { isRouteTestPath } from '../../domain/policy/route-tests/route-test-files.ts'
import type { ChangedFile } from '../../domain/policy/touched.ts'
import { isJudgeFile } from '../../domain/policy/touched.ts'
import { rules } from '../../domain/rules/index.ts'
import { assertNever } from '../../domain/source/assert-never.ts'
import { sharedFiles } from '../../domain/source/shared-files.ts'
import type { SourceFile } from '../../domain/source/source-file.ts'
import type { Log } from '../log.ts'
import type {
  MergedSide,
  PullRequest,
  ReadableSide,
  ReadProblem,
  ReadRepository,
  SideFiles,
} from '../ports.ts'
import type { ChartRenderer } from './chart-port.ts'
import { configurationOf } from './configuration-of.ts'
import {
  isReadable,
  mattersTo,
  mayMatter,
  namesOf,
  readSides,
  type Sides,
  type SidesReading,
  touches,
} from './read-sides.ts'
import { type ChartRendering, renderCharts } from './render-charts.ts'

/** What is proposed, but for the day on which it is judged. */
export type UndatedProposal = Omit<Proposal, 'today'>

/** What reading a proposal needs of the world. */
export interface ProposalWorld {
  readonly repository: ReadRepository
  readonly charts: ChartRenderer
  readonly log: Log
  /** What the repository is perhaps called, where the pull request does not say: a clone may be of a fork or a mirror. */
  readonly called?: string
}

/**
 * Reads both sides of a pull request. The judge's own files come from the base side, whatever the pull request makes
 * of them; what stands in the way of reading is part of the result.
 */
export async function readProposal(
  pull: PullRequest,
  { repository, charts, log, called }: ProposalWorld,
): Promise<UndatedProposal> {
  const tip = { kind: 'tip', sha: pull.base.tip } as const
  const [judge, merged, impostors] = await Promise.all([
    repository.files(tip, isJudgeFile),
    repository.mergedSide(pull),
    repository.impostors(pull),
  ])
  const { unread, ...configured } = await configurationOf(judge, merged, repository)
  const { configuration } = configured
  const codeowners = findCodeowners(judge.files)
  const wanted = wantedBy(configuration)
  const reading = { tip, wanted, repository, matters: await mayMatter(merged, { tip, wanted, repository }) }
  const [sides, readings] = await Promise.all([readSides(merged, reading), readReadings(merged, reading)])
  log.info({ ...pull.ref, base: pull.base.tip, head: pull.head.sha, merged: merged.kind }, 'two sides read')
  const isManifest = ({ path }: SourceFile) => wanted(path) || !isJudgeFile(path)
  const base = sides.base.files.filter(isManifest)
  const read = {
    base,
    merged: sharedFiles(sides.merged.files.filter(isManifest), base),
    links: sides.links,
    unread: { base: unreadIn(sides.base), merged: unreadIn(sides.merged) },
    ...nameOf(pull, called, base),
  }
  const unmerged = await unmergedIn(read, pull, repository)
  const rendered = await renderedIn({ ...read, unmerged }, merged, { configuration, charts, repository, tip })
  return {
    ...read,
    ...(unmerged.size > 0 && { unmerged }),
    ...(rendered && { rendered }),
    changed: changedFiles(merged, sides),
    ...configured,
    ...(codeowners === undefined ? {} : { codeowners: parseCodeowners(codeowners) }),
    readings,
    obstructions: [
      ...impostors.map(impostorObstruction),
      ...unread,
      ...mergedObstructions(merged),
      ...problemObstructions(merged, sides),
      ...linkObstructions(merged, sides, wanted),
    ],
    draft: pull.draft,
  }
}

/** That of the pull request; else what a clone is called, if a file of the base names it. */
function nameOf(
  { ref: { owner, repo } }: PullRequest,
  called: string | undefined,
  base: readonly SourceFile[],
): Pick<Proposal, 'repository'> {
  if (owner !== '') return { repository: `${owner}/${repo}` }
  const isNamed = called !== undefined && base.some(({ text }) => text.toLowerCase().includes(called))
  return isNamed ? { repository: called } : {}
}

/** The versions that are newly named and deliver something else than what is merged; of very many, those that are not asked about do. */
async function unmergedIn(
  sides: Pick<Proposal, 'base' | 'merged'>,
  pull: PullRequest,
  repository: ReadRepository,
): Promise<ReadonlySet<string>> {
  const names = newlyNamedVersions(sides)
  const most = budgets.versions.size
  const found = await Promise.all(
    names.slice(0, most).map(async (name) => ((await repository.isUnmerged(pull, name)) ? [name] : [])),
  )
  return new Set([...found.flat(), ...names.slice(most)])
}

/** Charts are rendered only where the base side says so, and something was read. */
async function renderedIn(
  sides: ReadSidesOf,
  after: MergedSide,
  {
    configuration,
    ...rendering
  }: Omit<ChartRendering, 'merged'> & { readonly configuration: SourceFile | undefined },
): Promise<Proposal['rendered']> {
  const { policy } = readConfiguration(configuration, rules)
  if (!policy.render.helm || !isReadable(after) || sides.base.length + sides.merged.length === 0)
    return undefined
  return renderCharts(sidesAsRead(sides, policy), { ...rendering, merged: after })
}

type ReadSidesOf = Pick<Proposal, 'base' | 'merged' | 'repository' | 'unmerged'> &
  Required<Pick<Proposal, 'unread'>>

/** Paths at which there is something that was not read as a text. */
function unreadIn({ problems, binaries = [] }: SideFiles): ReadonlySet<string> {
  return new Set([...binaries, ...problems.map(({ path }) => path)])
}

/** The paths that may hold manifests, by the configuration of the base side. */
export function wantedBy(configuration: SourceFile | undefined): (path: string) => boolean {
  return manifestPaths(readConfiguration(configuration, rules).policy)
}

/** The same by a policy. Layers over manifests are wanted wherever they lie, by their names, unless they are excluded. */
export function manifestPaths(policy: Policy): (path: string) => boolean {
  const { isManifest } = pathRules(policy)
  const excluded = matchesAny(policy.manifests.exclude)
  // The third name of a kustomization is excluded with the usual one.
  const usual = (path: string) => path.replace(/(?<=^|\/)Kustomization$/, 'kustomization.yaml')
  return (path) =>
    isManifest(path) ||
    policy.snapshots.some((snapshot) => snapshot.path === path) ||
    ((isLayerFile(path) || isRouteTestPath(path)) && !excluded(path) && !excluded(usual(path)))
}

/** What GitHub says of CODEOWNERS; of the merged side only where the pull request changes it and GitHub has its commit. */
async function readReadings(
  merged: MergedSide,
  { tip, repository, matters }: SidesReading,
): Promise<CodeownersReadings> {
  if (!isReadable(merged) || !matters) {
    return { base: 'not-asked', merged: 'not-asked' }
  }
  const commit = touches(merged, isCodeownersPath) ? commitWith(merged) : undefined
  const [base, after] = await Promise.all([
    repository.codeownersErrors(tip.sha),
    commit === undefined ? ('not-asked' as const) : repository.codeownersErrors(commit),
  ])
  return { base, merged: after }
}

/** A commit of the forge that has CODEOWNERS as the merged side has it. */
function commitWith(merged: ReadableSide): string | undefined {
  switch (merged.kind) {
    case 'commit':
      return merged.sha
    case 'overlay':
      return merged.head
    case 'tree':
      return undefined
    default:
      return assertNever(merged)
  }
}

function changedFiles(merged: MergedSide, sides: Sides): readonly ChangedFile[] {
  if (!isReadable(merged)) return []
  const before = new Map(sides.base.files.map((file) => [file.path, file]))
  const after = new Map(sides.merged.files.map((file) => [file.path, file]))
  return merged.changed.map(({ path, previousPath }) => {
    const base = before.get(previousPath ?? path)
    const now = after.get(path)
    return {
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      ...(base === undefined ? {} : { base }),
      ...(now === undefined ? {} : { merged: now }),
    }
  })
}

function impostorObstruction(name: string): Obstruction {
  return { kind: 'configuration', ...obstructionFault('impostor', name) }
}

function mergedObstructions(merged: MergedSide): readonly Obstruction[] {
  switch (merged.kind) {
    case 'conflict':
      return [conflictObstruction(merged.paths)]
    case 'unknown':
      return [{ kind: 'incomplete', ...unmergedFault(merged.because) }]
    case 'commit':
    case 'overlay':
    case 'tree':
      return []
    default:
      return assertNever(merged)
  }
}

function conflictObstruction(paths: readonly string[]): Obstruction {
  const [path] = paths
  return {
    kind: 'conflict',
    ...obstructionFault('conflict', ...paths),
    ...(path === undefined ? {} : { path }),
  }
}

/** A side that was not read as a whole cannot be compared with anything. */
function concernsAll({ kind }: ReadProblem): boolean {
  return kind === 'truncated'
}

/** Only what this pull request makes unreadable, or changes and leaves so, stands in its way. */
function problemObstructions(merged: MergedSide, sides: Sides): readonly Obstruction[] {
  const changed = new Set(isReadable(merged) ? merged.changed.flatMap(namesOf) : [])
  const before = new Set(sides.base.problems.map(({ kind, path }) => `${kind} ${path}`))
  const introduced = sides.merged.problems.filter(
    ({ kind, path }) => changed.has(path) || !before.has(`${kind} ${path}`),
  )
  const whole = [...sides.base.problems, ...sides.merged.problems].filter(concernsAll)
  const all = new Map(
    [...whole, ...introduced].map((problem) => [`${problem.kind} ${problem.path}`, problem]),
  )
  return [...all.values()].map((problem) => ({
    kind: concernsAll(problem) || problem.kind === 'too-large' ? 'limit' : 'incomplete',
    ...obstructionFault('unread', problem.path, problem.kind),
    path: problem.path,
  }))
}

/** A link to a folder, or a submodule, brings manifests that nobody reads into a folder of the mesh, or to where a layer looks for them. */
function linkObstructions(
  merged: MergedSide,
  sides: Sides,
  wanted: (path: string) => boolean,
): readonly Obstruction[] {
  const known = new Set(sides.merged.problems.map(({ path }) => path))
  const links = isReadable(merged)
    ? merged.changed.filter(({ path }) => !mattersTo(wanted)(path) && !known.has(path))
    : []
  const { isEntered } = namedFiles(sides.merged.files)
  const files = [...sides.base.files, ...sides.merged.files]
  const meshFolders = new Set(
    files.filter(({ path, text }) => wanted(path) && namesTheMesh(text)).map(({ path }) => folderOf(path)),
  )
  return links.flatMap(({ path, link }) =>
    link !== undefined && (isEntered(path) || foldersAround(path).some((folder) => meshFolders.has(folder)))
      ? [{ kind: 'incomplete', ...obstructionFault('unread', path, link), path } as const]
      : [],
  )
}

/** The folder that a link takes the place of, the one in which it lies, and those above, without the root. */
function foldersAround(path: string): readonly string[] {
  const steps = path.split('/')
  const folders = steps.map((_, index) => steps.slice(0, index + 1).join('/'))
  return steps.length === 1 ? [...folders, ''] : folders
}
