import { budgets } from '../budgets.ts'
import type { Comparison } from '../diff/comparison.ts'
import type { Modelled } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import { normalForm } from '../manifest/normal-form.ts'
import type { ResourceChange } from '../policy/questions/resource-change.ts'
import type { Placed } from '../routing/mesh-division.ts'
import { ownCluster } from './argo-cd/destinations.ts'

type MeshOf = (placed: Placed) => string | undefined

/** Two clusters that are spelled in two ways, so that nothing says whether they are one. */
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
 * A cluster has a name in one Application and an address in another, and Argo CD's own has both besides. Two are surely not one where
 * objects of several teams stand in both. What surely says the same in both is no copy that somebody adds.
 */
export function clustersPerhapsOne({ comparison, delivered, meshOf }: Compared): AllPerhapsOne {
  const { base, merged } = comparison
  const [before, after] = [base, merged].map(({ manifests }) => modelledIn(manifests))
  const all = [...(before ?? []), ...(after ?? [])]
  const clusters = [...new Set(all.flatMap((each) => clusterOf(each, meshOf) ?? []))].toSorted()
  if (!clusters.some(isAddress)) return { pairs: [], areMore: false }
  const changed = new Set(delivered.map(({ mesh }) => mesh))
  const held = Map.groupBy(before ?? [], (each) => meshOf(each) ?? '')
  const isDivided = ([a, b]: Pair) => areSurelyTwo(held.get(a) ?? [], held.get(b) ?? [], comparison)
  const found = pairsOf(clusters).filter((pair) => pair.some((each) => changed.has(each)) && !isDivided(pair))
  const most = budgets.clusterPairs.size
  return {
    pairs: found.slice(0, most).map((pair) => ({ clusters: pair, meshOf: joined(pair, { all, meshOf }) })),
    areMore: found.length > most,
  }
}

type Pair = readonly [string, string]

function modelledIn({ virtualServices, gateways }: Comparison['base']['manifests']): readonly Modelled[] {
  return [...virtualServices, ...gateways]
}

/** The cluster that an object goes to, where that is what parts the meshes. */
function clusterOf(each: Modelled, meshOf: MeshOf): string | undefined {
  const mesh = meshOf(each)
  return mesh === each.unit?.destination ? mesh : undefined
}

function isAddress(cluster: string): boolean {
  return cluster === ownCluster || /^https?:/i.test(cluster)
}

/** Each address with each name, and Argo CD's own cluster with any other. */
function pairsOf(clusters: readonly string[]): readonly Pair[] {
  return clusters.filter(isAddress).flatMap((address) =>
    clusters
      .filter((other) => other !== ownCluster && other !== address)
      .filter((other) => address === ownCluster || !isAddress(other))
      .map((other): Pair => [address, other]),
  )
}

function areSurelyTwo(
  some: readonly Modelled[],
  others: readonly Modelled[],
  { ownership }: Comparison,
): boolean {
  const known = new Set(others.map(nameOf))
  const shared = some.filter((each) => known.has(nameOf(each)))
  return new Set(shared.map((each) => ownership.teamOf(each).key)).size > 1
}

function nameOf(each: Modelled): string {
  return `${each.kind} ${identityOf(each)}`
}

interface Divided {
  readonly all: readonly Modelled[]
  readonly meshOf: MeshOf
}

function joined([first, second]: Pair, { all, meshOf }: Divided): MeshOf {
  const sayingOf = (each: Modelled) => `${nameOf(each)} ${each.file.path} ${normalForm(each)}`
  const standing = new Set(all.filter((each) => meshOf(each) === second).map(sayingOf))
  const moves = new Set(
    all.filter((each) => meshOf(each) === first && !standing.has(sayingOf(each))).map(placeOf),
  )
  return (placed) => (moves.has(placeOf(placed)) ? second : meshOf(placed))
}

function placeOf({ file, unit }: Placed): string {
  return JSON.stringify([file.path, unit?.key ?? null, unit?.destination ?? null])
}
