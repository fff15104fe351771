import { type Doubt, doubt } from '../../doubt.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf, kindAndName } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Ownership } from '../../ownership/ownership.ts'
import { type LeftOut, livingCopies } from '../../routing/copies/living-copies.ts'
import { type Mesh, meshWithout, type Snapshot, type SnapshotOptions } from '../../routing/snapshot.ts'
import { rangeOf } from '../../source/located.ts'
import type { SourceRange } from '../../source/source-file.ts'
import { appearing, type Doubtful, missingTogether } from './doubtful.ts'
import { listeningChoices } from './listening-choices.ts'
import { type PerhapsBound, perhapsBound } from './perhaps-bound.ts'

/** One mesh on both sides; on one of them it may not be there. */
export interface MeshPair {
  readonly base: Mesh | undefined
  readonly merged: Mesh | undefined
}

/** What it takes to build a mesh anew. */
interface ChoiceOptions extends Omit<SnapshotOptions, 'meshOf'> {
  readonly ownership: Ownership
  /** Whether it is doubtful that a cluster has an object of one side. */
  readonly doubtful: Doubtful
}

/** One mesh in all the ways in which its copies may live. */
export interface MeshChoices {
  /** One of them holds; the first is as the snapshots have it. */
  readonly choices: readonly MeshPair[]
  /** They may hold as well. */
  readonly others: readonly MeshPair[]
  /** Copies of which not every combination is among the choices. */
  readonly untried: Unsettled | undefined
  /** Routes of one age, as far as is known here, of which not every order is among the choices. */
  readonly untriedOrders: UntriedOrders | undefined
  /** What tells the choices apart. */
  readonly unsettled: readonly Unsettled[]
}

/** Objects of which Git does not say whether a cluster has them, and why. */
export interface Unsettled {
  readonly doubt: Doubt
  readonly objects: readonly Modelled[]
}

/** Routes of the Gateway API that are tied by their age, of which there are too many to try every order. */
export interface UntriedOrders {
  readonly doubt: Doubt
  readonly routes: readonly Resource[]
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
  const teamOf = (resource: Resource) => options.ownership.teamOf(resource).key
  const living = livingCopies(all, teamOf)
  const without = (leftOut: LeftOut): MeshPair => ({
    base: base && meshWithout(base, leftOut.base, options),
    merged: merged && meshWithout(merged, leftOut.merged, options),
  })
  const withoutDoubtful = (some: ReadonlySet<Modelled>): MeshPair => {
    const held = base && withEmptySecondaries(base, some)
    return { base: held && meshWithout(held, some, options), merged }
  }
  const perhaps = appearing(all, options.doubtful)
  const bound = base && merged ? perhapsBound(base, merged) : []
  const listening = listeningChoices([base, merged], teamOf)
  return {
    untried: untriedCopies(living.untried),
    untriedOrders: listening.untried,
    unsettled: [
      ...living.unsettled.map(copiesOf),
      ...perhaps.map(perhapsAbsent),
      ...bound.map(perhapsNamed),
      ...listening.unsettled,
    ],
    choices: [
      pair,
      ...living.choices.slice(1).map(without),
      ...listening.others.map((each) => ({
        base: base && meshWithout(base, new Set(), { ...options, listening: each }),
        merged: merged && meshWithout(merged, new Set(), { ...options, listening: each }),
      })),
    ],
    others: [
      ...living.others.map(without),
      ...missingTogether(perhaps).map(withoutDoubtful),
      ...bound.map(({ base: before, merged: after }) => ({
        base: base && meshWithout(base, new Set(), { ...options, bound: before }),
        merged: merged && meshWithout(merged, new Set(), { ...options, bound: after }),
      })),
    ],
  }
}

function copiesOf(objects: readonly Modelled[]): Unsettled {
  const [of = ''] = namesOf(objects)
  return { objects, doubt: doubt({ code: 'copies', of, files: filesOf(objects) }, ...placesOf(objects)) }
}

function untriedCopies(objects: readonly Modelled[]): Unsettled | undefined {
  if (objects.length === 0) return undefined
  const [of, files] = [namesOf(objects), filesOf(objects)]
  return { objects, doubt: doubt({ code: 'untried-copies', of, files }, ...placesOf(objects)) }
}

function perhapsAbsent(object: Modelled): Unsettled {
  const of = kindAndName(object)
  const cause = { code: 'perhaps-absent', of, file: object.file.path } as const
  return { objects: [object], doubt: doubt(cause, ...placesOf([object])) }
}

/** A delegate, or a secondary, whose name another tool fills in. */
function perhapsNamed({ merged: { target, secondary } }: PerhapsBound): Unsettled {
  const own = identityOf(secondary)
  const cause = { code: 'filled-in', field: 'name', text: isUnknown(own) ? own : target } as const
  return { objects: [secondary], doubt: doubt(cause, rangeOf(secondary)) }
}

function namesOf(objects: readonly Modelled[]): readonly string[] {
  return [...new Set(objects.map(kindAndName))].toSorted()
}

function filesOf(objects: readonly Modelled[]): readonly string[] {
  return [...new Set(objects.map(({ file }) => file.path))].toSorted()
}

/** One for each file, of the first object there. */
function placesOf(objects: readonly Modelled[]): readonly (SourceRange | undefined)[] {
  return filesOf(objects).map((path) => {
    const first = objects.find(({ file }) => file.path === path)
    return first && rangeOf(first)
  })
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
