import { sha256 } from '../../../kustomize/naming/sha256.ts'
import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import { foldersNamed } from '../delivery/delivery-layers.ts'
import type { Layer } from '../layer.ts'
import type { LayerStatement } from '../layer-statement.ts'
import { folderOf, resolvedPath } from '../paths.ts'
import type { Reach } from '../reach.ts'
import type { SideFiles } from '../side-files.ts'
import { weightyValues } from '../silent-values.ts'
import { contentOf, documentsIn, fieldsOf, listIn, textIn, textsIn } from '../written.ts'
import { isChart } from './chart-family.ts'
import {
  helmfilesAmong,
  pathsWrittenIn,
  releasedBy,
  valueFilesOfHelmfile,
  withNested,
} from './local-charts.ts'
import { parameterStatements, valuesOf, valuesStatements } from './read-values.ts'

/** What helmfile says of charts of this repository, and the files that it names; a template of one is taken as it is written. */
export function helmfiles(side: SideFiles, reach: Reach): readonly Layer[] {
  return helmfilesAmong(side.files).flatMap((file) => [
    { kind: 'helmfile', name: file.path, file, statements: helmfileStatements(file, side, reach) },
    ...valueLayers(file, side, reach),
    ...settingLayers(file, side, reach),
  ])
}

/** What asks for nothing that a chart gives, and the versions of what is drawn from elsewhere. */
const silent: ReadonlySet<string> = new Set(['repositories', 'commonLabels', 'lockFilePath', 'helmBinary'])

function helmfileStatements(file: SourceFile, side: SideFiles, reach: Reach): readonly LayerStatement[] {
  const named = (texts: readonly string[]) => [
    ...new Set(
      texts
        .flatMap((text) => foldersNamed(text, folderOf(file.path), side))
        .flatMap((each) => reach.below(each)),
    ),
  ]
  const released = releasedFrom(file, side, reach)
  const documents = documentsIn(file)
  if (documents === undefined) return [{ what: withoutVersions(file.text), reach: released }]
  return documents.flatMap((document) => {
    const { releases, ...rest } = fieldsOf(document)
    const said = Object.entries(rest).filter(([field]) => !silent.has(field))
    return [
      ...said.map(([field, value]) => ({
        what: { helmfile: { [field]: weightyValues(value ?? null) } },
        reach: mayReach(field, file) ? released : named(textsIn(value)),
      })),
      ...listIn(releases).flatMap((each) =>
        ofRelease(fieldsOf(each), { file, side, reach, released, named }),
      ),
    ]
  })
}

/** Values of environments reach charts where something is filled in with them, or hangs on them. */
function mayReach(field: string, { text }: SourceFile): boolean {
  return (
    (field !== 'environments' && field !== 'values') || /\{\{|\.gotmpl|\bcondition\b|\bhelmfiles\b/.test(text)
  )
}

/** A template that cannot be read, line by line without what chooses a version or how often something runs. */
function withoutVersions(text: string): string {
  return text.replaceAll(
    /^[ \t-]*(?:version|tag|imageTag|digest|appVersion|replicas|replicaCount)[ \t]*:.*$/gm,
    '',
  )
}

interface Around {
  readonly file: SourceFile
  readonly side: SideFiles
  readonly reach: Reach
  readonly released: readonly string[]
  readonly named: (texts: readonly string[]) => readonly string[]
}

function ofRelease(
  { version, ...release }: JsonObject,
  { file, side, reach, released, named }: Around,
): readonly LayerStatement[] {
  const chart = chartOf(release, file, side)
  if (chart === undefined) {
    const hangsOnMore = release['inherit'] !== undefined || release['chart'] === undefined
    return [
      { what: { release: weightyValues(release) }, reach: hangsOnMore ? released : named(textsIn(release)) },
    ]
  }
  const { values, set, setString, ...said } = release
  const files = listIn(values).filter((value) => !isObject(value))
  return [
    { what: { release: { ...said, values: files } }, reach: reach.below(chart) },
    ...listIn(values)
      .filter(isObject)
      .flatMap((value) => valuesStatements(value, chart, side)),
    ...[set, setString].flatMap((parameters) => parameterStatements(parameters, chart, side)),
  ]
}

/** The chart of a release, where it is surely one that is here. */
function chartOf({ chart }: JsonObject, { path }: SourceFile, side: SideFiles): string | undefined {
  const folder = resolvedPath(folderOf(path), textIn(chart) ?? '')
  return folder !== undefined && /^\.{1,2}\//.test(textIn(chart) ?? '') && isChart(folder, side)
    ? folder
    : undefined
}

/** Whatever the charts hold that a helmfile releases, or one that it names. */
function releasedFrom(file: SourceFile, side: SideFiles, reach: Reach): readonly string[] {
  const charts = withNested([file], side.files).flatMap((each) => chartsIn(each))
  return [...new Set(charts.flatMap((chart) => reach.below(chart)))]
}

/** The folders of charts that a text names, wherever in it. */
const chartsIn = memoized((file: SourceFile): readonly string[] => [
  ...new Set(releasedBy(file).flatMap((path) => resolvedPath(folderOf(file.path), path) ?? [])),
])

/** The files of values, each by itself: they have owners of their own. What fills in a template of one is not followed. */
function valueLayers(file: SourceFile, side: SideFiles, reach: Reach): readonly Layer[] {
  const releases = (documentsIn(file) ?? []).flatMap((document) =>
    listIn(fieldsOf(document)['releases']).map(fieldsOf),
  )
  return releases.flatMap((release) => {
    const chart = chartOf(release, file, side)
    if (chart === undefined) return []
    const below = reach.below(chart)
    const files = valueFilesOfHelmfile([release], folderOf(file.path)).flatMap(
      (path) => side.files.get(path) ?? [],
    )
    const { secrets, strategicMergePatches, jsonPatches, transformers } = release
    return [
      ...files.map((each) => layerOf('values', each, valuesIn(each, { chart, side, below }))),
      ...filesNamed(secrets ?? null, file, side).map((each) =>
        layerOf('values', each, valuesStatements(sha256(each.text), chart, side)),
      ),
      ...filesNamed(
        [strategicMergePatches ?? null, jsonPatches ?? null, transformers ?? null],
        file,
        side,
      ).map((each) => layerOf('patch of a helmfile', each, [{ what: contentOf(each), reach: below }])),
    ]
  })
}

function valuesIn(
  file: SourceFile,
  {
    chart,
    side,
    below,
  }: { readonly chart: string; readonly side: SideFiles; readonly below: readonly string[] },
): readonly LayerStatement[] {
  return file.path.endsWith('.gotmpl')
    ? [{ what: file.text, reach: below }]
    : valuesStatements(valuesOf(file), chart, side)
}

/** The files of what holds for all releases: bases, and values of environments where something is filled in with them. */
function settingLayers(file: SourceFile, side: SideFiles, reach: Reach): readonly Layer[] {
  const documents = (documentsIn(file) ?? []).map(fieldsOf)
  const released = () => releasedFrom(file, side, reach)
  const layersOf = (field: 'bases' | 'environments') =>
    mayReach(field, file)
      ? filesNamed(
          documents.map((each) => each[field] ?? null),
          file,
          side,
        )
      : []
  const own = documentsIn(file) === undefined ? wordsAsFiles(file, side) : []
  return [...new Set([...layersOf('bases'), ...layersOf('environments'), ...own])].map((each) =>
    layerOf('values', each, [{ what: { values: weightyValues(contentOf(each)) }, reach: released() }]),
  )
}

function layerOf(kind: string, file: SourceFile, statements: readonly LayerStatement[]): Layer {
  return { kind, name: file.path, file, statements }
}

function filesNamed(value: JsonValue, { path }: SourceFile, side: SideFiles): readonly SourceFile[] {
  return textsIn(value).flatMap((text) => side.files.get(resolvedPath(folderOf(path), text) ?? '') ?? [])
}

/** What a template names, as far as it stands there in whole. */
function wordsAsFiles(file: SourceFile, side: SideFiles): readonly SourceFile[] {
  return pathsWrittenIn(file).flatMap((path) => side.files.get(path) ?? [])
}
