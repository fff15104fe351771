import { budgets } from '../../budgets.ts'
import type { Comparison } from '../../diff/comparison.ts'
import { type Modelled, modelledIn } from '../../manifest/modelled.ts'
import { kindAndName } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { unowned } from '../../ownership/team.ts'
import type { ResourceChange } from '../../policy/questions/resource-change.ts'
import { isAddress, mayBeOneCluster, ownCluster } from '../../routing/meshes/cluster-names.ts'
import { onlyMesh, type Placed } from '../../routing/meshes/mesh-division.ts'

type MeshOf = (placed: Placed) => string | undefined

/** Two clusters, or folders taken for clusters, so that nothing says whether they are one. */
interface PerhapsOne {
  readonly clusters: readonly [string, string]
  /** Which mesh each object lies in, if they are; the first is the second then. */
  readonly meshOf: MeshOf
}

/** How a comparison was made, and what it has come to. */
interface Compared {
  readonly comparison: Comparison
  readonly delivered: readonly ResourceChange[]
  readonly meshOf: MeshOf
}

/** Those of which what is delivered changes, and whether there are more of them than are looked into. */
interface AllPerhapsOne {
  readonly pairs: readonly PerhapsOne[]
  readonly areMore: boolean
}

/**
 * A cluster has a name in one Application and an address in another, and Argo CD's own has both besides; Flux calls it by a Secret or a
 * folder. Folders in which one team alone has variants may be of the cluster in which everything else is. Two are surely not one where
 * objects of several teams stand in both. What surely says the same in both is no copy that somebody adds.
 */
export function clustersPerhapsOne({ comparison, delivered, meshOf }: Compared): AllPerhapsOne {
  const { base, merged } = comparison
  const [before, after] = [base, merged].map(({ manifests }) => modelledIn(manifests))
  const all = [...(before ?? []), ...(after ?? [])]
  const changed = new Set(delivered.map(({ mesh }) => mesh))
  const held = Map.groupBy(before ?? [], (each) => meshOf(each) ?? '')
  const isDivided = ([a, b]: Pair) => areSurelyTwo(held.get(a) ?? [], held.get(b) ?? [], comparison)
  const candidates = [...pairsOf(calledBy(all, meshOf)), ...guessedPairs(all, meshOf, comparison)]
  const found = candidates.filter((pair) => pair.some((each) => changed.has(each)) && !isDivided(pair))
  const most = budgets.clusterPairs.size
  return {
    pairs: found
      .slice(0, most)
      .map((pair) => ({ clusters: pair, meshOf: joined(pair, { before: before ?? [], all, meshOf }) })),
    areMore: found.length > most,
  }
}

type Pair = readonly [string, string]

/** The clusters that part the meshes, in order, each with the kinds of deployers that call it so. */
function calledBy(all: readonly Modelled[], meshOf: MeshOf): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const each of all) {
    const cluster = clusterOf(each, meshOf)
    if (cluster === undefined) continue
    found.set(cluster, (found.get(cluster) ?? new Set()).add(deployerOf(each)))
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whose word a name of a cluster is: Argo CD and kubectl keep names of their own. */
function deployerOf({ unit }: Modelled): string {
  return unit?.deployer === 'HelmRelease' ? 'Kustomization' : (unit?.deployer ?? '')
}

/** The cluster that an object goes to, where that is what parts the meshes. */
function clusterOf(each: Modelled, meshOf: MeshOf): string | undefined {
  const mesh = meshOf(each)
  return mesh === each.unit?.destination ? mesh : undefined
}

/** Each address with each name, Argo CD's own cluster with any other, and names of which a kind of deployer has but one. */
function pairsOf(called: ReadonlyMap<string, ReadonlySet<string>>): readonly Pair[] {
  const clusters = [...called.keys()]
  const byAddress = clusters
    .filter(isAddress)
    .flatMap((address) =>
      clusters
        .filter((other) => other !== ownCluster && other !== address && mayBeOneCluster(address, other))
        .map((other): Pair => [address, other]),
    )
  const names = [...called].filter(([name]) => !isAddress(name))
  const byName = names.flatMap(([one, some], at) =>
    names
      .slice(at + 1)
      .filter(([, others]) => some.symmetricDifference(others).size > 0)
      .map(([other]): Pair => [one, other]),
  )
  return [...byAddress, ...byName]
}

/** Variants of folders in which only one team has something, each with what is in none where others have something. */
function guessedPairs(all: readonly Modelled[], meshOf: MeshOf, { ownership }: Comparison): readonly Pair[] {
  const teamsOf = (some: readonly Modelled[]) => {
    const keys = new Set(some.map((each) => ownership.teamOf(each).key))
    keys.delete(unowned.key)
    return keys
  }
  const byMesh = Map.groupBy(all, (each) => meshOf(each) ?? onlyMesh)
  const rest = teamsOf(byMesh.get(onlyMesh) ?? [])
  return [...byMesh].flatMap(([mesh, some]): readonly Pair[] => {
    const isGuessed = some.every(({ unit }) => unit?.mesh !== mesh && unit?.destination !== mesh)
    const teams = teamsOf(some)
    const isAlone = mesh !== onlyMesh && teams.size === 1 && !rest.isSubsetOf(teams)
    return isGuessed && isAlone ? [[mesh, onlyMesh]] : []
  })
}

function areSurelyTwo(
  some: readonly Modelled[],
  others: readonly Modelled[],
  { ownership }: Comparison,
): boolean {
  const known = new Set(others.map(kindAndName))
  const shared = some.filter((each) => known.has(kindAndName(each)))
  return new Set(shared.map((each) => ownership.teamOf(each).key)).size > 1
}

interface Divided {
  readonly before: readonly Modelled[]
  readonly all: readonly Modelled[]
  readonly meshOf: MeshOf
}

function joined([first, second]: Pair, { before, all, meshOf }: Divided): MeshOf {
  const standing = new Set(all.filter((each) => meshOf(each) === second).map(sayingOf))
  const isCopy = second === onlyMesh ? plainCopiesOf(before) : () => false
  const moving = all.filter(
    (each) => meshOf(each) === first && !standing.has(sayingOf(each)) && !isCopy(each),
  )
  const moves = new Set(moving.map(placeOf))
  return (placed) => (moves.has(placeOf(placed)) ? second : meshOf(placed))
}

/** One more variant of what stands in others already says nothing new of the cluster in which all of them may be. */
function plainCopiesOf(before: readonly Modelled[]): (each: Modelled) => boolean {
  const [places, sayings] = [new Set(before.map(placeOf)), new Set(before.map(sayingOf))]
  return (each) => !places.has(placeOf(each)) && sayings.has(sayingOf(each))
}

function sayingOf(each: Modelled): string {
  return `${kindAndName(each)} ${each.file.path} ${normalForm(each)}`
}

function placeOf({ file, unit }: Placed): string {
  return JSON.stringify([file.path, unit?.key ?? null, unit?.destination ?? null])
}
