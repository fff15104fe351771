import type { ChangedPath } from '../app/ports.ts'
import type { Tree, TreeEntry } from '../app/reading/git-objects.ts'

function differs(a: TreeEntry, b: TreeEntry): boolean {
  return a.sha !== b.sha || a.mode !== b.mode
}

/** What a path that is no file leads elsewhere by. */
function kindOf(entry: TreeEntry | undefined): ChangedPath['link'] {
  if (entry?.mode === '120000') return 'symlink'
  return entry?.mode === '160000' ? 'submodule' : undefined
}

/** What a path leads elsewhere by, after and before. */
function leads(
  after: TreeEntry | undefined,
  before: TreeEntry | undefined,
): Pick<ChangedPath, 'link' | 'was'> {
  const [link, was] = [kindOf(after), kindOf(before)]
  return { ...(link && { link }), ...(was && { was }) }
}

function byPath(a: ChangedPath, b: ChangedPath): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}

/** The path of a removed file with this content; each is given away once. */
function createRenames(before: Tree, removed: ReadonlySet<string>): (added: TreeEntry) => string | undefined {
  const paths = [...removed].sort().reverse()
  const pathsBySha = Map.groupBy(paths, (path) => before.get(path)?.sha ?? '')
  return (added) => pathsBySha.get(added.sha)?.pop()
}

/**
 * What differs between two trees, in order of path. Unlike a forge's listing it has no limit; only a file that moved
 * without any edit counts as renamed, any other move is a removal and an addition.
 */
export function diffTrees(before: Tree, after: Tree): readonly ChangedPath[] {
  const removed = new Set([...before.keys()].filter((path) => !after.has(path)))
  const renamedFrom = createRenames(before, removed)
  const changes: ChangedPath[] = []
  for (const [path, entry] of [...after].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const old = before.get(path)
    if (old !== undefined) {
      if (differs(old, entry)) changes.push({ path, status: 'modified', ...leads(entry, old) })
      continue
    }
    const previousPath = renamedFrom(entry)
    if (previousPath === undefined) changes.push({ path, status: 'added', ...leads(entry, undefined) })
    else {
      removed.delete(previousPath)
      changes.push({ path, previousPath, status: 'renamed', ...leads(entry, before.get(previousPath)) })
    }
  }
  for (const path of removed) changes.push({ path, status: 'removed', ...leads(undefined, before.get(path)) })
  return changes.sort(byPath)
}

/** Every path, old or new, that the changes name. */
function pathsOf(changes: readonly ChangedPath[]): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { path, previousPath } of changes) {
    paths.add(path)
    if (previousPath !== undefined) paths.add(previousPath)
  }
  return paths
}

function* foldersOf(path: string): Generator<string> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) yield path.slice(0, at)
}

/**
 * The paths where two sets of changes meet: the same path, or a file of one where the other has a folder. Where there
 * are none, one set laid over the other is what Git would merge.
 */
export function meetingPaths(
  ours: readonly ChangedPath[],
  theirs: readonly ChangedPath[],
): readonly string[] {
  const left = pathsOf(ours)
  const right = pathsOf(theirs)
  const meeting = new Set<string>()
  for (const [some, others] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const path of some) {
      if (others.has(path)) meeting.add(path)
      for (const folder of foldersOf(path)) if (others.has(folder)) meeting.add(folder)
    }
  }
  return [...meeting].sort()
}

function foldersIn(tree: Tree): ReadonlySet<string> {
  const folders = new Set<string>()
  for (const path of tree.keys()) for (const folder of foldersOf(path)) folders.add(folder)
  return folders
}

/**
 * The paths that one side adds to a folder of which the other has left nothing: where that one moved it elsewhere, Git takes
 * them along or reports a conflict, by its settings (git-merge, "merge.directoryRenames").
 */
export function strandedPaths(before: Tree, ours: Tree, theirs: Tree): readonly string[] {
  const old = foldersIn(before)
  const stranded = new Set<string>()
  for (const [adding, other] of [
    [ours, theirs],
    [theirs, ours],
  ] as const) {
    const gone = old.difference(foldersIn(other))
    if (gone.size === 0) continue
    for (const path of adding.keys())
      if (!before.has(path) && foldersOf(path).some((folder) => gone.has(folder))) stranded.add(path)
  }
  return [...stranded].sort()
}
