import type { Comparison } from '../diff/comparison.ts'
import { identityOf } from '../manifest/names.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { isCodeownersPath } from '../ownership/codeowners.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { SourceFile } from '../source/source-file.ts'
import { configurationPath, type Policy } from './configuration/policy.ts'
import type { ResourceChange } from './questions/resource-change.ts'
import type { Written } from './questions/written-and-delivered.ts'
import { isRouteTestPath } from './route-tests/route-test-files.ts'
import { type UnjudgedFile, unjudgedFiles } from './unjudged-files.ts'

/** One file that a pull request adds, removes, changes or moves. `base`/`merged` are absent where it does not exist. */
export interface ChangedFile {
  readonly path: string
  readonly previousPath?: string
  readonly base?: SourceFile
  readonly merged?: SourceFile
}

/** What the pull request touches, counted: for a title that says why nothing is wrong. */
export interface Touched {
  readonly files: readonly ChangedFile[]
  /** Paths that hold, held or would hold mesh manifests, CODEOWNERS, the configuration or route tests. */
  readonly relevantPaths: readonly string[]
  /** `ns/name` of the VirtualServices and Gateways whose normal form, path or owner changes. */
  readonly changedResources: readonly string[]
  /** `ns/name` of those of which only what is written changes, in no way that Istio reads. */
  readonly rewrittenResources: readonly string[]
  /** Layers above the manifests, and what cannot be read. */
  readonly unjudged: readonly UnjudgedFile[]
  /** VirtualServices in the touched manifests. */
  readonly virtualServices: number
  /** Ingresses of Istio's class in the touched files. */
  readonly ingresses: number
}

/** Whether the file says who may change what: CODEOWNERS in any of its places, or the configuration. */
export function isJudgeFile(path: string): boolean {
  return path === configurationPath || isCodeownersPath(path)
}

/** The old and the new path of a changed file. */
export function pathsOf(file: ChangedFile): readonly string[] {
  return file.previousPath === undefined || file.previousPath === file.path
    ? [file.path]
    : [file.previousPath, file.path]
}

/** Where no unit delivers anything otherwise than it is written. */
const asWritten = { rendered: new Set<string>(), parts: new Set<string>() }

/** Counts what the changed files mean to the mesh; every list is sorted and without doubles. */
export function countTouched(
  files: readonly ChangedFile[],
  { base, merged }: Comparison,
  resources: readonly ResourceChange[],
  { snapshots }: Pick<Policy, 'snapshots'>,
  { rendered, parts }: Pick<Written, 'rendered' | 'parts'> = asWritten,
): Touched {
  const paths = new Set(files.flatMap(pathsOf))
  const ingresses = [...ingressesOf(base), ...ingressesOf(merged)].filter(({ file }) => paths.has(file.path))
  const manifests = new Set([...manifestPaths(base), ...manifestPaths(merged)])
  const ofIngresses = ingresses.map(({ file }) => file.path)
  const known = new Set([
    ...manifests,
    ...ofIngresses,
    ...parts,
    ...rendered,
    ...snapshots.map(({ path }) => path),
  ])
  const relevant = [...paths].filter((path) => isJudgeFile(path) || isRouteTestPath(path) || known.has(path))
  return {
    files,
    relevantPaths: relevant.sort(),
    changedResources: namesOf(resources, 'meaning'),
    rewrittenResources: namesOf(resources, 'writing'),
    unjudged: unjudgedFiles(files, [...base.manifests.files, ...merged.manifests.files]).filter(
      ({ path }) => !rendered.has(path),
    ),
    virtualServices: virtualServicesIn(paths, [base, merged]).size,
    ingresses: new Set(ingresses.map((each) => `${identityOf(each)} ${each.file.path}`)).size,
  }
}

function namesOf(resources: readonly ResourceChange[], extent: 'meaning' | 'writing'): readonly string[] {
  const names = resources.flatMap((change) =>
    change.subject === 'modelled' && change.extent === extent ? [change.name] : [],
  )
  return [...new Set(names)].sort()
}

function manifestPaths({ manifests }: Snapshot): readonly string[] {
  const { virtualServices, gateways, unmodelled, unreadable } = manifests
  const resources = [...virtualServices, ...gateways, ...unmodelled]
  return [...resources.map((resource) => resource.file.path), ...unreadable.map(({ path }) => path)]
}

function ingressesOf({ meshes }: Snapshot): readonly UnmodelledResource[] {
  return meshes.flatMap(({ gatewayApi }) => gatewayApi?.all ?? []).filter(({ kind }) => kind === 'Ingress')
}

function virtualServicesIn(paths: ReadonlySet<string>, sides: readonly Snapshot[]): ReadonlySet<string> {
  const found = sides
    .flatMap((side) => side.meshes)
    .flatMap((mesh) =>
      mesh.virtualServices
        .filter((each) => paths.has(each.file.path))
        .map((each) => JSON.stringify([mesh.name, identityOf(each)])),
    )
  return new Set(found)
}
