import type { SourceFile } from '../../../source/source-file.ts'
import type { JsonObject, JsonValue } from '../../json.ts'
import { folderOf, foldersAbove, pathIn, resolvedPath } from '../paths.ts'
import { filesBelow, type SideFiles } from '../side-files.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../written.ts'

/** A chart that another draws in, and under which keys of its values that one finds its own. */
export interface DrawnChart {
  readonly folder: string
  readonly keys: readonly string[]
  /** The entries among the dependencies that say so; none where it only lies there. */
  readonly entries: readonly JsonObject[]
}

/** Whether there is a chart in a folder. */
export function isChart(folder: string, { files }: SideFiles): boolean {
  return files.has(pathIn(folder, 'Chart.yaml'))
}

/** The chart that draws this one in by holding it: its own where there is none. */
export function rootOf(folder: string, side: SideFiles): string {
  const within = /^(?:(?<above>.*)\/)?charts\/[^/]+$/.exec(folder)
  const above = within?.groups?.['above'] ?? ''
  return within !== null && isChart(above, side) ? rootOf(above, side) : folder
}

/** The chart that a file is a template of. */
export function chartOfTemplate(path: string, side: SideFiles): string | undefined {
  return foldersAbove(path).find(
    (folder) => isChart(folder, side) && path.startsWith(pathIn(folder, 'templates/')),
  )
}

/** The charts that a chart draws in and that are here: in its folder, or by `file://`. */
export function drawnCharts(folder: string, side: SideFiles): readonly DrawnChart[] {
  const entries = dependenciesIn(folder, fileIn(side))
  const start = pathIn(folder, 'charts/')
  const held = filesBelow(pathIn(folder, 'charts'), side)
    .map(({ path }) => /^(?<name>[^/]+)\/Chart\.yaml$/.exec(path.slice(start.length))?.groups?.['name'])
    .flatMap((name) => (name === undefined ? [] : [start + name]))
  const local = entries.flatMap((each) => localFolder(each, folder) ?? [])
  return [...new Set([...held, ...local])]
    .filter((each) => isChart(each, side))
    .map((each) => drawn(each, entries, side))
}

/** Whether a chart draws in one that is not here. */
export function lacksCharts(folder: string, side: SideFiles): boolean {
  const entries = dependenciesIn(folder, fileIn(side))
  const here = new Set(drawnCharts(folder, side).flatMap((each) => each.entries))
  return entries.some((each) => !here.has(each))
}

function drawn(folder: string, all: readonly JsonObject[], side: SideFiles): DrawnChart {
  const file = side.files.get(pathIn(folder, 'Chart.yaml'))
  const name =
    textIn(fieldsOf(file && documentsIn(file)?.[0])['name']) ?? folder.slice(folderOf(folder).length)
  const entries = all.filter((each) => each['name'] === name)
  const keys = entries.map(({ alias }) => textIn(alias) ?? name)
  return { folder, keys: keys.length === 0 ? [name] : keys, entries }
}

/** What a chart depends on: `requirements.yaml`, where it says so, takes the place of what `Chart.yaml` says. */
export function dependenciesIn(
  folder: string,
  file: (path: string) => SourceFile | undefined,
): readonly JsonObject[] {
  const said = ['requirements.yaml', 'Chart.yaml'].map((name) => dependenciesOf(file(pathIn(folder, name))))
  return listIn(said.find((each) => each !== undefined)).map(fieldsOf)
}

/** The folder in this repository from which a chart in another one draws a dependency by `file://`. */
export function localFolder({ repository }: JsonObject, from: string): string | undefined {
  const path = /^file:\/\/(?<path>.*)$/.exec(textIn(repository) ?? '')?.groups?.['path']
  return path === undefined ? undefined : resolvedPath(from, path)
}

function fileIn({ files }: SideFiles): (path: string) => SourceFile | undefined {
  return (path) => files.get(path)
}

/** The file in which that stands. */
export function fileOfDependencies(folder: string, { files }: Pick<SideFiles, 'files'>): string {
  const path = pathIn(folder, 'requirements.yaml')
  return dependenciesOf(files.get(path)) === undefined ? pathIn(folder, 'Chart.yaml') : path
}

function dependenciesOf(file: SourceFile | undefined): JsonValue | undefined {
  return file && fieldsOf(documentsIn(file)?.[0])['dependencies']
}
