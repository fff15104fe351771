import { manifestPaths } from '../../app/reading/read-proposal.ts'
import { readWithNamed } from '../../app/reading/read-sides.ts'
import { renderAlone } from '../../app/reading/render-charts.ts'
import { budgets } from '../../domain/budgets.ts'
import { deliveredAlone } from '../../domain/deployment/delivered-alone.ts'
import { releaseDoubts } from '../../domain/deployment/releases/release-doubts.ts'
import { unitsOfReleases } from '../../domain/deployment/releases/release-units.ts'
import { isDelivered } from '../../domain/deployment/units/build-unit.ts'
import type { BuiltUnit } from '../../domain/deployment/units/built-unit.ts'
import { type SettledSide, settledUnits } from '../../domain/deployment/units/settled-units.ts'
import { statedMistakes } from '../../domain/deployment/units/stated-units.ts'
import { uniteDoubts } from '../../domain/doubt.ts'
import type { Manifests } from '../../domain/manifest/manifests.ts'
import { identityOf } from '../../domain/manifest/names.ts'
import { findCodeowners, parseCodeowners } from '../../domain/ownership/codeowners.ts'
import { createOwnership, type Ownership } from '../../domain/ownership/ownership.ts'
import { beyondGit } from '../../domain/policy/beyond-git.ts'
import {
  type GivenSnapshot,
  type NamedSnapshot,
  snapshotsIn,
  withoutSnapshots,
} from '../../domain/policy/clusters.ts'
import { readConfiguration } from '../../domain/policy/configuration/configuration.ts'
import { externalNames } from '../../domain/policy/configuration/external-names.ts'
import { matchesAny } from '../../domain/policy/configuration/glob.ts'
import { meshesUnder, pathRules } from '../../domain/policy/configuration/path-rules.ts'
import { configurationPath, type Policy } from '../../domain/policy/configuration/policy.ts'
import { unreadWords } from '../../domain/policy/obstruction.ts'
import { isJudgeFile } from '../../domain/policy/touched.ts'
import { type ShownTable, shownTables } from '../../domain/routing/copies/shown-tables.ts'
import { type LeftOutOfTables, leftOutOfTables } from '../../domain/routing/left-out-of-tables.ts'
import { servicesIn } from '../../domain/routing/mesh-services.ts'
import type { Placed } from '../../domain/routing/meshes/mesh-division.ts'
import { type Snapshot, type SnapshotOptions, takeSnapshot } from '../../domain/routing/snapshot.ts'
import { rules } from '../../domain/rules/index.ts'
import type { Diagnostic } from '../../domain/source/diagnostic.ts'
import type { SourceFile } from '../../domain/source/source-file.ts'
import { buildFaultClause } from '../../domain/terms/build-fault-words.ts'
import { doubtWords } from '../../domain/terms/doubt-words.ts'
import { plainOf, say } from '../../domain/words/phrase.ts'
import { ended, wholeOf } from '../../domain/words/sentence.ts'
import { visible } from '../../domain/words/visible.ts'
import type { FileStore } from '../../git/file-store.ts'
import { readContents } from '../../git/read-contents.ts'
import { readFiles } from '../../git/read-files.ts'
import { placeText } from '../../report/sentences/place.ts'
import { supplying, type TeamNames, teamNames } from '../../report/sentences/requests/team-names.ts'
import type { Terminal } from '../terminal.ts'
import { helmOf } from './helm-of.ts'

/** The manifests of one side, and the configuration that is read with them. */
export interface ReadSide {
  readonly manifests: Manifests
  /** What is deployed together, with the charts that helm has rendered. */
  readonly settled: SettledSide
  readonly policy: Policy
  readonly snapshots: readonly NamedSnapshot[]
  /** By the CODEOWNERS of this side. */
  readonly ownership: Ownership
  /** All that was read, and the paths at which something could not be, or is excluded. */
  readonly looked: Pick<Parameters<typeof leftOutOfTables>[0], 'files' | 'unread' | 'excluded'>
}

/** One side that is looked at for itself. */
export interface LoneSide {
  readonly policy: Policy
  readonly snapshot: Snapshot
  /** How the team of an object is called. */
  readonly teams: TeamNames
  /** All tables, those of copies that may live in place of others included, and what is in none of them. */
  readonly shown: () => Shown
}

interface Shown {
  readonly tables: readonly ShownTable[]
  readonly leftOut: readonly LeftOutOfTables[]
}

/** What does not come from the files of the side. */
export interface Given {
  /** What clusters have, where it is not the configuration that names it. */
  readonly snapshots?: readonly GivenSnapshot[]
  /** What applies where the side has no configuration. */
  readonly defaults?: SourceFile
}

/** Reads the manifests of a store. What cannot be read or does not count is told on standard error. */
export async function readSide(store: FileStore, terminal: Terminal, given: Given = {}): Promise<ReadSide> {
  terminal.doing('Reading the manifests')
  const listing = await store.listing()
  const judge = await readFiles({
    listing,
    wanted: isJudgeFile,
    blob: store.blob,
    most: budgets.localFiles.size,
  })
  const configuration = readConfiguration(
    judge.files.find(({ path }) => path === configurationPath) ?? given.defaults,
    rules,
  )
  const { policy } = configuration
  const paths = pathRules(policy)
  const {
    files,
    problems,
    binaries = [],
  } = await readWithNamed(
    (wanted) => readFiles({ listing, wanted, blob: store.blob, most: budgets.localFiles.size }),
    manifestPaths(policy),
  )
  const snapshots = snapshotsIn({ files, given: given.snapshots }, policy)
  const unread = new Set([...binaries, ...problems.map(({ path }) => path)])
  const side = { files: withoutSnapshots(files, policy), unread, stated: policy.units }
  const rendered = policy.render.helm
    ? await renderAlone(side, {
        contents: (wanted) => readContents({ listing, wanted, blob: store.blob }),
        charts: helmOf(terminal),
      })
    : []
  const settled = settledUnits(side, unitsOfReleases(side, rendered))
  const manifests = deliveredAlone(side.files, settled, {
    namespaceOf: paths.namespaceOf,
    version: policy.istio.version,
  })
  for (const each of configuration.diagnostics) warn(each, 'so the defaults apply', terminal)
  for (const each of statedMistakes(policy.units, files)) warn(each, 'so it is left out', terminal)
  for (const { path, kind } of problems)
    terminal.warn(plainOf(say`${path} is left out: it is ${unreadWords(kind)}`))
  for (const { diagnostic } of manifests.unreadable) warn(diagnostic, 'so it is left out', terminal)
  for (const each of uniteDoubts(releaseDoubts(rendered)))
    terminal.warn(plainOf(ended(wholeOf(doubtWords(each)))))
  for (const each of settled.givenUp) warnOfRelease(each, terminal)
  for (const { kind, name, refused, file } of [...manifests.virtualServices, ...manifests.gateways])
    if (refused === true)
      terminal.warn(visible(`${file.path}: ${kind} ${name} would be refused, and is shown as it is written`))
  const isExcluded = matchesAny(policy.manifests.exclude)
  const read = new Set(files.map(({ path }) => path))
  const isIncluded = pathRules({ ...policy, manifests: { ...policy.manifests, exclude: [] } }).isManifest
  const looked = {
    files: side.files,
    unread: problems.map(({ path }) => path),
    excluded: [...listing.tree.keys()].filter(
      (path) => isIncluded(path) && isExcluded(path) && !read.has(path),
    ),
  }
  const codeowners = findCodeowners(judge.files)
  const ownership = createOwnership(codeowners && parseCodeowners(codeowners))
  return { manifests, settled, policy, snapshots, ownership, looked }
}

/** The snapshot of one side alone. */
export async function readSnapshot(store: FileStore, terminal: Terminal, given?: Given): Promise<LoneSide> {
  return loneSideOf(await readSide(store, terminal, given), terminal)
}

/** The snapshot of a side that was read. What of a cluster does not fit it is told on standard error. */
export function loneSideOf(side: ReadSide, terminal: Terminal): LoneSide {
  const { manifests, policy, snapshots } = side
  const known = beyondGit({
    base: manifests,
    merged: manifests,
    meshOf: meshesUnder(policy, manifests).meshOf,
    policy,
    snapshots: { base: snapshots, merged: snapshots },
  })
  for (const each of known.mistakes.base) warn(each, 'so it is left out', terminal)
  const options = optionsOf(known.base, policy, known.meshOf)
  const snapshot = takeSnapshot(known.base, options)
  const teams = teamNames(side.ownership, supplying(snapshot))
  return { policy, snapshot, teams, shown: () => shownOf(side, snapshot, options) }
}

/** The tables of one gateway and host stand together, that of the copies that the snapshot has first. */
function shownOf({ looked }: ReadSide, snapshot: Snapshot, options: SnapshotOptions): Shown {
  const tables = snapshot.meshes.flatMap((mesh) => shownTables(mesh, options))
  const together = Map.groupBy(tables, ({ mesh, gateway, host }) => JSON.stringify([mesh, gateway, host]))
  return {
    tables: [...together.values()].flat(),
    leftOut: leftOutOfTables({ ...looked, snapshot, tables }),
  }
}

/** Without another side there are no Gateways but those that are written here; any other lives elsewhere. */
function optionsOf(
  manifests: Manifests,
  policy: Policy,
  meshOf: (placed: Placed) => string | undefined,
): SnapshotOptions {
  const { namespaceOf } = pathRules(policy)
  return {
    settings: policy.istio,
    complete: policy.complete,
    isExternal: externalNames(policy),
    meshOf,
    knownGateways: (mesh) =>
      new Set(manifests.gateways.filter((each) => meshOf(each) === mesh).map(identityOf)),
    services: servicesIn([manifests], {
      clusterDomain: policy.istio.clusterDomain,
      namespaceOf,
      meshOf,
    }),
    namespaceOf,
  }
}

function warnOfRelease({ unit, built }: BuiltUnit, terminal: Terminal): void {
  if (unit.takes !== 'chart' || built === 'not known' || isDelivered(built)) return
  const { failed } = built
  const place = failed.range === undefined ? '' : ` (${visible(placeText(failed.range))})`
  terminal.warn(`${plainOf(say`${unit.key} is not deployed: ${buildFaultClause(failed)}`)}${place}`)
}

function warn(diagnostic: Diagnostic, consequence: string, terminal: Terminal): void {
  terminal.warn(
    `${visible(placeText(diagnostic.range))} ${plainOf(say`${wholeOf(diagnostic)}, ${consequence}`)}`.trim(),
  )
}
