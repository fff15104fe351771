import { budgets } from '../budgets.ts'
import { decidesAsAWhole } from '../manifest/deciding-groups.ts'
import { canonicalJson, type JsonObject, type JsonValue } from '../manifest/json.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { textIn, without } from '../manifest/layers/written.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import type { SourceFile } from '../source/source-file.ts'
import { partialEntriesOf } from '../unmodelled/kinds/index.ts'
import { affectedUnits } from './affected-units.ts'
import { builderOf, type DeliveredObject } from './build-unit.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { type Unit, unitsOf } from './unit.ts'

/** Both sides with some files as units deliver them. */
interface DeliveredView {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
}

/** The views that are worth a look, and the folders of units for which there was no room. */
export interface DeliveredViews {
  readonly views: readonly DeliveredView[]
  readonly leftOut: readonly string[]
}

/**
 * What is written is not yet what a cluster gets: a kustomization, or an object of Argo CD or Flux, may make another object of it, with
 * another host, namespace, name or kind. Where what a unit makes of an object of the mesh differs between the sides, both are shown with
 * the files of such objects as it delivers them; units of different files share a view.
 */
export function deliveredViews(base: DeployedSide, merged: DeployedSide): DeliveredViews {
  const changed = changedPaths(base, merged)
  if (changed.size === 0) return { views: [], leftOut: [] }
  const all = [...base.files, ...merged.files]
  const units = { base: byKey(base), merged: byKey(merged) }
  const builders = { base: builderOf(base), merged: builderOf(merged) }
  const affected = affectedUnits([...units.base.values(), ...units.merged.values()], changed, all)
  const told = new Set(affected.map(({ key }) => key))
  const open: Layout[] = []
  const leftOut: string[] = []
  for (const key of told) {
    const before = built(units.base.get(key), builders.base)
    const after = built(units.merged.get(key), builders.merged)
    const files = filesMadeOtherwise(before ?? [], after ?? [])
    if (files.size === 0) continue
    const free = open.find((each) => [...files].every((path) => !each.has(path)))
    if (free === undefined && open.length === budgets.deliveredViews.size) leftOut.push(key)
    else place(free ?? begin(open), files, { before, after })
  }
  return { views: open.map((layout) => viewOf(layout, base, merged)), leftOut }
}

/** What stands at each path that is shown as delivered, on both sides; a side whose unit is not built stays as it is written. */
type Layout = Map<
  string,
  { readonly before?: readonly DeliveredObject[]; readonly after?: readonly DeliveredObject[] }
>

function begin(open: Layout[]): Layout {
  const layout: Layout = new Map()
  open.push(layout)
  return layout
}

interface BuiltSides {
  readonly before: readonly DeliveredObject[] | undefined
  readonly after: readonly DeliveredObject[] | undefined
}

function place(layout: Layout, files: ReadonlySet<string>, { before, after }: BuiltSides): void {
  for (const path of files) {
    const there = (objects: readonly DeliveredObject[]) => objects.filter(({ from }) => from.path === path)
    layout.set(path, { ...(before && { before: there(before) }), ...(after && { after: there(after) }) })
  }
}

function viewOf(layout: Layout, base: DeployedSide, merged: DeployedSide): DeliveredView {
  const shown = (files: readonly SourceFile[], side: 'before' | 'after') =>
    files.map((file) => {
      const objects = layout.get(file.path)?.[side]
      return objects === undefined ? file : asDelivered(file.path, objects)
    })
  return { base: shown(base.files, 'before'), merged: shown(merged.files, 'after') }
}

function asDelivered(path: string, objects: readonly DeliveredObject[]): SourceFile {
  const text = objects.map(({ node }) => JSON.stringify(jsonOf(node))).join('\n---\n')
  const file = { path, text }
  const range = { file, start: 0, end: text.length }
  return Object.assign(file, {
    delivered: objects.map(({ node }) => ({ range, root: node, diagnostics: [] })),
  })
}

function changedPaths(base: DeployedSide, merged: DeployedSide): ReadonlySet<string> {
  const before = new Map(base.files.map(({ path, text }) => [path, text]))
  const after = new Map(merged.files.map(({ path, text }) => [path, text]))
  const paths = new Set([...before.keys(), ...after.keys()])
  return new Set([...paths].filter((path) => before.get(path) !== after.get(path)))
}

function byKey({ files }: DeployedSide): ReadonlyMap<string, Unit> {
  return new Map(unitsOf(files).map((unit) => [unit.key, unit]))
}

function built(
  unit: Unit | undefined,
  builder: (unit: Unit) => readonly DeliveredObject[] | undefined,
): readonly DeliveredObject[] | undefined {
  return unit === undefined ? undefined : builder(unit)
}

/** The files of objects of which something else is made than is written there, and on the two sides something different. */
function filesMadeOtherwise(
  before: readonly DeliveredObject[],
  after: readonly DeliveredObject[],
): ReadonlySet<string> {
  const [old, now] = [before, after].map((objects) => new Set(objects.map(said)))
  const anew = after.filter((each) => old?.has(said(each)) === false)
  const gone = before.filter((each) => now?.has(said(each)) === false)
  return new Set(
    [...anew, ...gone]
      .filter((each) => each.isChanged && isDeciding(each))
      .map(({ from }) => from.path)
      .filter((path) => !isKustomizationFile(path)),
  )
}

const known = new WeakMap<DeliveredObject, string>()

/** What an object says of requests, as one text: images and replicas say nothing. */
function said(object: DeliveredObject): string {
  const before = known.get(object)
  if (before !== undefined) return before
  const text = canonicalJson(without(jsonOf(object.node), (field) => silent.has(field)) as JsonValue)
  known.set(object, text)
  return text
}

const silent = new Set(['image', 'replicas', 'status', 'resources'])

function isDeciding({ node }: DeliveredObject): boolean {
  const { apiVersion, kind } = jsonOf(node) as JsonObject
  const of = { apiVersion: textIn(apiVersion) ?? '', kind: textIn(kind) ?? '' }
  return decidesAsAWhole(of.apiVersion, of.kind) || partialEntriesOf(of).length > 0
}
