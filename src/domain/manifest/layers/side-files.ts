import { memoized } from '../../source/memoized.ts'
import { gathered } from '../../source/multimap.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { JsonValue } from '../json.ts'
import { foldersAbove } from './paths.ts'

/** What an object is called, for whoever selects it. `kind` is '' where the document could not be read. */
export interface ObjectName {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

/** The files of one side, and what the mesh has in them. */
export interface SideFiles {
  readonly files: ReadonlyMap<string, SourceFile>
  /** The objects of the mesh, and those of which a part decides about its requests, by the path of their file. */
  readonly mesh: ReadonlyMap<string, readonly ObjectName[]>
  /** Where symbolic links lead, as written, by path. */
  readonly links: ReadonlyMap<string, string>
  /** Paths of what is there and is not read: no text, too large, a link. */
  readonly unread?: ReadonlySet<string>
  /** Where templates of charts lead that deliver something themselves, by their paths, with what is said to them. */
  readonly leads?: ReadonlyMap<string, (said: JsonValue) => 'mesh' | readonly string[]>
}

/** Paths by each folder that they lie in, at any depth, and by themselves: no folder is looked for among all paths. */
export function byFolders<T>(
  items: Iterable<T>,
  pathOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const foldersOf = (path: string) => new Set([path, ...foldersAbove(path)])
  return gathered(
    [...items].flatMap((item) => [...foldersOf(pathOf(item))].map((folder) => [folder, item] as const)),
  )
}

const meshByFolder = memoized(({ mesh }: SideFiles) => byFolders(mesh.keys(), (path) => path))
const filesByFolder = memoized(({ files }: SideFiles) => byFolders(files.values(), ({ path }) => path))

/** The files with mesh manifests in a folder, at any depth. */
export function meshBelow(folder: string, side: SideFiles): readonly string[] {
  return meshByFolder(side).get(folder) ?? []
}

/** All files in a folder, at any depth. */
export function filesBelow(folder: string, side: SideFiles): readonly SourceFile[] {
  return filesByFolder(side).get(folder) ?? []
}

/** The files whose paths match. */
export function filesNamed({ files }: SideFiles, pattern: RegExp): readonly SourceFile[] {
  return [...files.values()].filter(({ path }) => pattern.test(path))
}
