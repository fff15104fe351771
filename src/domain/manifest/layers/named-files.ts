import type { SourceFile } from '../../source/source-file.ts'
import { filesRead } from './charts/files-of-templates.ts'
import { chartsOf, filesNamedByHelmfile } from './charts/local-charts.ts'
import { deliveredPaths } from './delivered-paths.ts'
import { filesOfJsonnet } from './delivery/jsonnet-files.ts'
import { isMeantBy, isPattern, parameterFilesOf, valueFilesOf } from './delivery/value-files.ts'
import { deliveriesIn } from './delivery-objects.ts'
import { builtUpon, kustomizationIn, pathsIn, saying } from './kustomization.ts'
import { isKustomizationFile, isLayerFile } from './layer-files.ts'
import { folderOf, foldersAbove, isBelow, pathIn } from './paths.ts'
import { filesOfPipeline } from './programs/pipelines.ts'
import { isRunByPlugin, pluginFoldersOf } from './programs/plugin-programs.ts'
import { isOfProject, projectsIn } from './programs/projects.ts'
import { filesOfBundle } from './tools/fleet-bundles.ts'
import { filesOfPackage } from './tools/kpt-packages.ts'
import { filesOfYtt, isReadByYtt, yttFoldersOf } from './tools/ytt-folders.ts'

/** Which other files the layers of one side name, whatever those are called. */
export interface NamedFiles {
  /** Whether a file is deployed, or part of what a layer says. */
  has(path: string): boolean
  /** Whether a layer looks for manifests at a path, below it, or in a folder around it that is delivered whole. */
  isEntered(path: string): boolean
  /** Whether a file is read for what it says alone: a patch, a configuration, an ignore file. */
  isOnlySaid(path: string): boolean
}

/** Looks through the layers among some files: kustomizations, charts, and objects that name files of values. */
export function namedFiles(files: readonly SourceFile[]): NamedFiles {
  const kustomizations = files.flatMap((file) => kustomizationIn(file) ?? [])
  const pathsUnder = (fields: readonly string[]) =>
    new Set(kustomizations.flatMap((each) => fields.flatMap((field) => pathsIn(each, field))))
  const resources = pathsUnder(builtUpon).union(new Set(files.flatMap(filesOfPipeline)))
  const said = pathsUnder(saying)
  const objects = files.flatMap((file) => deliveriesIn(file).objects)
  const values = new Set([
    ...objects.flatMap(valueFilesOf),
    ...objects.flatMap(parameterFilesOf),
    ...files.flatMap(filesNamedByHelmfile),
  ])
  const patterns = [...values].filter(isPattern).map(isMeantBy)
  const isValues = (path: string) => values.has(path) || patterns.some((isMeant) => isMeant(path))
  const delivered = [...objects.flatMap(deliveredPaths), ...files.flatMap(chartsOf)].filter(
    (each) => each !== 'mesh' && each !== '',
  )
  const wholes = new Set(delivered)
  const templates = new Set(
    files
      .filter(({ path }) => /(?:^|\/)Chart\.yaml$/.test(path))
      .map(({ path }) => pathIn(folderOf(path), 'templates')),
  )
  const inputs = new Set(
    files.flatMap((file) => [
      ...filesOfPackage(file),
      ...filesOfBundle(file),
      ...filesOfJsonnet(file),
      ...filesOfYtt(file),
    ]),
  )
  const isRead = readByTemplates(files)
  const folders = objects.flatMap(yttFoldersOf)
  const projects = [...projectsIn(files).keys()]
  const plugins = objects.flatMap(pluginFoldersOf)
  const isRun = (path: string) => isOfProject(path, projects) || isRunByPlugin(path, plugins)
  const isWithin = (path: string, folders: ReadonlySet<string>) =>
    folders.size > 0 && foldersAbove(path).some((folder) => folder !== '' && folders.has(folder))
  return {
    has: (path) =>
      resources.has(path) ||
      said.has(path) ||
      isValues(path) ||
      isWithin(path, said) ||
      isWithin(path, templates) ||
      inputs.has(path) ||
      isRead(path) ||
      isReadByYtt(path, folders) ||
      isRun(path) ||
      /(?:^|\/)charts\/[^/]+\.tgz$/.test(path) ||
      (isKustomizationFile(path) && resources.has(folderOf(path))) ||
      (isDeployable(path) && isWithin(path, wholes)),
    isEntered: (path) =>
      [...resources, ...delivered].some((each) => isBelow(each, path)) ||
      delivered.some((folder) => isBelow(path, folder)),
    isOnlySaid: (path) =>
      !/\.(?:ya?ml|json)$/.test(path) &&
      !resources.has(path) &&
      (said.has(path) ||
        isValues(path) ||
        isRun(path) ||
        (isLayerFile(path) && !path.endsWith('Kustomization'))),
  }
}

/** What the templates of a chart read besides, by the folder of the chart; what a partial reads is a file of whichever includes it. */
function readByTemplates(files: readonly SourceFile[]): (path: string) => boolean {
  const all = files.flatMap(({ path, text }) => {
    const chart = /^(?<chart>(?:.*\/)?)templates\//.exec(path)?.groups?.['chart']
    const reads = chart === undefined ? undefined : filesRead(text)
    if (chart === undefined || reads === undefined) return []
    return [{ chart: /\/_[^/]*$/.test(path) ? undefined : chart, reads }]
  })
  if (all.length === 0) return () => false
  const charts = files.flatMap(({ path }) =>
    /(?:^|\/)Chart\.yaml$/.test(path) ? [path.slice(0, -'Chart.yaml'.length)] : [],
  )
  return (path) =>
    all.some(({ chart, reads }) =>
      (chart === undefined ? charts : [chart]).some(
        (each) => path.startsWith(each) && reads(path.slice(each.length)),
      ),
    )
}

/** Whether whoever delivers a folder looks into a file of it: by its ending, or because it is a layer itself. */
function isDeployable(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path) || isLayerFile(path)
}
