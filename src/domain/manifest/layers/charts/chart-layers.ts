import type { SourceFile } from '../../../source/source-file.ts'
import { wholeChart } from '../../../templates/abstract-value.ts'
import type { JsonValue } from '../../json.ts'
import { deliveredPaths } from '../delivered-paths.ts'
import type { Delivering } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, pathIn } from '../paths.ts'
import type { Reach } from '../reach.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { contentOf, documentsIn, fieldsOf, textIn } from '../written.ts'
import { drawnCharts, fileOfDependencies, rootOf } from './chart-family.ts'
import { chartFaults } from './chart-faults.ts'
import { mayInclude, meshTemplates, templatesAround, templatesThatWrite } from './chart-reads.ts'
import { reachOfTemplate } from './delivering-templates.ts'
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
      ...drawing(folder, reach, side),
      ...saidOfItself(chart, folder, side),
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
      ...includedByTemplates(folder, side),
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
  return [{ isCalled: [apiVersion ?? null, name ?? null] }, { kubernetesVersions: kubeVersion ?? null }]
}

/** Charts that are packed into this one, whatever their version. */
function archivesIn(folder: string, { unread }: SideFiles): readonly JsonValue[] {
  const start = pathIn(folder, 'charts/')
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
  const readers = meshTemplates(folder, side).flatMap(({ path, written }) => {
    const reads = filesRead(written)
    return reads === undefined ? [] : [{ reads, path }]
  })
  if (readers.length === 0) return []
  const start = folder === '' ? '' : `${folder}/`
  return filesBelow(folder, side).flatMap((file) => {
    const within = file.path.slice(start.length)
    if (isOfItself.test(within)) return []
    const statements = readers
      .filter(({ reads }) => reads(within))
      .map(({ path }) => ({ what: file.text, reach: reachOfTemplate(path, side) }))
    return statements.length === 0 ? [] : [{ kind: 'file of a chart', name: file.path, file, statements }]
  })
}

/** What Helm reads of a chart is none of its `.Files`. */
const isOfItself = /^(?:templates\/|charts\/|Chart\.(?:yaml|lock)$|values\.(?:yaml|schema\.json)$)/

/** Templates, each as far as one of the mesh includes what it defines. */
function includedByTemplates(folder: string, side: SideFiles): readonly Layer[] {
  const readers = meshTemplates(folder, side)
  return [...templatesAround(folder, side)].flatMap(([path, tree]) => {
    const file = side.files.get(path)
    if (file === undefined) return []
    const statements = readers
      .filter((each) => each.path !== path && mayInclude(each.read, tree))
      .flatMap(({ path: reader, read }): readonly LayerStatement[] => {
        const reach = reachOfTemplate(reader, side)
        if (read.includesAny || tree === undefined) return [{ what: file.text, reach }]
        const included = [...tree.written].filter(([name]) => read.includes.has(name))
        return included.map(([name, text]) => ({ what: { defines: name, as: text }, reach }))
      })
    return statements.length === 0 ? [] : [{ kind: 'part of templates', name: path, file, statements }]
  })
}

/** What a chart says of itself, for the templates of the mesh that read it: not its versions. */
function saidOfItself(chart: SourceFile, folder: string, side: SideFiles): readonly LayerStatement[] {
  const { version, appVersion, dependencies, ...said } = fieldsOf(documentsIn(chart)?.[0])
  return meshTemplates(folder, side).flatMap(({ path, read }) => {
    const fields = Object.entries(said).filter(([name]) => isReadOfChart(name, read.chart))
    return fields.length === 0
      ? []
      : [
          {
            what: { says: Object.fromEntries(fields), readBy: path },
            reach: reachOfTemplate(path, side),
          },
        ]
  })
}

function isReadOfChart(name: string, read: ReadonlySet<string>): boolean {
  return read.has(wholeChart) || [...read].some((each) => each.toLowerCase() === name.toLowerCase())
}

/** How a chart draws in others that are here: whether they are rendered, with which values, and what it takes from theirs. */
function drawing(folder: string, reach: Reach, side: SideFiles): readonly LayerStatement[] {
  const own = meshTemplates(folder, side).map(({ path }) => path)
  const [chartFile, from] = [pathIn(folder, 'Chart.yaml'), fileOfDependencies(folder, side)]
  return drawnCharts(folder, side).flatMap((drawn) =>
    drawn.entries.map(({ name, alias, condition, tags, repository, 'import-values': imports }) => {
      const what: JsonValue = {
        dependsOn: [name ?? null, alias ?? null, condition ?? null, tags ?? null, imports ?? null],
        at: isLocal(repository) ? drawn.folder : null,
      }
      const to = imports === undefined ? reach.below(drawn.folder) : [...reach.below(drawn.folder), ...own]
      return { what, reach: [...new Set(to)], ...(from !== chartFile && { from }) }
    }),
  )
}

function isLocal(repository: JsonValue | undefined): boolean {
  return textIn(repository)?.startsWith('file://') === true
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
  return []
}
