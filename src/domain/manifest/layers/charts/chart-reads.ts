import { budgets } from '../../../budgets.ts'
import { memoized } from '../../../source/memoized.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import type { ValuePath } from '../../../templates/abstract-value.ts'
import { parseTemplate, type TemplateNode, type TemplateTree } from '../../../templates/template-tree.ts'
import { type Definitions, type ValuesRead, valuesRead } from '../../../templates/values-read.ts'
import { folderOf, isBelow } from '../paths.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { listIn, textIn } from '../written.ts'
import {
  chartOfTemplate,
  type DrawnChart,
  drawnCharts,
  inChart,
  lacksCharts,
  rootOf,
} from './chart-family.ts'

/** What each template that holds something of the mesh reads of the values that one chart is given, by the path of its file. */
export type ChartReads = ReadonlyMap<string, ValuesRead>

const everything: ValuesRead = { everything: true, writes: true, whole: [], asked: [], includes: new Set() }

/** Of a chart and of those that it draws in, each of which finds its own values under a key of its. */
export function chartReads(chart: string, side: SideFiles): ChartReads {
  const known = knownIn(side)
  const reads = known.get(chart) ?? readsWithin(chart, side, [])
  known.set(chart, reads)
  return reads
}

const knownIn = memoized((_: SideFiles) => new Map<string, ChartReads>())

function readsWithin(chart: string, side: SideFiles, above: readonly string[]): ChartReads {
  if (above.length > budgets.chartDepth.size)
    return new Map(meshBelow(chart, side).map((path) => [path, everything]))
  const reads = new Map(ownReads(chart, side))
  for (const drawn of drawnCharts(chart, side).filter(({ folder }) => !above.includes(folder)))
    for (const [path, read] of readsWithin(drawn.folder, side, [...above, chart]))
      reads.set(path, united([reads.get(path), asGivenBy(drawn, read)].flatMap((each) => each ?? [])))
  return reads
}

/** The templates of a chart that write among the values: what they say is said to all others. */
export function templatesThatWrite(chart: string, side: SideFiles): readonly string[] {
  return [...templateReads(chart, side)].flatMap(([path, { writes }]) => (writes ? [path] : []))
}

/** What a partial template writes is read for by those that include it. */
function ownReads(chart: string, side: SideFiles): ChartReads {
  const reads = templateReads(chart, side)
  const partials = [...treesAround(chart, side)].filter(([path]) => isPartial(path) && side.mesh.has(path))
  const writers = [...reads.values()].filter(({ writes }) => writes)
  return new Map([
    ...[...reads]
      .filter(([path]) => side.mesh.has(path))
      .map(([path, read]) => [path, united([read, ...writers])] as const),
    ...partials.map(([path, tree]) => [path, readFor(tree, [...reads.values()])] as const),
  ])
}

/** What each template of a chart reads that is rendered by itself. */
function templateReads(chart: string, side: SideFiles): ChartReads {
  const trees = treesAround(chart, side)
  const definitions = definitionsIn(trees)
  const around = {
    definitions,
    definedElsewhere: mayBeDefinedElsewhere(chart, trees, side),
    templatedValues: hasTemplatedValues(side),
  }
  const own = filesBelow(inChart(chart, 'templates'), side).filter(
    ({ path }) => chartOfTemplate(path, side) === chart,
  )
  return new Map(
    own
      .filter(({ path }) => !isPartial(path))
      .map((file) => {
        const tree = treeOf(file)
        return [file.path, tree ? valuesRead(tree.nodes, around) : everything]
      }),
  )
}

function isPartial(path: string): boolean {
  return /(?:^|\/)_[^/]*$/.test(path)
}

function readFor(tree: TemplateTree | undefined, readers: readonly ValuesRead[]): ValuesRead {
  if (tree === undefined) return everything
  const names = new Set(tree.defined.keys())
  return united(readers.filter((each) => each.everything || !each.includes.isDisjointFrom(names)))
}

function united(reads: readonly ValuesRead[]): ValuesRead {
  return {
    everything: reads.some((each) => each.everything),
    writes: reads.some((each) => each.writes),
    whole: reads.flatMap(({ whole }) => whole),
    asked: reads.flatMap(({ asked }) => asked),
    includes: new Set(reads.flatMap(({ includes }) => [...includes])),
  }
}

/** All templates that may be included: of the charts around this one, and of those that they draw in by their paths. */
function treesAround(chart: string, side: SideFiles): ReadonlyMap<string, TemplateTree | undefined> {
  const root = rootOf(chart, side)
  const folders = [
    root,
    chart,
    ...[root, chart].flatMap((each) => drawnCharts(each, side).map(({ folder }) => folder)),
  ]
  const files = [...new Set(folders)].flatMap((folder) => filesBelow(folder, side))
  return new Map(
    files
      .filter(({ path }) => chartOfTemplate(path, side) !== undefined)
      .map((file) => [file.path, treeOf(file)]),
  )
}

function definitionsIn(trees: ReadonlyMap<string, TemplateTree | undefined>): Definitions {
  const definitions = new Map<string, (readonly TemplateNode[])[]>()
  for (const tree of trees.values())
    for (const [name, nodes] of tree?.defined ?? [])
      definitions.set(name, [...(definitions.get(name) ?? []), nodes])
  return definitions
}

const treeOf = memoized(({ text }: SourceFile): TemplateTree | undefined =>
  text.length > budgets.template.size ? undefined : parseTemplate(text),
)

/** In a chart that is not here or is packed, in a template that could not be read, or by whatever draws this chart in by its path. */
function mayBeDefinedElsewhere(
  chart: string,
  trees: ReadonlyMap<string, TemplateTree | undefined>,
  side: SideFiles,
): boolean {
  const root = rootOf(chart, side)
  const charts = new Set([
    chart,
    root,
    ...[...trees.keys()].flatMap((path) => chartOfTemplate(path, side) ?? []),
  ])
  const isUnread = (path: string) => /\.tgz$|\/templates\//.test(path) && isBelow(path, root)
  return (
    [...trees.values()].includes(undefined) ||
    [...(side.unread ?? [])].some(isUnread) ||
    [...charts].some((each) => lacksCharts(each, side)) ||
    drawnByPath(side).has(chart)
  )
}

/** The charts that others draw in by their paths. */
const drawnByPath = memoized((side: SideFiles): ReadonlySet<string> => {
  const charts = [...side.files.keys()].filter((path) => /(?:^|\/)Chart\.yaml$/.test(path)).map(folderOf)
  return new Set(
    charts.flatMap((each) =>
      drawnCharts(each, side)
        .map(({ folder }) => folder)
        .filter((folder) => !isBelow(folder, each)),
    ),
  )
})

/** Whether a text outside of all templates looks like one that `tpl` would fill in with values. */
const hasTemplatedValues = memoized(({ files }: SideFiles): boolean =>
  [...files.values()].some(
    ({ path, text }) => !/(?:^|\/)templates\/|\.(?:tpl|gotmpl)$/.test(path) && fillsIn(text),
  ),
)

function fillsIn(text: string): boolean {
  const [, ...marked] = text.split('{{')
  return marked.some((each) =>
    /\.Values|\$|\b(?:include|template|tpl|toYaml|dict)\b/.test(each.split('}', 1)[0] ?? ''),
  )
}

/** The same in terms of the values of the chart that draws it in; `global` is one for all. */
function asGivenBy({ keys, entries }: DrawnChart, read: ValuesRead): ValuesRead {
  const prefixed = (path: ValuePath): readonly ValuePath[] => [
    ...keys.map((key) => [key, ...path]),
    ...(path[0] === 'global' ? [path] : []),
  ]
  const conditions = entries
    .flatMap(({ condition }) => (textIn(condition) ?? '').split(','))
    .map((each) => each.trim().split('.'))
    .filter((path) => path.join('') !== '')
  const hasTags = entries.some(({ tags }) => listIn(tags).length > 0)
  return {
    writes: read.writes,
    everything: read.everything || entries.some((each) => each['import-values'] !== undefined),
    whole: [...read.whole.flatMap(prefixed), ...conditions, ...(hasTags ? [['tags']] : [])],
    asked: read.asked.flatMap(prefixed),
    includes: read.includes,
  }
}
