import type { SourceFile } from '../../../source/source-file.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { foldersNamed } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import type { SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { documentsIn, fieldsOf, listIn, textIn, textsIn } from '../written.ts'
import { isChart } from './chart-family.ts'
import { isHelmfile, valueFilesOfHelmfile } from './local-charts.ts'
import { parameterStatements, valuesOf, valuesStatements } from './read-values.ts'

/** What helmfile says of charts of this repository, and the files of values that it names; a template of one is taken as it is written. */
export function helmfiles(side: SideFiles, reach: Reach): readonly Layer[] {
  return [...side.files.values()]
    .filter(({ path }) => isHelmfile(path))
    .flatMap((file) => [
      { kind: 'helmfile', name: file.path, file, statements: helmfileStatements(file, side, reach) },
      ...valueLayers(file, side, reach),
    ])
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
    const each = listIn(releases).flatMap((written): readonly LayerStatement[] => {
      const { version, ...release } = fieldsOf(written)
      const chart = chartOf(release, file, side)
      if (chart === undefined)
        return [{ what: { release: weightyValues(release) }, reach: reachOf(textsIn(written)) }]
      const { values, set, ...said } = release
      const files = listIn(values).filter((value) => !isObject(value))
      return [
        { what: { release: { ...said, values: files } }, reach: reach.below(chart) },
        ...listIn(values)
          .filter(isObject)
          .flatMap((value) => valuesStatements(value, chart, side)),
        ...parameterStatements(set, chart, side),
      ]
    })
    return [{ what: { helmfile: weightyValues(rest) }, reach: reachOf(textsIn(document)) }, ...each]
  })
}

/** The chart of a release, where it is surely one that is here. */
function chartOf({ chart }: JsonObject, { path }: SourceFile, side: SideFiles): string | undefined {
  const folder = resolvedPath(folderOf(path), textIn(chart) ?? '')
  return folder !== undefined && /^\.{1,2}\//.test(textIn(chart) ?? '') && isChart(folder, side)
    ? folder
    : undefined
}

/** The files of values, each by itself: they have owners of their own. What fills in a template of one is not followed. */
function valueLayers(file: SourceFile, side: SideFiles, reach: Reach): readonly Layer[] {
  const releases = (documentsIn(file) ?? []).flatMap((document) =>
    listIn(fieldsOf(document)['releases']).map(fieldsOf),
  )
  return releases.flatMap((release) => {
    const chart = chartOf(release, file, side)
    const files = valueFilesOfHelmfile([release], folderOf(file.path))
    return chart === undefined
      ? []
      : files
          .flatMap((path) => side.files.get(path) ?? [])
          .map((each) => ({
            kind: 'values',
            name: each.path,
            file: each,
            statements: each.path.endsWith('.gotmpl')
              ? [{ what: each.text, reach: reach.below(chart) }]
              : valuesStatements(valuesOf(each), chart, side),
          }))
  })
}
