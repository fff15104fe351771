import { budgets } from '../../../budgets.ts'
import { memoized } from '../../../source/memoized.ts'
import { gathered } from '../../../source/multimap.ts'
import type { SourceFile } from '../../../source/source-file.ts'
import { type ValuePath, wholeChart } from '../../../templates/abstract-value.ts'
import { parseTemplate, type TemplateNode, type TemplateTree } from '../../../templates/template-tree.ts'
import { type Definitions, type ValuesRead, valuesRead } from '../../../templates/values-read.ts'
import { folderOf, isBelow, pathIn } from '../paths.ts'
import { filesBelow, meshBelow, type SideFiles } from '../side-files.ts'
import { listIn } from '../written.ts'
import { chartOfTemplate, type DrawnChart, drawnCharts, lacksCharts, rootOf } from './chart-family.ts'
import { conditionsOf, importedBy } from './drawn-values.ts'

/** What each template that holds something of the mesh reads of the values that one chart is given, by the path of its file. */
export type ChartReads = ReadonlyMap<string, ValuesRead>

/** A template that holds something of the mesh, what it reads, and its text with that of all templates that it includes. */
export interface MeshTemplate {
  readonly path: string
  readonly read: ValuesRead
  readonly written: string
}

const everything: ValuesRead = {
  everything: true,
  writes: true,
  whole: [],
  asked: [],
  chart: new Set([wholeChart]),
  includesAny: true,
  includes: new Set(),
}

/** Of a chart and of those that it draws in, each of which finds its own values under a key of its; and of those that draw it in. */
export const chartReads = oncePerChart(
  (chart, side): ChartReads => joined([readsWithin(chart, side, []), ...readsAbove(chart, side)]),
)

/** What is worked out of a chart of one side, once for each. */
function oncePerChart<Value extends object>(
  workOut: (chart: string, side: SideFiles) => Value,
): (chart: string, side: SideFiles) => Value {
  const knownIn = memoized((_: SideFiles) => new Map<string, Value>())
  return (chart, side) => {
    const known = knownIn(side)
    const value = known.get(chart) ?? workOut(chart, side)
    known.set(chart, value)
    return value
  }
}

function joined(all: readonly ChartReads[]): ChartReads {
  const paths = new Set(all.flatMap((each) => [...each.keys()]))
  return new Map(
    [...paths].map((path) => [path, united(all.flatMap((each) => each.get(path) ?? []))] as const),
  )
}

function readsWithin(chart: string, side: SideFiles, above: readonly string[]): ChartReads {
  if (above.length > budgets.chartDepth.size)
    return new Map(meshBelow(chart, side).map((path) => [path, everything]))
  const own = ownReads(chart, side)
  const inner = drawnCharts(chart, side).filter(({ folder }) => !above.includes(folder))
  return joined([
    own,
    ...inner.map((drawn) =>
      withReads(readsWithin(drawn.folder, side, [...above, chart]), (read) => asGivenBy(drawn, read)),
    ),
    ...inner.map((drawn) => withReads(own, (read) => asImported(drawn, read, drawn.keys))),
  ])
}

/** What a chart imports from this one it reads among the values of this one, as it does what says whether this one is rendered. */
function readsAbove(chart: string, side: SideFiles): readonly ChartReads[] {
  return (drawnBy(side).get(chart) ?? []).flatMap(({ by, drawn }) => [
    withReads(ownReads(by, side), (read) => asImported(drawn, read, undefined)),
    withReads(readsWithin(chart, side, []), () => ({
      ...nothing,
      whole: conditionsOf(drawn).flatMap(([key, ...path]) => (drawn.keys.includes(key ?? '') ? [path] : [])),
    })),
  ])
}

const nothing: ValuesRead = {
  ...everything,
  everything: false,
  writes: false,
  includesAny: false,
  chart: new Set(),
}

function withReads(reads: ChartReads, change: (read: ValuesRead) => ValuesRead): ChartReads {
  return new Map([...reads].map(([path, read]) => [path, change(read)] as const))
}

/** What is read of the values that a chart draws up from another: there, or under the keys that those have here. */
function asImported(drawn: DrawnChart, read: ValuesRead, keys: readonly string[] | undefined): ValuesRead {
  const placed = (paths: readonly ValuePath[]) =>
    keys === undefined ? paths : keys.flatMap((key) => paths.map((path) => [key, ...path]))
  return {
    ...nothing,
    whole: placed(importedBy(drawn, read.everything ? [[], ...read.whole] : read.whole)),
    asked: placed(importedBy(drawn, read.asked)),
  }
}

/** The templates of a chart that write among the values: what they say is said to all others. */
export function templatesThatWrite(chart: string, side: SideFiles): readonly string[] {
  return [...aroundOf(chart, side).reads].flatMap(([path, { writes }]) => (writes ? [path] : []))
}

function ownReads(chart: string, side: SideFiles): ChartReads {
  return new Map(meshTemplates(chart, side).map(({ path, read }) => [path, read]))
}

/** What a partial template writes is read for by those that include it. */
export const meshTemplates = oncePerChart((chart, side): readonly MeshTemplate[] => {
  const { reads, trees } = aroundOf(chart, side)
  const writers = [...reads.values()].filter(({ writes }) => writes)
  const whole = [...reads].map(([path, read]) => ({
    path,
    read,
    written: writtenFor(path, read, trees, side),
  }))
  const partials = [...trees].filter(([path]) => isPartial(path) && side.mesh.has(path))
  return [
    ...whole
      .filter(({ path }) => side.mesh.has(path) || side.leads?.has(path))
      .map((each) => ({ ...each, read: united([each.read, ...writers]) })),
    ...partials.map(([path, tree]) => {
      const readers = whole.filter(({ read }) => mayInclude(read, tree))
      const read = tree === undefined ? everything : united(readers.map((each) => each.read))
      return { path, read, written: readers.map(({ written }) => written).join('\n') }
    }),
  ]
})

/** Whether what reads so may include something that is defined in a template. */
export function mayInclude({ includesAny, includes }: ValuesRead, tree: TemplateTree | undefined): boolean {
  return includesAny || tree === undefined || !includes.isDisjointFrom(new Set(tree.defined.keys()))
}

function writtenFor(path: string, read: ValuesRead, trees: Trees, side: SideFiles): string {
  const textOf = (each: string) => side.files.get(each)?.text ?? ''
  if (read.includesAny) return [...trees.keys()].map(textOf).join('\n')
  const included = [...trees.values()].flatMap((tree) =>
    [...(tree?.written ?? [])].flatMap(([name, text]) => (read.includes.has(name) ? [text] : [])),
  )
  return [textOf(path), ...included].join('\n')
}

type Trees = ReadonlyMap<string, TemplateTree | undefined>

/** A chart with all templates that may be included in it. */
interface Around {
  readonly trees: Trees
  /** What each template of the chart reads that is rendered by itself. */
  readonly reads: ChartReads
}

const aroundOf = oncePerChart((chart, side): Around => {
  const trees = treesAround(chart, side)
  const around = {
    definitions: definitionsIn(trees),
    definedElsewhere: mayBeDefinedElsewhere(chart, trees, side),
    templatedValues: hasTemplatedValues(side),
  }
  const own = filesBelow(pathIn(chart, 'templates'), side).filter(
    ({ path }) => chartOfTemplate(path, side) === chart && !isPartial(path),
  )
  const reads = own.map((file) => {
    const tree = treeOf(file)
    return [file.path, tree ? valuesRead(tree.nodes, around) : everything] as const
  })
  return { trees, reads: new Map(reads) }
})

/** The templates that may be included in a chart, by the path of the file. */
export function templatesAround(chart: string, side: SideFiles): Trees {
  return aroundOf(chart, side).trees
}

function isPartial(path: string): boolean {
  return /(?:^|\/)_[^/]*$/.test(path)
}

function united(reads: readonly ValuesRead[]): ValuesRead {
  return {
    everything: reads.some((each) => each.everything),
    writes: reads.some((each) => each.writes),
    whole: reads.flatMap(({ whole }) => whole),
    asked: reads.flatMap(({ asked }) => asked),
    chart: new Set(reads.flatMap(({ chart }) => [...chart])),
    includesAny: reads.some((each) => each.includesAny),
    includes: new Set(reads.flatMap(({ includes }) => [...includes])),
  }
}

/** All templates that may be included: of the charts around this one, and of all that those draw in. */
function treesAround(chart: string, side: SideFiles): Trees {
  const folders = new Set([rootOf(chart, side), chart])
  for (const folder of folders) {
    if (folders.size > budgets.chartFamily.size) break
    for (const drawn of drawnCharts(folder, side)) folders.add(drawn.folder)
  }
  const files = [...folders].flatMap((folder) => filesBelow(folder, side))
  return new Map(
    files
      .filter(({ path }) => chartOfTemplate(path, side) !== undefined)
      .map((file) => [file.path, treeOf(file)]),
  )
}

function definitionsIn(trees: Trees): Definitions {
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
function mayBeDefinedElsewhere(chart: string, trees: Trees, side: SideFiles): boolean {
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
    isDrawnByPath(chart, side)
  )
}

/** The charts that draw others in, by the folders of those. */
const drawnBy = memoized((side: SideFiles) => {
  const charts = [...side.files.keys()].filter((path) => /(?:^|\/)Chart\.yaml$/.test(path)).map(folderOf)
  return gathered(
    charts.flatMap((by) => drawnCharts(by, side).map((drawn) => [drawn.folder, { by, drawn }] as const)),
  )
})

/** Whether others draw a chart in by its path. */
function isDrawnByPath(chart: string, side: SideFiles): boolean {
  return (drawnBy(side).get(chart) ?? []).some(({ by }) => !isBelow(chart, by))
}

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
function asGivenBy(drawn: DrawnChart, read: ValuesRead): ValuesRead {
  const { keys, entries } = drawn
  const prefixed = (path: ValuePath): readonly ValuePath[] => [
    ...keys.map((key) => [key, ...path]),
    ...(path[0] === 'global' ? [path] : []),
  ]
  const hasTags = entries.some(({ tags }) => listIn(tags).length > 0)
  return {
    ...read,
    whole: [...read.whole.flatMap(prefixed), ...conditionsOf(drawn), ...(hasTags ? [['tags']] : [])],
    asked: read.asked.flatMap(prefixed),
  }
}
