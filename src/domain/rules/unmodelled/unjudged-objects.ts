import type { Comparison } from '../../diff/comparison.ts'
import { brokenFiles } from '../../manifest/files/broken-files.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import { identityOf } from '../../manifest/names.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { Snapshot } from '../../routing/snapshot.ts'
import type { SourceFile } from '../../source/source-file.ts'
import type { KindEntry } from '../../unmodelled/kind-entry.ts'
import { entryOf, kindEntries, partialEntriesOf } from '../../unmodelled/kinds/index.ts'
import type { Setting } from '../../unmodelled/reach.ts'
import { dependedUponIn } from '../../unmodelled/reading/depended-upon.ts'
import { existenceKey } from '../../unmodelled/reading/existence.ts'
import { meshOfPath } from '../input/mesh-of-path.ts'
import { placesIn, placesOfUnits } from './place-of-delivery.ts'

/** An object of a kind that can decide about requests, on one side. */
export interface UnjudgedObject {
  readonly resource: UnmodelledResource
  readonly entry: KindEntry
  readonly mesh: string
  /** The mesh or cluster that it is delivered to, where what its file holds goes to several. */
  readonly place: string
  /** What decides about requests, in normal form. */
  readonly decides: string
  /** All that it says, where all of it may matter. */
  readonly says: string
  /** A cluster perhaps does not have it: its file could not be read to its end. */
  readonly perhaps?: true
}

/** The same object on both sides; several, where one identity is written more than once. */
export interface UnjudgedPair {
  readonly before: readonly UnjudgedObject[]
  readonly after: readonly UnjudgedObject[]
}

/** Objects in files that differ between the sides, by mesh, kind and identity. What is the same everywhere is left out. */
export function unjudgedPairs(comparison: Comparison, setting: Setting): readonly UnjudgedPair[] {
  const { base, merged, refusals } = comparison
  const places = placesIn(comparison)
  const saysOf = (file: SourceFile) => [...placesOfUnits(file).map(places.of), file.text].join('\n')
  const known = new Map(base.manifests.files.map((file) => [file.path, saysOf(file)]))
  const same = new Set(
    merged.manifests.files.filter((file) => known.get(file.path) === saysOf(file)).map(({ path }) => path),
  )
  const broken = brokenFiles(base.manifests)
  const still = new Set([...brokenFiles(merged.manifests)].filter((path) => broken.has(path)))
  const [old, now] = [
    objectsOf(base, { same, broken, setting, comparison }),
    objectsOf(merged, { same, broken: still, setting, comparison }),
  ]
  const before = Map.groupBy(old.filter(isPlacedUnlike(now)), keyOf)
  const after = Map.groupBy(now.filter(isPlacedUnlike(old)), keyOf)
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((key) => ({ before: before.get(key) ?? [], after: after.get(key) ?? [] }))
    .map(withoutFurther(places.inUse))
    .filter((pair) => refusals === 'as-written' || !isKeptOut(pair))
}

/**
 * What is all of one kind, and comes to a mesh in which nobody had anything besides, concerns no request that there was: a copy more, and
 * not another object.
 */
function withoutFurther(inUse: ReadonlySet<string>): (pair: UnjudgedPair) => UnjudgedPair {
  const saysOf = ({ resource, decides, says }: UnjudgedObject) =>
    JSON.stringify([resource.file.path, decides, says])
  return ({ before, after }) => {
    const [said, ...others] = new Set(before.map(saysOf))
    if (said === undefined || others.length > 0) return { before, after }
    const isFurther = (each: UnjudgedObject) =>
      each.resource.unit !== undefined && !inUse.has(each.place) && saysOf(each) === said
    return { before, after: after.filter((each) => !isFurther(each)) }
  }
}

/** New, and refused: no cluster ever has it, and another rule says so. A part of something else is no manifest of its own. */
function isKeptOut({ before, after }: UnjudgedPair): boolean {
  return (
    before.length === 0 &&
    after.every(({ resource, entry }) => entry.partial !== true && resource.refused === true)
  )
}

/** Of an object for which one side alone says the namespace, only that says where it stands. */
function isPlacedUnlike(others: readonly UnjudgedObject[]): (object: UnjudgedObject) => boolean {
  const placed = new Set(
    others.flatMap(({ resource }) => (resource.namespace === undefined ? [] : placelessKey(resource))),
  )
  return ({ resource }) => resource.namespace !== undefined || !placed.has(placelessKey(resource))
}

function placelessKey({ kind, name, file }: UnmodelledResource): string {
  return JSON.stringify([kind, name, file.path])
}

function keyOf({ resource, entry, mesh }: UnjudgedObject): string {
  const { apiVersion, kind } = resource
  return JSON.stringify([mesh, groupOf(apiVersion), kind, identityOf(resource), kindEntries.indexOf(entry)])
}

interface Reading {
  /** Files that are the same on both sides. */
  readonly same: ReadonlySet<string>
  /** Files that could not be read to their end on the base side, and cannot on this one. */
  readonly broken: ReadonlySet<string>
  readonly setting: Setting
  readonly comparison: Comparison
}

function objectsOf(
  side: Snapshot,
  { same, broken, setting, comparison }: Reading,
): readonly UnjudgedObject[] {
  const { unmodelled, files } = side.manifests
  const isChanged = (path: string) => !same.has(path)
  const whole = unmodelled
    .filter(({ file }) => isChanged(file.path))
    .map((resource) => ({ resource, entries: [entryOf(resource)].flatMap((entry) => entry ?? []) }))
  const partial = files
    .filter(({ path }) => isChanged(path))
    .flatMap(dependedUponIn)
    .map((resource) => ({ resource, entries: partialEntriesOf(resource) }))
  return [...whole, ...partial].flatMap(({ resource, entries }) =>
    entries.flatMap((entry) => {
      const perhaps = broken.has(resource.file.path)
      const mesh = meshOfPath(resource.file.path, side, comparison)
      return objectOf({ resource, entry, mesh, place: placesIn(comparison).of(resource), perhaps }, setting)
    }),
  )
}

function objectOf(
  found: Pick<UnjudgedObject, 'resource' | 'entry' | 'mesh' | 'place'> & { readonly perhaps: boolean },
  setting: Setting,
): readonly UnjudgedObject[] {
  const { resource, entry, mesh, place, perhaps } = found
  const part = entry.decides(resource, setting)
  if (part === undefined) return []
  const { metadata: _, apiVersion: __, status: ___, ...said } = resource.body
  return [
    {
      resource,
      entry,
      mesh,
      place,
      decides: canonicalJson([part, existenceKey(resource), perhaps]),
      says: entry.partial === true ? '' : canonicalJson(said),
      ...(perhaps && { perhaps }),
    },
  ]
}
