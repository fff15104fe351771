import { objectsIn } from '../../manifest/kinds/mesh-objects.ts'
import type { BuildFault } from '../../manifest/not-deployed.ts'
import { memoized } from '../../source/memoized.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { parseYaml } from '../../source/yaml.ts'
import type { YamlMap } from '../../source/yaml-node.ts'
import type { Folders } from '../folders.ts'
import type { Unit } from '../units/unit.ts'
import { directoryFilePattern } from './path-patterns.ts'

/** An object as it is written in a file. */
interface ObjectOfFile {
  readonly node: YamlMap
  readonly from: SourceFile
}

/** The objects of some files, and what ends it for all of them. */
export interface DirectoryObjects {
  readonly objects: readonly ObjectOfFile[]
  readonly fault?: BuildFault
}

/**
 * The objects of a directory of Argo CD: those of its files as YAML 1.1, below it only where that is said, lists unwrapped. A file
 * that asks to be passed over is, as is one that does not read, unless it looks like an object: then all of it fails.
 */
export function directoryObjects(
  unit: Pick<Unit, 'folder' | 'takes' | 'only'>,
  folders: Folders,
): DirectoryObjects {
  const { include = '', exclude = '' } = unit.only ?? {}
  const isIncluded = include === '' ? () => true : directoryFilePattern(include)
  const isExcluded = exclude === '' ? () => false : directoryFilePattern(exclude)
  const from = unit.folder === '' ? 0 : unit.folder.length + 1
  const read = filesOf(unit, folders)
    .filter(({ path }) => isIncluded(path.slice(from)) && !isExcluded(path.slice(from)))
    .filter(isTaken)
    .map(objectsOf)
  const fault = read.find((each) => each.fault !== undefined)?.fault
  return { objects: read.flatMap(({ objects }) => objects), ...(fault && { fault }) }
}

function filesOf({ folder, takes }: Pick<Unit, 'folder' | 'takes'>, folders: Folders): readonly SourceFile[] {
  const inner = takes === 'files' ? [] : folders.inner(folder)
  return [...folders.files(folder), ...inner.flatMap((each) => filesOf({ folder: each, takes }, folders))]
}

function isTaken({ path, text }: SourceFile): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !text.includes('+argocd:skip-file-rendering')
}

const objectsOf = memoized((file: SourceFile): DirectoryObjects => {
  const documents = parseYaml(file, { id: 'invalid-manifest' })
  const broken = looksLikeAnObject(file) ? documents.find(({ root }) => root === undefined) : undefined
  return {
    objects: documents.flatMap(({ root }) =>
      root === undefined ? [] : objectsIn(root).map(({ map }) => ({ node: map, from: file })),
    ),
    ...(broken && {
      fault: {
        code: 'invalid-yaml' as const,
        path: file.path,
        range: broken.diagnostics[0]?.range ?? broken.range,
        detail: '',
      },
    }),
  }
})

/** The objects of a file as they are written, as far as it reads. */
export function objectsOfFile(file: SourceFile): readonly ObjectOfFile[] {
  return objectsOf(file).objects
}

function looksLikeAnObject({ text }: SourceFile): boolean {
  return ['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word))
}
