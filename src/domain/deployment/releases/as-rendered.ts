import { isBelow } from '../../manifest/layers/paths.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { SourceFile, UnitPlace } from '../../source/source-file.ts'
import type { DeliveredObject } from '../build-unit.ts'
import { pathIn } from '../folders.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import {
  type DecidedByRendering,
  decidedByRendering,
  viewWithoutDecided,
  withoutDecided,
} from './decided-by-rendering.ts'
import type { RenderedPair } from './release.ts'
import { type ReleaseDelivery, type ReleasesDelivered, releasesDelivered } from './releases-delivered.ts'

/** What is proposed, as far as charts take part in it. */
interface WithCharts {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly unread?: { readonly base: ReadonlySet<string>; readonly merged: ReadonlySet<string> }
  readonly rendered?: readonly RenderedPair[]
}

/** Both sides with what charts are rendered to in the place of their templates. */
export interface AsRendered {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  readonly decided: DecidedByRendering
  readonly leftOut: ReleasesDelivered['leftOut']
}

/** A template is shown as all its releases deliver it, on both sides. Files that renderings speak for are as they were. */
export function asRendered({ base, merged, unread, rendered = [] }: WithCharts): AsRendered {
  const sides = { base: sideOf(base, unread?.base), merged: sideOf(merged, unread?.merged) }
  const decided = decidedByRendering(rendered, [...base, ...merged])
  const { made, leftOut } = releasesDelivered(rendered, sides.base, sides.merged)
  if (made.length === 0) return { base, merged: withoutDecided({ base, merged }, decided), decided, leftOut }
  const touched = new Set([
    ...made.flatMap(({ before, after }) =>
      [...before.objects, ...after.objects].map(({ from }) => from.path),
    ),
    ...silentTemplates(made, [...base, ...merged], decided),
  ])
  const view = { base: shown(base, 'before', made, touched), merged: shown(merged, 'after', made, touched) }
  return { ...viewWithoutDecided(view, decided), decided, leftOut }
}

/** What packed charts give has a file of its own beside the chart. */
function shown(
  files: readonly SourceFile[],
  side: 'before' | 'after',
  made: readonly ReleaseDelivery[],
  touched: ReadonlySet<string>,
): readonly SourceFile[] {
  const byPath = Map.groupBy(
    made.flatMap((each) => each[side].objects.map((object) => ({ object, place: placeOf(each) }))),
    ({ object }) => object.from.path,
  )
  const isChart = (path: string) => path.endsWith('Chart.yaml')
  return [
    ...files.map((file) =>
      touched.has(file.path) && !isChart(file.path)
        ? asDelivered(file.path, byPath.get(file.path) ?? [])
        : file,
    ),
    ...[...byPath].flatMap(([path, all]) => (isChart(path) ? [asDelivered(`${path}.generated`, all)] : [])),
  ]
}

interface Placed {
  readonly object: DeliveredObject
  readonly place: UnitPlace
}

function asDelivered(path: string, all: readonly Placed[]): SourceFile {
  const text = all.map(({ object }) => JSON.stringify(jsonOf(object.node))).join('\n---\n')
  const file = { path, text }
  const range = { file, start: 0, end: text.length }
  return Object.assign(file, {
    delivered: all.map(({ object, place }) => ({ range, root: object.node, unit: place, diagnostics: [] })),
  })
}

function placeOf({ key, charts: [folder = ''] }: ReleaseDelivery): UnitPlace {
  return { key, folder }
}

/** Templates of rendered charts: those that give nothing are nothing, whatever is written in them. */
function silentTemplates(
  made: readonly ReleaseDelivery[],
  files: readonly SourceFile[],
  decided: DecidedByRendering,
): readonly string[] {
  const folders = made.flatMap(({ charts }) => charts.map((chart) => pathIn(chart, 'templates')))
  return files
    .map(({ path }) => path)
    .filter((path) => folders.some((folder) => isBelow(path, folder)) && decided.file(path))
}

function sideOf(files: readonly SourceFile[], unread: ReadonlySet<string> | undefined): DeployedSide {
  return { files, ...(unread && { unread }) }
}
