import { sha256 } from '../../kustomize/naming/sha256.ts'
import { textOf, valueAt } from '../../kustomize/values/tree.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { decidesAsAWhole } from '../../manifest/kinds/deciding-groups.ts'
import { fieldsOf } from '../../manifest/layers/written.ts'
import { jsonOf } from '../../manifest/yaml-json.ts'
import type { DeliveredObject, Delivery } from '../build-unit.ts'
import { type Folders, foldersOf } from '../folders.ts'
import type { LeftOut } from '../left-out.ts'
import type { DeployedSide } from '../tree-of-side.ts'
import {
  type ChartOutput,
  isRenderable,
  type Release,
  type ReleasePair,
  type RenderedPair,
  type UnrenderedRelease,
} from './release.ts'
import { renderedObjects } from './rendered-objects.ts'

/** What one release delivers on both sides; a side on which it is not there delivers nothing. */
export interface ReleaseDelivery {
  readonly key: string
  /** The folders of its chart, before and after. */
  readonly charts: readonly string[]
  readonly before: Delivery
  readonly after: Delivery
}

/** The releases that deliver something else than before, and those of which that is not known although it was. */
export interface ReleasesDelivered {
  readonly made: readonly ReleaseDelivery[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * The rendered releases as units deliver theirs: an object list for each template. Where a chart newly fails the cluster keeps what it
 * has, and nothing is made of it here. A release that was never rendered is judged by what is written.
 */
export function releasesDelivered(
  rendered: readonly RenderedPair[],
  base: DeployedSide,
  merged: DeployedSide,
): ReleasesDelivered {
  if (rendered.length === 0) return { made: [], leftOut: [] }
  const folders = { base: foldersOf(base.files), merged: foldersOf(merged.files) }
  const read = rendered.map((each) => ({ each, ...sidesOf(each, folders) }))
  return {
    made: read.flatMap(({ each: { pair }, before, after }) =>
      typeof before === 'string' || typeof after === 'string'
        ? []
        : [{ key: pair.key, charts: chartsOf(pair), before, after }],
    ),
    leftOut: read.flatMap(({ each: { pair, after: output }, before, after }) =>
      typeof before !== 'string' &&
      after === 'not known' &&
      (pair.before !== undefined || isRenderable(pair.after))
        ? [{ key: pair.key, why: 'not-built' as const, digest: digestOf(output) }]
        : [],
    ),
  }
}

function chartsOf({ before, after }: ReleasePair): readonly string[] {
  return [before, after].flatMap((each) => each?.chart ?? [])
}

interface Both<T> {
  readonly base: T
  readonly merged: T
}

interface Sides {
  readonly before: Delivered
  readonly after: Delivered
}

/** Nothing is delivered by what helm refuses; not known is what was not rendered, or cannot be read, or says something else each time. */
type Delivered = Delivery | 'refused' | 'not known'

function sidesOf({ pair, before, after, again }: RenderedPair, folders: Both<Folders>): Sides {
  const old = deliveryOf(pair.before, before, folders.base)
  const now = deliveryOf(pair.after, after, folders.merged)
  if (again === undefined || typeof old === 'string') return { before: old, after: now }
  const twice = deliveryOf(pair.before, again, folders.base)
  const random = typeof twice === 'string' ? undefined : randomIn(old, twice)
  if (random === undefined) return { before: old, after: 'not known' }
  return { before: withoutObjects(old, random), after: withoutObjects(now, random) }
}

/** What an object says, as one text. */
function whatItSays({ node }: DeliveredObject): string {
  return canonicalJson(jsonOf(node))
}

/** The objects that are another at each rendering; nothing where one of them decides about requests. */
function randomIn(one: Delivery, other: Delivery): ReadonlySet<string> | undefined {
  const known = new Set(other.objects.map(whatItSays))
  const random = one.objects.filter((each) => !known.has(whatItSays(each)))
  return random.some(({ node }) =>
    decidesAsAWhole(textOf(valueAt(node, 'apiVersion')), textOf(valueAt(node, 'kind'))),
  )
    ? undefined
    : new Set(random.map(nameOf))
}

function withoutObjects(delivered: Delivered, names: ReadonlySet<string>): Delivered {
  if (typeof delivered === 'string') return delivered
  return { ...delivered, objects: delivered.objects.filter((each) => !names.has(nameOf(each))) }
}

function nameOf({ node, from }: DeliveredObject): string {
  const { name, namespace } = fieldsOf(fieldsOf(jsonOf(node))['metadata'])
  return canonicalJson([from.path, textOf(valueAt(node, 'kind')), namespace ?? null, name ?? null])
}

function digestOf(output: ChartOutput | undefined): string {
  return sha256(output?.kind === 'rendered' ? output.text : canonicalJson(output?.kind ?? null))
}

const nothing: Delivery = { objects: [], parts: [], isComplete: true }

function deliveryOf(
  release: Release | UnrenderedRelease | undefined,
  output: ChartOutput | undefined,
  folders: Folders,
): Delivered {
  if (release === undefined) return nothing
  if (!isRenderable(release) || output === undefined || output.kind === 'not-rendered') return 'not known'
  if (output.kind === 'refused') return 'refused'
  const objects = renderedObjects(output.text, release, folders)
  return objects === undefined ? 'not known' : { ...nothing, objects }
}
