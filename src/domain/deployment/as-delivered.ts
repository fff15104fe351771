import { budgets } from '../budgets.ts'
import { sha256 } from '../kustomize/naming/sha256.ts'
import { canonicalJson } from '../manifest/json.ts'
import { isKustomizationFile } from '../manifest/layers/layer-files.ts'
import { jsonOf } from '../manifest/yaml-json.ts'
import { compareTexts } from '../source/compare-texts.ts'
import type { SourceFile } from '../source/source-file.ts'
import { affectedUnits } from './affected-units.ts'
import { type Built, builderOf, type DeliveredObject, type Delivery, nothingDelivered } from './build-unit.ts'
import type { LeftOut } from './left-out.ts'
import { pairedUnits, type UnitPair } from './paired-units.ts'
import type { ReleasesDelivered } from './releases/releases-delivered.ts'
import { type Shown, shownOf } from './shown.ts'
import type { DeployedSide } from './tree-of-side.ts'
import { unitsOf } from './unit.ts'

/** Both sides with some files as units deliver them. */
interface DeliveredView {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The files that are shown as they are delivered on both sides. */
  readonly decided: ReadonlySet<string>
}

/** The views that are worth a look, and the units for which there was no room. */
export interface DeliveredViews {
  readonly views: readonly DeliveredView[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * What is written is not yet what a cluster gets: a kustomization, or an object of Argo CD or Flux, may make another object of it, with
 * another host, namespace, name or kind. Where what a unit makes of an object of the mesh differs between the sides, both are shown with
 * the files of such objects as it delivers them; units of different files share a view.
 */
export function deliveredViews(
  base: DeployedSide,
  merged: DeployedSide,
  releases: ReleasesDelivered = { made: [], leftOut: [] },
): DeliveredViews {
  const changed = changedPaths(base, merged)
  if (changed.size === 0) return { views: [], leftOut: [] }
  const units = unitsDelivered(base, merged, changed)
  const open: Layout[] = []
  const leftOut = [...units.leftOut, ...releases.leftOut]
  for (const { key, before, after } of [...units.made, ...releases.made]) {
    const shown = shownOf(before, after)
    if (shown.size === 0 || open.some((each) => holds(each, shown))) continue
    const free = open.find((each) => [...shown.keys()].every((path) => !each.has(path)))
    if (free === undefined && open.length === budgets.deliveredViews.size) {
      const says = [...shown].map(([path, each]) => [path, each.says])
      leftOut.push({ key, why: 'no-room', digest: sha256(canonicalJson(says)) })
    } else place(free ?? begin(open), shown)
  }
  return { views: open.map((layout) => viewOf(layout, base, merged)), leftOut }
}

/** What one unit delivers on both sides; a side that was not built is taken as it is written. */
interface UnitDelivery {
  readonly key: string
  readonly before: Delivery | undefined
  readonly after: Delivery | undefined
}

function unitsDelivered(
  base: DeployedSide,
  merged: DeployedSide,
  changed: ReadonlySet<string>,
): { readonly made: readonly UnitDelivery[]; readonly leftOut: readonly LeftOut[] } {
  const builders = { base: builderOf(base), merged: builderOf(merged) }
  const made: UnitDelivery[] = []
  const leftOut: LeftOut[] = []
  for (const { key, before, after } of unitsToBuild(base, merged, changed)) {
    // Where a unit is not there, or its build newly fails, it delivers nothing; what failed before is taken as it is written.
    const old = before === undefined ? nothingDelivered : builders.base(before)
    const now = after === undefined ? nothingDelivered : builders.merged(after)
    if (old === 'not known' || now === 'not known')
      leftOut.push({ key, why: 'too-large', digest: digestOf(changed, merged) })
    else {
      const isNewlyFailed = now === 'failed' && old !== 'failed'
      made.push({ key, before: deliveryOf(old), after: isNewlyFailed ? nothingDelivered : deliveryOf(now) })
    }
  }
  return { made, leftOut }
}

function unitsToBuild(
  base: DeployedSide,
  merged: DeployedSide,
  changed: ReadonlySet<string>,
): readonly UnitPair[] {
  const pairs = pairedUnits(unitsOf(base.files), unitsOf(merged.files))
  const units = new Set(
    pairs.flatMap(({ before, after }) => [before, after]).filter((each) => each !== undefined),
  )
  const affected = new Set(affectedUnits([...units], changed, [...base.files, ...merged.files]))
  return pairs
    .filter(({ before, after }) => [before, after].some((each) => each && affected.has(each)))
    .toSorted((a, b) => compareTexts(a.key, b.key))
}

function deliveryOf(built: Built | undefined): Delivery | undefined {
  return typeof built === 'string' ? undefined : built
}

/** All that changes: whoever agrees to what is not known agrees to nothing else. */
function digestOf(changed: ReadonlySet<string>, { files }: DeployedSide): string {
  const texts = files.filter(({ path }) => changed.has(path)).map(({ path, text }) => [path, text])
  return sha256(canonicalJson([[...changed].toSorted(), texts]))
}

/** What stands at each path that is shown as delivered. */
export type Layout = Map<string, Shown>

function begin(open: Layout[]): Layout {
  const layout: Layout = new Map()
  open.push(layout)
  return layout
}

/** Whether the layout shows all of it already: overlays that make the same of a base are looked at once. */
function holds(layout: Layout, shown: ReadonlyMap<string, Shown>): boolean {
  return [...shown].every(([path, { says }]) => layout.get(path)?.says === says)
}

function place(layout: Layout, shown: ReadonlyMap<string, Shown>): void {
  for (const [path, each] of shown) layout.set(path, each)
}

/** Both sides with some files as they are delivered. */
export function viewOf(layout: Layout, base: DeployedSide, merged: DeployedSide): DeliveredView {
  const shown = (files: readonly SourceFile[], side: 'before' | 'after') => [
    ...files.map((file) => {
      const objects = layout.get(file.path)?.[side]
      return objects === undefined || isMaker(file.path) ? file : asDelivered(file.path, objects)
    }),
    ...generatedIn(layout, side),
  ]
  const decided = [...layout].flatMap(([path, { before, after }]) =>
    [before, after].every((objects) => objects !== undefined && objects.length > 0) ? [path] : [],
  )
  return {
    base: shown(base.files, 'before'),
    merged: shown(merged.files, 'after'),
    decided: new Set(decided),
  }
}

/** What is made at such a file is not what it says itself. */
function isMaker(path: string): boolean {
  return isKustomizationFile(path) || path.endsWith('Chart.yaml')
}

/** What kustomizations generate, and what packed charts give, as files beside them. */
function generatedIn(layout: Layout, side: 'before' | 'after'): readonly SourceFile[] {
  return [...layout].flatMap(([path, { [side]: objects }]) =>
    isMaker(path) && objects !== undefined ? [asDelivered(`${path}.generated`, objects)] : [],
  )
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
