import type { Ownership } from '../ownership/ownership.ts'
import { type LeftOut, livingCopies } from '../routing/living-copies.ts'
import { type Mesh, meshWithout, type Snapshot, type SnapshotOptions } from '../routing/snapshot.ts'

/** One mesh on both sides; on one of them it may not be there. */
export interface MeshPair {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
}

/** What it takes to build a mesh anew. */
interface ChoiceOptions extends Omit<SnapshotOptions, 'meshOf'> {
  readonly ownership: Ownership
}

/** One mesh in all the ways in which its copies may live. */
export interface MeshChoices {
  /** One of them holds; the first is as the snapshots have it. */
  readonly choices: readonly MeshPair[]
  /** They may hold as well. */
  readonly others: readonly MeshPair[]
}

/** Each mesh of either side, by name. */
export function meshChoices(
  base: Snapshot,
  merged: Snapshot,
  options: ChoiceOptions,
): readonly MeshChoices[] {
  const names = new Set([...base.meshes, ...merged.meshes].map((mesh) => mesh.name))
  const named = ({ meshes }: Snapshot, name: string) => meshes.find((mesh) => mesh.name === name)
  return [...names]
    .toSorted()
    .map((name) => choicesOf({ base: named(base, name), merged: named(merged, name) }, options))
}

function choicesOf(pair: MeshPair, options: ChoiceOptions): MeshChoices {
  const { base, merged } = pair
  const all = { base: objectsOf(base), merged: objectsOf(merged) }
  const living = livingCopies(all, (path) => options.ownership.ownersOf(path).key)
  const without = (leftOut: LeftOut): MeshPair => ({
    base: base && meshWithout(base, leftOut.base, options),
    merged: merged && meshWithout(merged, leftOut.merged, options),
  })
  return { choices: [pair, ...living.choices.slice(1).map(without)], others: living.others.map(without) }
}

function objectsOf(mesh: Mesh | undefined): readonly (Mesh['virtualServices'] | Mesh['gateways'])[number][] {
  return mesh === undefined ? [] : [...mesh.inForce.virtualServices, ...mesh.inForce.gateways]
}
