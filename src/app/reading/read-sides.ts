import { budgets } from '../../domain/budgets.ts'
import { namedFiles } from '../../domain/manifest/layers/named-files.ts'
import { folderOf, isBelow, resolvedPath } from '../../domain/manifest/layers/paths.ts'
import { isJudgeFile } from '../../domain/policy/touched.ts'
import type {
  ChangedPath,
  MergedSide,
  ReadableSide,
  ReadProblem,
  ReadRepository,
  SideFiles,
} from '../ports.ts'

/** Both sides as they were read, and where the links that differ between them lead. */
export interface Sides {
  readonly base: SideFiles
  readonly merged: SideFiles
  readonly links: {
    readonly base: ReadonlyMap<string, string>
    readonly merged: ReadonlyMap<string, string>
  }
}

/** What reading both sides takes. */
export interface SidesReading {
  readonly tip: { readonly kind: 'tip'; readonly sha: string }
  /** The paths that may hold manifests. */
  readonly wanted: (path: string) => boolean
  readonly repository: ReadRepository
  /** Whether anything is to be read at all. */
  readonly matters: boolean
}

type ReadWhere = (wanted: (path: string) => boolean) => Promise<SideFiles>

const nothing: SideFiles = { files: [], problems: [] }

/** Files that name files that name files: nobody means to go deeper than this. */
const mostRounds = budgets.layerRounds.size

/** Whether the merged side can be read. */
export function isReadable(side: MergedSide): side is ReadableSide {
  return side.kind !== 'conflict' && side.kind !== 'unknown'
}

/** Whether a path may hold something that the verdict depends on. */
export function mattersTo(wanted: (path: string) => boolean): (path: string) => boolean {
  return (path) => wanted(path) || isJudgeFile(path)
}

/** The old and the new path of a change. */
export function namesOf({ path, previousPath }: ChangedPath): readonly string[] {
  return previousPath === undefined ? [path] : [previousPath, path]
}

/** Whether a pull request changes a path of this sort. */
export function touches(merged: ReadableSide, matters: (path: string) => boolean): boolean {
  return merged.changed.some((change) => namesOf(change).some(matters))
}

/** Both sides in full, or nothing of either where the pull request touches nothing that could matter. */
export async function readSides(merged: MergedSide, reading: SidesReading): Promise<Sides> {
  const { tip, wanted, repository, matters } = reading
  const none = { base: nothing, merged: nothing, links: { base: new Map(), merged: new Map() } }
  if (!isReadable(merged) || !matters) return none
  const elsewhere = new Set(
    merged.changed.filter(({ link, was }) => link !== undefined || was !== undefined).flatMap(namesOf),
  )
  const read = async (side: Parameters<ReadRepository['files']>[0]) => {
    const links = linksIn(
      elsewhere.size === 0 ? [] : (await repository.files(side, (path) => elsewhere.has(path))).problems,
    )
    return {
      links,
      files: await readWithNamed((where) => repository.files(side, where), mattersTo(wanted), links),
    }
  }
  const [base, after] = await Promise.all([read(tip), read(merged)])
  return { base: base.files, merged: after.files, links: { base: base.links, merged: after.links } }
}

/** Whether a pull request touches anything that could matter. A file of any name does where a layer names it. */
export async function mayMatter(
  merged: MergedSide,
  { tip, wanted, repository }: Omit<SidesReading, 'matters'>,
): Promise<boolean> {
  if (!isReadable(merged)) return false
  if (merged.changed.some(({ link, was }) => link !== undefined || was !== undefined)) return true
  if (touches(merged, mattersTo(wanted))) return true
  if (merged.changed.length === 0) return false
  return areNamed(merged.changed.flatMap(namesOf), { tip, wanted, repository })
}

/**
 * Whether a layer of the base branch names one of some paths, or delivers a folder around it. Objects that deliver have no names by
 * which they are known, so that every manifest is looked into.
 */
export async function areNamed(
  paths: readonly string[],
  { tip, wanted, repository }: Omit<SidesReading, 'matters'>,
): Promise<boolean> {
  const layers = await readWithNamed((where) => repository.files(tip, where), wanted)
  return paths.some(namedFiles(layers.files).has)
}

/** The wanted files, and whatever the layers among them name: such a file is deployed whatever it is called. */
export async function readWithNamed(
  read: ReadWhere,
  wanted: (path: string) => boolean,
  links: ReadonlyMap<string, string> = new Map(),
): Promise<SideFiles> {
  let side = await read(wanted)
  for (let round = 0; round < mostRounds; round++) {
    const { files, problems, binaries = [] } = side
    const known = new Set([...[...files, ...problems].map(({ path }) => path), ...binaries])
    const named = namedFiles(side.files)
    const more = await read(
      (path) => !wanted(path) && !known.has(path) && (named.has(path) || isAtEndOf(links, path)),
    )
    const isKnown = [...more.files, ...more.problems].every(({ path }) => known.has(path))
    side = joined(side, more)
    if (isKnown) break
  }
  return side
}

/** Whether a file may be a manifest that a link delivers under another path. */
function isAtEndOf(links: ReadonlyMap<string, string>, path: string): boolean {
  if (links.size === 0 || !isManifestName(path)) return false
  return [...links].some(([link, target]) => {
    const at = resolvedPath(folderOf(link), target)
    return at !== undefined && at !== '' && isBelow(path, at)
  })
}

function isManifestName(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path)
}

function joined(one: SideFiles, other: SideFiles): SideFiles {
  const files = new Map([...one.files, ...other.files].map((file) => [file.path, file]))
  const problems = new Map(
    [...one.problems, ...other.problems].map((each) => [`${each.kind} ${each.path}`, each]),
  )
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems: [...problems.values()],
    binaries: [...new Set([...(one.binaries ?? []), ...(other.binaries ?? [])])],
  }
}

function linksIn(problems: readonly ReadProblem[]): ReadonlyMap<string, string> {
  return new Map(problems.flatMap(({ path, target }) => (target === undefined ? [] : [[path, target]])))
}
