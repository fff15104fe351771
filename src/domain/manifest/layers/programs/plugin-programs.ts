import type { SourceFile } from '../../../source/source-file.ts'
import { literalFolder, sourcesOf } from '../delivered-paths.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { Layer } from '../layer.ts'
import { isBelow } from '../paths.ts'
import { filesBelow } from '../side-files.ts'
import { fieldsOf, textIn } from '../written.ts'
import { isBeside, isProgram } from './program-names.ts'

/** The folders of which an object has a plugin of Argo CD make the manifests. */
export function pluginFoldersOf({ kind, spec }: DeliveryObject): readonly string[] {
  if (kind !== 'Application' && kind !== 'ApplicationSet') return []
  const own = kind === 'Application' ? spec : fieldsOf(fieldsOf(spec['template'])['spec'])
  return sourcesOf(own).flatMap(({ path, plugin }) => {
    const written = plugin === undefined ? undefined : textIn(path)
    return written === undefined ? [] : (literalFolder(written) ?? [])
  })
}

/** Whether a plugin may run a file that lies in its folder. */
export function isRunByPlugin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isBelow(path, folder)) && isProgram(path) && !isBeside(path)
}

/** Programs in the folder of a plugin may make anything else of what lies there. */
export function pluginPrograms(delivering: Delivering): readonly Layer[] {
  const { objects, hereOf, reach, side } = delivering
  const folders = [...new Set(objects.flatMap((object) => pluginFoldersOf(hereOf(object))))]
  const filesOf = (path: string) => [
    ...new Set(folders.filter((folder) => isBelow(path, folder)).flatMap((folder) => reach.below(folder))),
  ]
  return folders.length === 0
    ? []
    : filesBelow('', side)
        .filter(({ path }) => isRunByPlugin(path, folders))
        .map((file: SourceFile) => ({
          kind: 'program of a plugin',
          name: file.path,
          file,
          statements: [{ what: { run: file.text }, reach: filesOf(file.path) }],
        }))
}
