import type { SourceFile } from '../../../source/source-file.ts'
import { foldersNamed } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf } from '../paths.ts'
import type { Reach } from '../reach.ts'
import type { SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { documentsIn, fieldsOf, listIn, textsIn } from '../written.ts'
import { isHelmfile } from './local-charts.ts'

/** What helmfile says of charts of this repository; a template of one is taken as it is written. */
export function helmfiles(side: SideFiles, reach: Reach): readonly Layer[] {
  return [...side.files.values()]
    .filter(({ path }) => isHelmfile(path))
    .map((file) => ({
      kind: 'helmfile',
      name: file.path,
      file,
      statements: helmfileStatements(file, side, reach),
    }))
}

function helmfileStatements(file: SourceFile, side: SideFiles, reach: Reach): readonly LayerStatement[] {
  const reachOf = (texts: readonly string[]) => [
    ...new Set(
      texts
        .flatMap((text) => foldersNamed(text, folderOf(file.path), side))
        .flatMap((each) => reach.below(each)),
    ),
  ]
  const documents = documentsIn(file)
  if (documents === undefined) return [{ what: file.text, reach: reachOf(file.text.split(/[\s"']+/)) }]
  return documents.flatMap((document) => {
    const { releases, ...rest } = fieldsOf(document)
    const each = listIn(releases).map((release): LayerStatement => {
      const { version, ...said } = fieldsOf(release)
      return { what: { release: weightyValues(said) }, reach: reachOf(textsIn(release)) }
    })
    return [{ what: { helmfile: weightyValues(rest) }, reach: reachOf(textsIn(document)) }, ...each]
  })
}
