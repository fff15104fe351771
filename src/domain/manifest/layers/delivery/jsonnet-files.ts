import { literalFolder, sourcesOf } from '../delivered-paths.ts'
import type { DeliveryObject } from '../delivery-objects.ts'
import type { Layer } from '../layer.ts'
import { folderOf, isBelow } from '../paths.ts'
import { filesBelow } from '../side-files.ts'
import { fieldsOf, textIn } from '../written.ts'
import type { Delivering } from './delivery-layers.ts'

/**
 * Argo CD evaluates Jsonnet beside the manifests of a directory: which objects come of it is not known here, and where it fails
 * nothing of the directory is delivered.
 */
export function jsonnetFiles(delivering: Delivering): readonly Layer[] {
  const { side, reach } = delivering
  const directories = delivering.objects.flatMap((object) => directoriesOf(delivering.hereOf(object)))
  return filesBelow('', side)
    .filter(({ path }) => path.endsWith('.jsonnet'))
    .flatMap((file) => {
      const holding = directories.filter(({ folder, recurses }) =>
        recurses ? isBelow(file.path, folder) : folderOf(file.path) === folder,
      )
      if (holding.length === 0) return []
      const files = [...new Set(holding.flatMap(({ folder }) => reach.below(folder)))]
      return [{ kind: 'Jsonnet', name: file.path, file, statements: [{ what: file.text, reach: files }] }]
    })
}

interface Directory {
  readonly folder: string
  readonly recurses: boolean
}

function directoriesOf({ kind, spec }: DeliveryObject): readonly Directory[] {
  if (kind !== 'Application' && kind !== 'ApplicationSet') return []
  const own = kind === 'Application' ? spec : fieldsOf(fieldsOf(spec['template'])['spec'])
  return sourcesOf(own).flatMap(({ path, directory, chart }) => {
    const written = textIn(path)
    const folder = written === undefined || chart !== undefined ? undefined : literalFolder(written)
    if (folder === undefined) return []
    const isPattern = /[{*?[]/.test(written ?? '')
    return [{ folder, recurses: isPattern || fieldsOf(directory)['recurse'] === true }]
  })
}
