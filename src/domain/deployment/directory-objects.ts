import { objectsIn } from '../manifest/kinds/mesh-objects.ts'
import type { SourceFile } from '../source/source-file.ts'
import { parseYaml } from '../source/yaml.ts'
import type { YamlMap } from '../source/yaml-node.ts'
import type { Folders } from './folders.ts'

/** An object as it is written in a file. */
export interface ObjectOfFile {
  readonly node: YamlMap
  readonly from: SourceFile
}

/**
 * The objects of a directory of Argo CD: those of its files as YAML 1.1, below it only where that is said, lists unwrapped. A file
 * that does not read, or asks to be passed over, is. Globs that leave files out are not followed: what they leave out counts, too.
 */
export function directoryObjects(
  folder: string,
  takes: 'files' | 'files below',
  folders: Folders,
): readonly ObjectOfFile[] {
  const inner = takes === 'files' ? [] : folders.inner(folder)
  return [
    ...folders.files(folder).filter(isTaken).flatMap(objectsOf),
    ...inner.flatMap((each) => directoryObjects(each, takes, folders)),
  ]
}

function isTaken({ path, text }: SourceFile): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !text.includes('+argocd:skip-file-rendering')
}

const known = new WeakMap<SourceFile, readonly ObjectOfFile[]>()

function objectsOf(file: SourceFile): readonly ObjectOfFile[] {
  const before = known.get(file)
  if (before !== undefined) return before
  const objects = parseYaml(file, { id: 'invalid-manifest' }).flatMap(({ root }) =>
    root === undefined ? [] : objectsIn(root).map(({ map }) => ({ node: map, from: file })),
  )
  known.set(file, objects)
  return objects
}
