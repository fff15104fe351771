import { type ClusterSnapshot, readClusterSnapshot, snapshotMistake } from '../manifest/cluster-snapshot.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { Placed as PlacedObject } from '../routing/meshes/mesh-division.ts'
import { onlyMesh } from '../routing/meshes/mesh-division.ts'
import type { ClusterOfMesh } from '../routing/meshes/settle-by-cluster.ts'
import type { SourceFile } from '../source/source-file.ts'
import type { Policy } from './configuration/policy.ts'
import { proposedConfiguration } from './findings-of-judge.ts'
import type { ChangedFile } from './touched.ts'

/** A snapshot of a cluster as it was read, and the mesh that it is said to be of. */
export interface NamedSnapshot {
  readonly snapshot: ClusterSnapshot
  readonly mesh?: string | undefined
}

/** The snapshots of clusters of both sides; those of the base side decide. */
export interface Snapshots {
  readonly base: readonly NamedSnapshot[]
  readonly merged: readonly NamedSnapshot[]
}

/** A file with what a cluster has, from somewhere else than the repository. */
export interface GivenSnapshot {
  readonly file: SourceFile
  readonly mesh?: string
}

/** Where snapshots may come from. */
interface Sources {
  readonly files: readonly SourceFile[]
  /** Named for this run: they take the place of what the configuration names. */
  readonly given?: readonly GivenSnapshot[] | undefined
}

/** The snapshots of one side. One that is named and not there is a mistake of its own. */
export function snapshotsIn({ files, given }: Sources, policy: Policy): readonly NamedSnapshot[] {
  const { version } = policy.istio
  if (given !== undefined)
    return given.map(({ file, mesh }) => ({ snapshot: readClusterSnapshot(file, version), mesh }))
  return policy.snapshots.map(({ path, mesh }) => {
    const file = files.find((each) => each.path === path)
    return { snapshot: file ? readClusterSnapshot(file, version) : missing(path), mesh }
  })
}

function missing(path: string): ClusterSnapshot {
  const diagnostics = [snapshotMistake('error', { code: 'snapshot-missing' }, path)]
  return { path, virtualServices: [], gateways: [], ages: new Map(), diagnostics }
}

/** The files that are no snapshots by the configuration: those are no manifests. */
export function withoutSnapshots(
  files: readonly SourceFile[],
  { snapshots }: Pick<Policy, 'snapshots'>,
): readonly SourceFile[] {
  if (snapshots.length === 0) return files
  const paths = new Set(snapshots.map(({ path }) => path))
  return files.filter(({ path }) => !paths.has(path))
}

/** Which meshes there are by the base side: those that are configured, and those that hold something. */
export interface Meshes {
  readonly base: Manifests
  readonly policy: Policy
  readonly meshOf: (placed: PlacedObject) => string | undefined
}

/** Each snapshot with its mesh; those of which that is not known are left out, with a mistake. */
export function clustersOf(
  named: readonly NamedSnapshot[],
  { base, policy, meshOf }: Meshes,
): { readonly clusters: readonly ClusterOfMesh[]; readonly unplaced: readonly NamedSnapshot[] } {
  const held = [...base.virtualServices, ...base.gateways].flatMap((each) => meshOf(each) ?? [])
  const meshes = [...new Set([...policy.meshes.map(({ name }) => name), ...held])].toSorted()
  const placed = named.map(({ snapshot, mesh }): Placed => {
    const own = mesh ?? (meshes.length < 2 ? (meshes[0] ?? onlyMesh) : undefined)
    if (own !== undefined && (meshes.length === 0 || meshes.includes(own))) return { snapshot, mesh: own }
    const mistake = snapshotMistake('error', { code: 'snapshot-mesh' }, snapshot.path, ...meshes)
    return { snapshot: { ...snapshot, diagnostics: [...snapshot.diagnostics, mistake] } }
  })
  return {
    clusters: placed.flatMap(({ snapshot, mesh }) => (mesh === undefined ? [] : [{ snapshot, mesh }])),
    unplaced: placed.filter(({ mesh }) => mesh === undefined),
  }
}

interface Placed {
  readonly snapshot: ClusterSnapshot
  readonly mesh?: string
}

/** What is proposed, with what may be named in it as a snapshot. */
interface Proposed {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly changed: readonly ChangedFile[]
  readonly defaults?: SourceFile
  readonly snapshots?: readonly GivenSnapshot[]
}

/** A proposal whose snapshots are taken out: those of the base side by its configuration, those of the merged side by the proposed one. */
export function takeOutSnapshots<T extends Proposed>(
  given: T,
  policy: Policy,
): T & { readonly clusters: Snapshots } {
  const after = proposedConfiguration(given, { policy, diagnostics: [] }).policy
  const { base, merged, snapshots } = given
  return {
    ...given,
    base: withoutSnapshots(base, policy),
    merged: withoutSnapshots(merged, after),
    clusters: {
      base: snapshotsIn({ files: base, given: snapshots }, policy),
      merged: snapshotsIn({ files: merged, given: snapshots }, after),
    },
  }
}
