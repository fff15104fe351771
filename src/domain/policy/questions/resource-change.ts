import type { Comparison } from '../../diff/comparison.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { groupOf } from '../../manifest/kinds/deciding-groups.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf, type NamespacedName } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import type { UnmodelledResource } from '../../manifest/resource.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { type Pair, pairCopies } from '../../routing/copies/pair-copies.ts'
import type { Mesh, Snapshot } from '../../routing/snapshot.ts'
import { compareTexts } from '../../source/compare-texts.ts'
import { keyOfUnit } from '../../source/source-file.ts'
import type { Permission } from '../configuration/policy.ts'
import { isUntouchedLayer } from '../untouched-layer.ts'
import { type DocumentChange, documentChanges } from './document-change.ts'
import { nearestMesh } from './meshes/nearest-mesh.ts'
import { type IgnoredKeys, writtenForm } from './what-counts.ts'
import { permissionsFor, type WrittenDifference, writtenDifferences } from './written-differences.ts'

/** What a pull request does to one object or document of the mesh, whether or not a request changes. */
export type ResourceChange = ModelledChange | UnmodelledChange | DocumentChange

/** `moved`: written in another file, or delivered by somebody else's; it may be changed besides. */
type How = 'added' | 'removed' | 'moved' | 'changed'

/** Of an object that could be read: all that is known of it. */
interface ObjectChange {
  readonly mesh: string
  readonly name: NamespacedName
  readonly how: How
  /** `writing`: nothing differs in normal form, and something does that is written. */
  readonly extent: 'meaning' | 'writing'
  /** What is written otherwise, where it is there on both sides. */
  readonly differences: readonly WrittenDifference[]
  /** Where permissions cover all of it: those; empty where nothing is written otherwise. */
  readonly needs?: readonly Permission[]
}

/** A change of an object whose meaning is known here. */
export interface ModelledChange extends ObjectChange, Pair<VirtualService | Gateway> {
  readonly subject: 'modelled'
  readonly kind: 'VirtualService' | 'Gateway'
}

/** A change of an object of any other kind that can decide about requests, or of a layer. */
export interface UnmodelledChange extends ObjectChange, Pair<UnmodelledResource> {
  readonly subject: 'unmodelled'
  readonly kind: string
}

/**
 * Every object that is added, removed, written in another file, or changed, matched by mesh, kind and `ns/name`, and every
 * document that cannot be read, by its path and text. What changes is judged as its owners would: by all that is written but the
 * ignored keys. Objects come first, by mesh, kind, name and file.
 */
export function resourceChanges(
  comparison: Comparison,
  { ignore }: { readonly ignore: IgnoredKeys },
): readonly ResourceChange[] {
  return [
    ...modelledChanges(comparison, ignore),
    ...unmodelledChanges(comparison, ignore),
    ...documentChanges(comparison),
  ]
}

function modelledChanges(
  { base, merged, ownership }: Comparison,
  ignored: IgnoredKeys,
): readonly ModelledChange[] {
  const sides = [base, merged].map((side) => modelledByIdentity(side))
  return pairsOf(sides).flatMap(({ key, pair }) => {
    const [mesh = ''] = JSON.parse(key) as readonly string[]
    const kind = (pair.after ?? pair.before)?.kind
    const said = whatHappens(pair, ignored, ownership)
    return said === undefined || kind === undefined
      ? []
      : [{ subject: 'modelled', mesh, kind, ...said, ...pair }]
  })
}

/** The resources as written, not with their names resolved: another spelling is another text to agree to. */
function modelledByIdentity(side: Snapshot): ReadonlyMap<string, readonly Modelled[]> {
  const { manifests, meshes } = side
  const meshOf = new Map(meshes.flatMap((mesh) => placesIn(mesh).map((place) => [place, mesh.name] as const)))
  return Map.groupBy([...manifests.virtualServices, ...manifests.gateways], (resource) => {
    const mesh = meshOf.get(placeOf(resource)) ?? nearestMesh(side, resource.file.path)?.name ?? ''
    return JSON.stringify([mesh, resource.kind, identityOf(resource)])
  })
}

/** Several units may deliver one file, each to another mesh. */
function placeOf({ file, unit }: Modelled): string {
  return unit === undefined ? file.path : JSON.stringify([file.path, keyOfUnit(unit)])
}

function placesIn(mesh: Mesh): readonly string[] {
  return [...mesh.virtualServices, ...mesh.gateways].map(placeOf)
}

/** Which mesh they belong to is not known for sure, and so does not tell them apart. */
function unmodelledChanges(comparison: Comparison, ignored: IgnoredKeys): readonly UnmodelledChange[] {
  const { base, merged } = comparison
  const sides = [base, merged].map(({ manifests }) => Map.groupBy(manifests.unmodelled, typeAndName))
  return pairsOf(sides).flatMap(({ pair }) => {
    const said = whatHappens(pair, ignored, comparison.ownership)
    const resource = pair.after ?? pair.before
    if (said === undefined || resource === undefined || isUntouchedLayer(pair, comparison)) return []
    const mesh = nearestMesh(pair.after === undefined ? base : merged, resource.file.path)?.name ?? ''
    return [{ subject: 'unmodelled', mesh, kind: resource.kind, ...said, ...pair }]
  })
}

/** Two API groups may have a kind of one name; another version is the same object. A kustomization is its folder's, whatever it says. */
function typeAndName(resource: UnmodelledResource): string {
  const { kind, apiVersion } = resource
  const group = kind === 'Kustomization' ? '' : groupOf(apiVersion)
  return JSON.stringify([kind, group, identityOf(resource)])
}

interface Keyed<T> {
  readonly key: string
  readonly pair: Pair<T>
}

function pairsOf<T extends Modelled | UnmodelledResource>(
  sides: readonly ReadonlyMap<string, readonly T[]>[],
): readonly Keyed<T>[] {
  const keys = new Set(sides.flatMap((side) => [...side.keys()]))
  return [...keys].sort(compareTexts).flatMap((key) => {
    const [before = [], after = []] = sides.map((side) => side.get(key))
    return pairCopies(before, after).map((pair) => ({ key, pair }))
  })
}

type Said = Omit<ObjectChange, 'mesh'>

function whatHappens(
  { before, after }: Pair<Modelled | UnmodelledResource>,
  ignored: IgnoredKeys,
  { owningPath }: Ownership,
): Said | undefined {
  const one = after ?? before
  if (one === undefined) return undefined
  const name = identityOf(one)
  if (before === undefined || after === undefined) {
    return { name, how: before ? 'removed' : 'added', extent: 'meaning', differences: [] }
  }
  if (before === after) return undefined
  const isMoved = before.file.path !== after.file.path || owningPath(before) !== owningPath(after)
  const isSame = normalForm(before) === normalForm(after)
  if (!isMoved && isSame && writtenForm(before, ignored) === writtenForm(after, ignored)) return undefined
  const differences = writtenDifferences(before, after, ignored)
  const isExplained = isSame || differences.some(({ part }) => part === 'field')
  const needs = isMoved || !isExplained ? undefined : permissionsFor(differences)
  const extent = isMoved || !isSame ? 'meaning' : 'writing'
  return { name, how: isMoved ? 'moved' : 'changed', extent, differences, ...(needs && { needs }) }
}
