import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { folderOf, foldersAbove, pathIn } from '../manifest/layers/paths.ts'
import { memoized } from '../source/memoized.ts'
import type { SourceFile } from '../source/source-file.ts'

/** The files of one side by their folders. */
export interface Folders {
  readonly file: (path: string) => SourceFile | undefined
  /** The files of a folder itself, in order of path. */
  readonly files: (folder: string) => readonly SourceFile[]
  /** The folders in a folder, in order of path. */
  readonly inner: (folder: string) => readonly string[]
  /** Whether there is such a folder; the root is one. */
  readonly isFolder: (path: string) => boolean
  /** The kustomization of a folder, the first where it has several. */
  readonly kustomization: (folder: string) => SourceFile | undefined
  readonly all: readonly SourceFile[]
}

/** Sorts the files once, so that no question takes a walk through all of them, whoever asks. */
export const foldersOf = memoized((all: readonly SourceFile[]): Folders => {
  const sorted = all.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const byPath = new Map(sorted.map((file) => [file.path, file]))
  const byFolder = Map.groupBy(sorted, ({ path }) => folderOf(path))
  const inner = new Map<string, Set<string>>()
  for (const folder of byFolder.keys())
    for (const each of folder === '' ? [] : [folder, ...foldersAbove(folder).slice(0, -1)]) {
      const above = folderOf(each)
      inner.set(above, (inner.get(above) ?? new Set()).add(each))
    }
  const files = (folder: string) => byFolder.get(folder) ?? []
  return {
    file: (path) => byPath.get(path),
    files,
    isFolder: (path) => path === '' || byFolder.has(path) || inner.has(path),
    inner: (folder) => [...(inner.get(folder) ?? [])].toSorted(),
    kustomization: (folder) => files(folder).find(({ path }) => isKustomizationFile(path)),
    all,
  }
})

/** Whether a file lies in a chart, as its template or otherwise. */
export function isOfChart(path: string, folders: Folders): boolean {
  return foldersAbove(path).some((each) => folders.file(pathIn(each, 'Chart.yaml')) !== undefined)
}
