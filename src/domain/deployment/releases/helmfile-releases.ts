import type { NotRendered } from '../../doubt.ts'
import { canonicalJson, isObject, type JsonObject, type JsonValue } from '../../manifest/json.ts'
import { helmfilesAmong } from '../../manifest/layers/charts/local-charts.ts'
import { folderOf, resolvedPath } from '../../manifest/layers/paths.ts'
import { documentsIn, fieldsOf, listIn, textIn } from '../../manifest/layers/written.ts'
import type { SourceFile } from '../../source/source-file.ts'
import { type Declared, valuesIn } from './declared.ts'
import { helmfileContexts, helmfileNamespace, helmfileSettings } from './helmfile-contexts.ts'
import type { ChartParameter, Values } from './release.ts'
import type { SideOfReleases } from './side-of-releases.ts'

/** What helmfiles release of the charts here, as far as they are plain YAML: a template may run programs. */
export function helmfileReleases(side: SideOfReleases): readonly Declared[] {
  const files = new Map(side.folders.all.map((file) => [file.path, file]))
  return helmfilesAmong(files).flatMap((file) => releasesIn(file, side))
}

function releasesIn(file: SourceFile, side: SideOfReleases): readonly Declared[] {
  const documents = (documentsIn(file) ?? []).map(fieldsOf)
  const rest = canonicalJson(documents.map(({ releases: _, ...each }) => each))
  const settings = helmfileSettings(file, side.folders)
  const isTemplate = file.text.includes('{{') || file.path.endsWith('.gotmpl')
  return documents
    .flatMap((document) => listIn(document['releases']).map(fieldsOf))
    .filter((release) => release['installed'] !== false)
    .flatMap((release) => {
      const chart = chartOf(release, file)
      if (chart === undefined || !side.charts.has(chart)) return []
      const why = isTemplate ? 'filled-in' : obstacle(release)
      const into = helmfileNamespace(release, settings)
      return helmfileContexts(release, settings).map((context) =>
        declared(release, { chart, file, side, rest, why, into, context }),
      )
    })
}

function chartOf({ chart }: JsonObject, { path }: SourceFile): string | undefined {
  const written = textIn(chart) ?? ''
  return /^\.{1,2}\//.test(written) ? resolvedPath(folderOf(path), written) : undefined
}

interface In {
  readonly chart: string
  readonly file: SourceFile
  readonly side: SideOfReleases
  readonly rest: string
  readonly why: NotRendered | undefined
  readonly into: string | undefined
  /** The cluster, by the name of a context of kubectl. */
  readonly context: string | undefined
}

function declared(release: JsonObject, { chart, file, side, rest, why, into, context }: In): Declared {
  const { name, namespace: _, values, set, setString, ...more } = release
  return {
    key: `helmfile ${context ?? ''}/${into ?? ''}/${textIn(name) ?? ''} ${chart}`,
    by: [file.path],
    chart,
    name: textIn(name) ?? '',
    ...(into !== undefined && { namespace: into }),
    ...(context !== undefined && { destination: context }),
    values: listIn(values).map((each) => valuesOf(each, file, side)),
    set: [...listIn(set).map(parameter), ...listIn(setString).map(textParameter)],
    deployer: { kind: 'helmfile', name: `helmfile ${file.path}` },
    layer: { kind: 'helmfile', resource: `?/${file.path}` },
    rest: canonicalJson([rest, { ...more, chart: null, version: null }]),
    why: why ?? ([...listIn(set), ...listIn(setString)].every(isPlain) ? undefined : 'values'),
  }
}

/** What makes it another release than its values say. */
const beyondValues = [
  'secrets',
  'inherit',
  'forceNamespace',
  'strategicMergePatches',
  'jsonPatches',
  'transformers',
  'dependencies',
]

/** What is filled in with values of environments, or hangs on them. */
const ofEnvironments = ['condition', 'setTemplate', 'valuesTemplate', 'installedTemplate']

function obstacle(release: JsonObject): NotRendered | undefined {
  if (ofEnvironments.some((field) => release[field] !== undefined)) return 'filled-in'
  return beyondValues.some((field) => release[field] !== undefined) ? 'overlaid' : undefined
}

function valuesOf(each: JsonValue, file: SourceFile, side: SideOfReleases): Values | NotRendered {
  if (isObject(each)) return { path: file.path, text: JSON.stringify(each) }
  const path = textIn(each) ?? ''
  return path.endsWith('.gotmpl') ? 'values' : valuesIn(resolvedPath(folderOf(file.path), path), side)
}

function isPlain(each: JsonValue): boolean {
  const { name, value } = fieldsOf(each)
  return typeof name === 'string' && value !== undefined && !isObject(value)
}

function parameter(each: JsonValue): ChartParameter {
  const { name, value } = fieldsOf(each)
  const isList = Array.isArray(value)
  const text = isList ? `{${value.map(String).join(',')}}` : String(value).replaceAll(/(?<!\\),/g, '\\,')
  return { name: textIn(name) ?? '', value: text, isText: 'no' }
}

function textParameter(each: JsonValue): ChartParameter {
  return { ...parameter(each), isText: 'yes' }
}
