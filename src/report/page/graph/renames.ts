import { canonicalJson } from '../../../domain/manifest/json.ts'
import { identityOf } from '../../../domain/manifest/names.ts'
import type { VirtualService } from '../../../domain/manifest/virtual-service.ts'
import type { Snapshot } from '../../../domain/routing/snapshot.ts'
import { edgesOf, type GraphEdge, type GraphInput } from '../graph-model.ts'

/** How something of the base side is called after the merge, in its mesh. */
export type NowCalled = (mesh: string, name: string) => string

type NamedEdge = Pick<GraphEdge, 'mesh' | 'from' | 'to' | 'prefixes'>

/**
 * VirtualServices that have another name: one that is gone and one that is new say the same, or the same primary gives the new
 * one the very matches that the other had. Where several could be meant none is.
 */
export function renamesIn({ base, merged }: GraphInput): NowCalled {
  if (base === undefined) return (_, name) => name
  const [gone, fresh] = [onlyIn(base, merged), onlyIn(merged, base)]
  const alike = paired(gone.map(bySpec), fresh.map(bySpec))
  const known = (mesh: string, name: string) => alike.get(keyOf(mesh, name)) ?? name
  const isOnly = (some: readonly Named[]) => {
    const keys = new Set(some.map(({ mesh, object }) => keyOf(mesh, identityOf(object))))
    return ({ mesh, to }: NamedEdge) => keys.has(keyOf(mesh, to))
  }
  const referred = paired(
    [...edgesOf(base).values()].filter(isOnly(gone)).map(byMatches(known)),
    [...edgesOf(merged).values()].filter(isOnly(fresh)).map(byMatches((_, name) => name)),
  )
  const all = new Map([...referred, ...alike])
  return (mesh, name) => all.get(keyOf(mesh, name)) ?? name
}

interface Named {
  readonly mesh: string
  readonly object: VirtualService
}

function objectsOf(side: Snapshot): readonly Named[] {
  return side.meshes.flatMap((mesh) =>
    mesh.inForce.virtualServices.map((object) => ({ mesh: mesh.name, object })),
  )
}

function keyOf(mesh: string, name: string): string {
  return JSON.stringify([mesh, name])
}

function onlyIn(side: Snapshot, other: Snapshot): readonly Named[] {
  const known = new Set(objectsOf(other).map(({ mesh, object }) => keyOf(mesh, identityOf(object))))
  return objectsOf(side).filter(({ mesh, object }) => !known.has(keyOf(mesh, identityOf(object))))
}

/** What is compared, whose mesh and name it is, and how that is called. */
interface Candidate {
  readonly sign: string
  readonly mesh: string
  readonly name: string
}

function bySpec({ mesh, object }: Named): Candidate {
  return { sign: canonicalJson([mesh, object.spec]), mesh, name: identityOf(object) }
}

function byMatches(known: NowCalled): (edge: NamedEdge) => Candidate {
  return ({ mesh, from, to, prefixes }) => ({
    sign: canonicalJson([mesh, known(mesh, from), [...prefixes]]),
    mesh,
    name: to,
  })
}

function paired(before: readonly Candidate[], after: readonly Candidate[]): ReadonlyMap<string, string> {
  const [old, now] = [Map.groupBy(before, ({ sign }) => sign), Map.groupBy(after, ({ sign }) => sign)]
  const pairs = [...old].flatMap(([sign, [one, ...others]]) => {
    const [other, ...more] = now.get(sign) ?? []
    const isSure = one !== undefined && other !== undefined && others.length + more.length === 0
    return isSure ? [[keyOf(one.mesh, one.name), other.name] as const] : []
  })
  return new Map(pairs)
}
