import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonValue } from '../../json.ts'
import { deliveredPaths } from '../delivered-paths.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn } from '../written.ts'
import { rootOf } from './chart-family.ts'
import { chartFaults } from './chart-faults.ts'
import { templatesThatWrite } from './chart-reads.ts'
import { filesRead } from './files-of-templates.ts'
import { valuesOf, valuesStatements } from './read-values.ts'

/**
 * What charts in Git say of the mesh manifests in them: that there is a chart (beside plain manifests it turns what Argo
 * CD applies into its templates alone), its values, what its templates include, and the charts of this repository it draws in.
 */
export function chartLayers(side: SideFiles, reach: Reach): readonly Layer[] {
  const charts = [...side.files.values()].filter(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
  return charts.flatMap((chart) => {
    const folder = folderOf(chart.path)
    const inChart = meshBelow(folder, side)
    const whole = meshBelow(rootOf(folder, side), side)
    const statements = [
      { what: 'chart', reach: inChart },
      ...limits(chart).map((what) => ({ what, reach: whole })),
      ...dependencies(chart, reach),
      ...archivesIn(folder, side).map((what) => ({ what, reach: whole })),
      ...(whole.length === 0 ? [] : chartFaults(chart, folder, side)).map((fault) => ({
        what: { [fault.code]: fault.of },
        reach: whole,
        fault,
      })),
    ]
    return [
      { kind: 'Chart', name: folder === '' ? '.' : folder, file: chart, statements },
      ...filesBelow(folder, side).flatMap((file) => partOf(file, folder, { reach: inChart, side })),
      ...readByTemplates(folder, side),
      ...writtenByTemplates(folder, inChart, side),
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

/** What decides whether and as what a chart renders; versions and descriptions do not. */
function limits(chart: SourceFile): readonly JsonValue[] {
  const { apiVersion, name, kubeVersion } = fieldsOf(documentsIn(chart)?.[0])
  return [
    { isCalled: [apiVersion ?? null, name ?? null] },
    { 'takes versions of Kubernetes': kubeVersion ?? null },
  ]
}

/** Charts that are packed into this one, whatever their version. */
function archivesIn(folder: string, { unread }: SideFiles): readonly JsonValue[] {
  const start = folder === '' ? 'charts/' : `${folder}/charts/`
  return [...(unread ?? [])]
    .filter((path) => path.startsWith(start) && path.endsWith('.tgz'))
    .map((path) => ({ holdsChart: path.replace(/-?v?\d+\.\d+[^/]*\.tgz$/, '') }))
}

/** Templates that write among the values change what every other template reads. */
function writtenByTemplates(folder: string, reach: readonly string[], side: SideFiles): readonly Layer[] {
  if (reach.length === 0) return []
  return templatesThatWrite(folder, side)
    .flatMap((path) => side.files.get(path) ?? [])
    .map((file) => ({
      kind: 'part of templates',
      name: file.path,
      file,
      statements: [{ what: file.text, reach }],
    }))
}

/** Files that templates of the mesh, or what they include, read by `.Files`: what those hold is part of what the templates give. */
function readByTemplates(folder: string, side: SideFiles): readonly Layer[] {
  const mesh = meshBelow(folder, side)
  const start = folder === '' ? '' : `${folder}/`
  const readers = filesBelow(folder, side)
    .filter(({ path }) => /(?:^|\/)templates\//.test(path.slice(start.length)))
    .flatMap((file) => {
      const reads = filesRead(file.text)
      const own = side.mesh.has(file.path) ? [file.path] : mesh
      return reads === undefined ? [] : [{ reads, reach: own }]
    })
  if (mesh.length === 0 || readers.length === 0) return []
  const isInput = ({ path }: SourceFile) =>
    !/^(?:templates\/|charts\/|Chart\.|values[^/]*\.ya?ml$)/.test(path.slice(start.length))
  return filesBelow(folder, side)
    .filter(isInput)
    .flatMap((file) => {
      const reach = readers
        .filter(({ reads }) => reads(file.path.slice(start.length)))
        .flatMap((each) => each.reach)
      if (reach.length === 0) return []
      const statements = [{ what: file.text, reach: [...new Set(reach)] }]
      return [{ kind: 'file of a chart', name: file.path, file, statements }]
    })
}

function dependencies(chart: SourceFile, reach: Reach): readonly LayerStatement[] {
  return (documentsIn(chart) ?? []).flatMap((document) =>
    listIn(fieldsOf(document)['dependencies']).flatMap((each) => {
      const { name, alias, condition, repository } = fieldsOf(each)
      const local = /^file:\/\/(?<path>.*)$/.exec(textIn(repository) ?? '')?.groups?.['path']
      const path = local === undefined ? undefined : resolvedPath(folderOf(chart.path), local)
      if (path === undefined) return []
      const what: JsonValue = { dependsOn: [name ?? null, alias ?? null, condition ?? null, path] }
      return [{ what, reach: reach.below(path) }]
    }),
  )
}

/** A file of a chart that is no manifest itself, and yet part of what its templates give. */
function partOf(
  file: SourceFile,
  folder: string,
  { reach, side }: { readonly reach: readonly string[]; readonly side: SideFiles },
): readonly Layer[] {
  const within = file.path.slice(folder === '' ? 0 : folder.length + 1)
  const part = (kind: string, what: JsonValue): readonly Layer[] => [
    { kind, name: file.path, file, statements: [{ what, reach }] },
  ]
  if (/^values[^/]*\.ya?ml$/.test(within))
    return [
      { kind: 'values', name: file.path, file, statements: valuesStatements(valuesOf(file), folder, side) },
    ]
  if (within === 'values.schema.json') return part('schema of values', contentOf(file))
  // Names with an underscore are rendered only where others include them.
  return /^templates\/(?:.*\/)?_[^/]*$/.test(within) ? part('part of templates', file.text) : []
}
