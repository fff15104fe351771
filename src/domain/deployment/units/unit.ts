import type { JsonObject } from '../../manifest/json.ts'
import { builtUpon, kustomizationIn, pathsIn } from '../../manifest/layers/kustomization.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type DeployerName, writtenDeployers } from '../deployer.ts'
import { foldersOf } from '../folders.ts'
import type { Variables } from '../post-build-variables.ts'
import { unitsFrom } from './units-from.ts'

/** What one deployer applies at once: a root of Kustomize, or a folder as an object of Argo CD or Flux delivers it. */
export interface Unit {
  /** Equal on both sides for the same unit; units of several clusters may share it. */
  readonly key: string
  /** The files that say that it is delivered, and with what: the object itself first. */
  readonly by: readonly string[]
  readonly folder: string
  readonly takes: Takes
  /** What the deployer writes into the kustomization of the folder. */
  readonly over: JsonObject
  /** Labels and annotations that every object gets when it is applied. */
  readonly metadata?: JsonObject
  /** Where an object names no namespace. */
  readonly otherwise?: string
  /** The files of a directory of Argo CD that are taken, and those that are left out: patterns of paths from the folder. */
  readonly only?: { readonly include?: string; readonly exclude?: string }
  /** What the source of Flux leaves out, in the grammar of `.gitignore`. */
  readonly ignore?: string
  /** The branch, tag or commit that its source follows, where that need not be what is merged here. */
  readonly revision?: string
  /** That is what Flux itself is installed from. */
  readonly isOfFlux?: true
  /** The repository that its source names, by owner and name; `here` where that surely is this one, absent where none is said. */
  readonly repository?: string
  /** The cluster, by the name that the deployer has for it; absent where nothing says. Units of one cluster are one mesh. */
  readonly destination?: string
  /** The mesh that the configuration says it is of. */
  readonly mesh?: string
  /** The configuration says that it is delivered, and how. */
  readonly isStated?: true
  /** What delivers it, or releases its chart; absent for what is applied by hand, or only stated. */
  readonly deployer?: DeployerName
  /** What is filled in in the printed objects. */
  readonly variables?: Variables
}

/**
 * How a folder is taken: by its kustomization alone, as Flux does, which writes one where there is none, or as the files of the
 * folder, at any depth or not (a directory of Argo CD), or as a chart, which helm has rendered by then.
 */
export type Takes = 'kustomization' | 'flux' | 'files' | 'files below' | 'chart'

/**
 * The units of one side: kustomizations that no other builds upon, and what is delivered by an object of Argo CD or Flux as it is
 * written. What delivers may be delivered itself: see `deployedUnits`.
 */
export function unitsOf(files: readonly SourceFile[]): readonly Unit[] {
  const deployers = writtenDeployers(files)
  return rootUnits(files).concat(unitsFrom(deployers, { folders: foldersOf(files) }).units)
}

/** The kustomizations that no other builds upon, those that are ignored counting as not there. */
export function rootUnits(
  files: readonly SourceFile[],
  ignored: ReadonlySet<string> = new Set(),
): readonly Unit[] {
  const kustomizations = files
    .flatMap((file) => kustomizationIn(file) ?? [])
    .filter(({ folder }) => !ignored.has(folder))
  const takes = Map.groupBy(kustomizations, ({ folder }) => folder)
  const usedBy = (folder: string) =>
    (takes.get(folder) ?? []).flatMap((each) => builtUpon.flatMap((field) => pathsIn(each, field)))
  const used = new Set([...takes.keys()].flatMap(usedBy))
  const candidates = kustomizations.filter(({ body }) => body?.['kind'] !== 'Component')
  const folders = new Set(candidates.map(({ folder }) => folder))
  const roots = [...folders].filter((folder) => !used.has(folder))
  // Those that build upon each other in a circle are built by nobody else, and fail.
  const circles = folders.difference(reachedFrom(roots, usedBy))
  return [...roots, ...circles].map(rootUnit)
}

function reachedFrom(
  folders: readonly string[],
  next: (folder: string) => readonly string[],
): ReadonlySet<string> {
  const reached = new Set(folders)
  for (const folder of reached) for (const each of next(folder)) reached.add(each)
  return reached
}

function rootUnit(folder: string): Unit {
  return { key: folder, by: [], folder, takes: 'kustomization', over: {} }
}

/** Equal on both sides for the same unit of the same cluster. */
export function identityOfUnit({ key, by: [by], destination, mesh }: Unit): string {
  return JSON.stringify([key, by ?? '', destination ?? '', mesh ?? ''])
}

/** Whether nothing says that it is delivered: a root of Kustomize counts as if somebody applied it by hand. */
export function isByHand({ by, isStated }: Pick<Unit, 'by' | 'isStated'>): boolean {
  return by.length === 0 && isStated === undefined
}
