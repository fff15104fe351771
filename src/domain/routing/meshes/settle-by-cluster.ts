import type { ClusterSnapshot } from '../../manifest/cluster-snapshot.ts'
import { isOfGatewayApi } from '../../manifest/gateway-api.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import { type Modelled, modelledIn } from '../../manifest/modelled.ts'
import { identityOf, kindAndName, mayBeIdentity } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { Placed } from './mesh-division.ts'
import { withKnown } from './with-known.ts'

/** What a cluster had, and of which mesh it is. */
export interface ClusterOfMesh {
  readonly snapshot: ClusterSnapshot
  readonly mesh: string
}

/** Both sides as far as snapshots of clusters tell more of them than Git does. */
export interface Settled {
  readonly base: Manifests
  readonly merged: Manifests
  /** The mesh of a path, those of the snapshots included. */
  readonly meshOf: (placed: Placed) => string | undefined
}

interface Sides extends Settled {
  readonly clusters: readonly ClusterOfMesh[]
}

/**
 * What Git does not say and a cluster does: how old an object is, the namespace of one that names none (where exactly one object of
 * the kind and name is in the cluster), and the objects that no file here holds. What stands in Git wins. All of it is settled by the
 * base side, and alike on both: what a pull request takes away does not come back.
 */
export function settleByCluster({ base, merged, meshOf, clusters }: Sides): Settled {
  if (clusters.length === 0) return { base, merged, meshOf }
  const meshes = new Map(clusters.map(({ snapshot, mesh }) => [snapshot.path, mesh]))
  const known = clusters.flatMap(objectsOf)
  const namespaceOf = namespaces(modelledIn(base), known, meshOf)
  const [before, after] = [base, merged]
    .map((side) => withFacts(side, { known, meshOf, namespaceOf }))
    .map((side) => withAges(side, clusters, meshOf))
  if (before === undefined || after === undefined) throw new Error('There are two sides')
  const isHeld = (side: Manifests) => holds(modelledIn(side), meshOf)
  const delivered = known.filter((each) => !isHeld(before)(each)).map(elsewhere)
  return {
    base: withObjects(before, delivered),
    merged: withObjects(
      after,
      delivered.filter((each) => !isHeld(after)(each)),
    ),
    meshOf: (placed) => meshes.get(placed.file.path) ?? meshOf(placed),
  }
}

interface Known {
  readonly mesh: string
  readonly object: Modelled
}

function objectsOf({ snapshot, mesh }: ClusterOfMesh): readonly Known[] {
  return modelledIn(snapshot).map((object) => ({ mesh, object }))
}

function elsewhere({ mesh, object }: Known): Known {
  const { inCluster } = object
  return {
    mesh,
    object: inCluster ? { ...object, inCluster: { ...inCluster, isDeliveredElsewhere: true } } : object,
  }
}

type MeshOf = Settled['meshOf']

/** Equal for objects of one kind and name in one mesh, whatever their namespaces. */
function nameKey(mesh: string | undefined, { kind, name }: Modelled): string {
  return JSON.stringify([mesh, kind, name])
}

/** The namespace of objects without one, by mesh, kind and name: where neither the cluster nor the base side leaves a choice. */
function namespaces(
  base: readonly Modelled[],
  known: readonly Known[],
  meshOf: MeshOf,
): (object: Modelled) => string | undefined {
  const written = Map.groupBy(base, (each) => nameKey(meshOf(each), each))
  const inCluster = Map.groupBy(known, ({ mesh, object }) => nameKey(mesh, object))
  return (object) => {
    const key = nameKey(meshOf(object), object)
    const [found, ...others] = inCluster.get(key) ?? []
    const copies = written.get(key) ?? []
    const isFree = copies.length < 2 && copies.every(({ namespace }) => namespace === undefined)
    return others.length === 0 && isFree ? found?.object.namespace : undefined
  }
}

interface Facts {
  readonly known: readonly Known[]
  readonly meshOf: MeshOf
  readonly namespaceOf: (object: Modelled) => string | undefined
}

function withFacts(side: Manifests, { known, meshOf, namespaceOf }: Facts): Manifests {
  const byKey = new Map(
    known.map(({ mesh, object }) => [JSON.stringify([mesh, kindAndName(object)]), object]),
  )
  return withKnown(side, (object) => {
    const namespace = object.namespace ?? namespaceOf(object)
    const placed = namespace === undefined ? object : { ...object, namespace }
    const same = byKey.get(JSON.stringify([meshOf(object), kindAndName(placed)]))
    if (same?.inCluster === undefined) return object
    const says = object.namespace === undefined ? { saysNamespace: true as const } : {}
    return { ...placed, inCluster: { ...same.inCluster, ...says } }
  })
}

/** Objects of the Gateway API with the age that the cluster of their mesh gives them. */
function withAges(side: Manifests, clusters: readonly ClusterOfMesh[], meshOf: MeshOf): Manifests {
  if (clusters.every(({ snapshot }) => snapshot.ages.size === 0)) return side
  const agesIn = new Map(clusters.map(({ mesh, snapshot }) => [mesh, snapshot.ages]))
  return {
    ...side,
    agesIn,
    unmodelled: side.unmodelled.map((object) => {
      const inCluster = isOfGatewayApi(object) && agesIn.get(meshOf(object) ?? '')?.get(kindAndName(object))
      return inCluster ? { ...object, inCluster } : object
    }),
  }
}

/** Whether Git holds the object, or one that may turn out to be it. */
function holds(written: readonly Modelled[], meshOf: MeshOf): (known: Known) => boolean {
  const exact = new Set(written.map((each) => JSON.stringify([meshOf(each), kindAndName(each)])))
  const open = written.filter((each) => each.namespace === undefined || isUnknown(identityOf(each)))
  return ({ mesh, object }) =>
    exact.has(JSON.stringify([mesh, kindAndName(object)])) ||
    open.some(
      (each) =>
        each.kind === object.kind &&
        meshOf(each) === mesh &&
        mayBeIdentity(identityOf(each), identityOf(object)),
    )
}

function withObjects(side: Manifests, delivered: readonly Known[]): Manifests {
  const objects = delivered.map(({ object }) => object)
  return {
    ...side,
    virtualServices: [
      ...side.virtualServices,
      ...objects.filter((each): each is VirtualService => each.kind === 'VirtualService'),
    ],
    gateways: [...side.gateways, ...objects.filter((each) => each.kind === 'Gateway')],
  }
}
