import type { Ownership } from '../ownership/ownership.ts'
import { type LeftOut, livingCopies } from '../routing/living-copies.ts'
import { type Mesh, meshWithout, type Snapshot, type SnapshotOptions } from '../routing/snapshot.ts'
import { appearing, type Doubt, missingTogether } from './doubtful.ts'
import { perhapsBound } from './perhaps-bound.ts'

type Modelled = (Mesh['virtualServices'] | Mesh['gateways'])[number]

/** One mesh on both sides; on one of them it may not be there. */
export interface MeshPair {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
}

/** What it takes to build a mesh anew. */
interface ChoiceOptions extends Omit<SnapshotOptions, 'meshOf'> {
  readonly ownership: Ownership
  /** Whether it is doubtful that a cluster has an object of one side. */
  readonly doubt: Doubt
}

/** One mesh in all the ways in which its copies may live. */
export interface MeshChoices {
  /** One of them holds; the first is as the snapshots have it. */
  readonly choices: readonly MeshPair[]
  /** They may hold as well. */
  readonly others: readonly MeshPair[]
  /** Copies of which not every combination is among the choices. */
  readonly untried: readonly Modelled[]
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
  const withoutDoubtful = (some: ReadonlySet<Modelled>): MeshPair => {
    const held = base && withEmptySecondaries(base, some)
    return { base: held && meshWithout(held, some, options), merged }
  }
  return {
    untried: living.untried,
    choices: [pair, ...living.choices.slice(1).map(without)],
    others: [
      ...living.others.map(without),
      ...missingTogether(appearing(all, options.doubt)).map(withoutDoubtful),
      ...(base && merged
        ? perhapsBound(base, merged).map(({ base: before, merged: after }) => ({
            base: meshWithout(base, new Set(), { ...options, bound: before }),
            merged: meshWithout(merged, new Set(), { ...options, bound: after }),
          }))
        : []),
    ],
  }
}

/** A secondary without routes instead of none: what it was promised stays promised to it. */
function withEmptySecondaries(mesh: Mesh, some: ReadonlySet<Modelled>): Mesh {
  const emptied = mesh.inForce.virtualServices.map((each) =>
    some.has(each) && (each.spec.hosts ?? []).length === 0
      ? { ...each, spec: { ...each.spec, http: [] } }
      : each,
  )
  return { ...mesh, inForce: { ...mesh.inForce, virtualServices: emptied } }
}

function objectsOf(mesh: Mesh | undefined): readonly Modelled[] {
  return mesh === undefined ? [] : [...mesh.inForce.virtualServices, ...mesh.inForce.gateways]
}
