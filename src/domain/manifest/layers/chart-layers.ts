import type { SourceFile } from '../../source/source-file.ts'
import type { JsonValue } from '../json.ts'
import { deliveredPaths } from './delivered-paths.ts'
import type { Delivering } from './delivery-layers.ts'
import type { Layer } from './layer.ts'
import { folderOf, resolvedPath } from './paths.ts'
import type { Reach } from './reach.ts'
import { filesBelow, meshBelow, type SideFiles } from './side-files.ts'
import { weightyValues } from './silent-values.ts'
import type { Statement } from './statement.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from './written.ts'

/**
 * What charts in Git say of the mesh manifests in them: that there is a chart (beside plain manifests it turns what Argo
 * CD applies into its templates alone), its values, what its templates include, and the charts of this repository it draws in.
 */
export function chartLayers(side: SideFiles, reach: Reach): readonly Layer[] {
  const charts = [...side.files.values()].filter(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
  return charts.flatMap((chart) => {
    const folder = folderOf(chart.path)
    const inChart = meshBelow(folder, side)
    const statements = [{ what: 'chart', reach: inChart }, ...dependencies(chart, reach)]
    return [
      { kind: 'Chart', name: folder === '' ? '.' : folder, file: chart, statements },
      ...filesBelow(folder, side).flatMap((file) => partOf(file, folder, inChart)),
    ]
  })
}

/**
 * Argo CD takes a folder for a chart where the name of any file in it ends in `Chart.yaml`, and then nothing of it but templates;
 * to Helm such a file is nothing.
 */
export function takenForCharts({ objects, hereOf, reach, side }: Delivering): readonly Layer[] {
  const folders = new Set(
    objects
      .filter(({ kind }) => kind === 'Application' || kind === 'ApplicationSet')
      .map((object) => deliveredPaths(hereOf(object)))
      .flatMap((paths) => (paths === 'mesh' ? [] : paths)),
  )
  return [...side.files.values()]
    .filter(({ path }) => /[^/]Chart\.yaml$/.test(path) && folders.has(folderOf(path)))
    .map((file) => ({
      kind: 'Chart',
      name: file.path,
      file,
      statements: [{ what: 'taken for a chart', reach: reach.below(folderOf(file.path)) }],
    }))
}

function dependencies(chart: SourceFile, reach: Reach): readonly Statement[] {
  return (documentsIn(chart) ?? []).flatMap((document) =>
    listIn(fieldsOf(document)['dependencies']).flatMap((each) => {
      const { name, alias, condition, repository } = fieldsOf(each)
      const local = /^file:\/\/(?<path>.*)$/.exec(textIn(repository) ?? '')?.groups?.['path']
      const path = local === undefined ? undefined : resolvedPath(folderOf(chart.path), local)
      if (path === undefined) return []
      const what: JsonValue = { 'depends on': [name ?? null, alias ?? null, condition ?? null, path] }
      return [{ what, reach: reach.below(path) }]
    }),
  )
}

/** A file of a chart that is no manifest itself, and yet part of what its templates give. */
function partOf(file: SourceFile, folder: string, reach: readonly string[]): readonly Layer[] {
  const within = file.path.slice(folder === '' ? 0 : folder.length + 1)
  const part = (kind: string, what: JsonValue): readonly Layer[] => [
    { kind, name: file.path, file, statements: [{ what, reach }] },
  ]
  if (/^values[^/]*\.ya?ml$/.test(within)) return part('values', { values: weightyValues(contentOf(file)) })
  // Names with an underscore are rendered only where others include them.
  return /^templates\/(?:.*\/)?_[^/]*$/.test(within) ? part('part of templates', file.text) : []
}
