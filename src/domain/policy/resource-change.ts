import type { Comparison } from '../diff/comparison.ts'
import type { Gateway } from '../manifest/gateway.ts'
import { identityOf, type NamespacedName } from '../manifest/names.ts'
import { normalForm } from '../manifest/normal-form.ts'
import type { HTTPRoute, VirtualService } from '../manifest/virtual-service.ts'
import type { Mesh, Snapshot } from '../routing/snapshot.ts'

/** What a pull request does to one VirtualService or Gateway, whether or not a request changes. */
export interface ResourceChange {
  readonly mesh: string
  readonly kind: 'VirtualService' | 'Gateway'
  readonly name: NamespacedName
  /** `moved`: written in another file; it may be changed besides. */
  readonly how: 'added' | 'removed' | 'moved' | 'changed'
  readonly before?: VirtualService | Gateway
  readonly after?: VirtualService | Gateway
  /** Nothing but weights of http destinations differs. */
  readonly weightsOnly: boolean
}

type Modelled = VirtualService | Gateway

interface Pair {
  readonly before?: Modelled
  readonly after?: Modelled
}

/**
 * Every VirtualService and Gateway that is added, removed, written in another file, or changed in normal form,
 * matched by mesh, kind and `ns/name`. Of several with one identity, those in the same file belong together, then
 * those with equal content. Ordered by mesh, kind, name and file.
 */
export function resourceChanges({ base, merged }: Comparison): readonly ResourceChange[] {
  const before = byIdentity(base)
  const after = byIdentity(merged)
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort()
  return keys.flatMap((key) => {
    const [mesh] = JSON.parse(key) as readonly [string]
    return pairUp(before.get(key) ?? [], after.get(key) ?? []).flatMap((pair) => changeOf(mesh, pair))
  })
}

/** The resources as written, not with their names resolved: another spelling is another text to agree to. */
function byIdentity({ manifests, meshes }: Snapshot): ReadonlyMap<string, readonly Modelled[]> {
  const meshOf = new Map(meshes.flatMap((mesh) => pathsIn(mesh).map((path) => [path, mesh.name] as const)))
  const all = [...manifests.virtualServices, ...manifests.gateways].filter(({ file }) =>
    meshOf.has(file.path),
  )
  return Map.groupBy(all, (resource) =>
    JSON.stringify([meshOf.get(resource.file.path), resource.kind, identityOf(resource)]),
  )
}

function pathsIn(mesh: Mesh): readonly string[] {
  return [...mesh.virtualServices, ...mesh.gateways].map((resource) => resource.file.path)
}

/** Takes the pairs out of both lists in rounds, from the surest to the last resort. */
function pairUp(before: readonly Modelled[], after: readonly Modelled[]): readonly Pair[] {
  if (before.length === 1 && after.length === 1) {
    return [{ ...(before[0] && { before: before[0] }), ...(after[0] && { after: after[0] }) }]
  }
  const left = [...before]
  const right = [...after]
  const rounds: readonly ((a: Modelled, b: Modelled) => boolean)[] = [
    (a, b) => a.file.path === b.file.path && normalForm(a) === normalForm(b),
    (a, b) => a.file.path === b.file.path,
    (a, b) => normalForm(a) === normalForm(b),
    () => true,
  ]
  const pairs = rounds.flatMap((belong) => takePairs(left, right, belong))
  return [...pairs, ...left.map((one) => ({ before: one })), ...right.map((one) => ({ after: one }))]
}

function takePairs(
  left: Modelled[],
  right: Modelled[],
  belong: (a: Modelled, b: Modelled) => boolean,
): readonly Pair[] {
  return [...left].flatMap((before) => {
    const at = right.findIndex((candidate) => belong(before, candidate))
    const [after] = at === -1 ? [] : right.splice(at, 1)
    if (after === undefined) return []
    left.splice(left.indexOf(before), 1)
    return [{ before, after }]
  })
}

function changeOf(mesh: string, pair: Pair): readonly ResourceChange[] {
  const how = howOf(pair)
  const resource = pair.after ?? pair.before
  if (how === undefined || resource === undefined) return []
  const { kind } = resource
  return [{ mesh, kind, name: identityOf(resource), how, ...pair, weightsOnly: isWeightsOnly(how, pair) }]
}

function howOf({ before, after }: Pair): ResourceChange['how'] | undefined {
  if (before === undefined) return 'added'
  if (after === undefined) return 'removed'
  if (before.file.path !== after.file.path) return 'moved'
  return normalForm(before) === normalForm(after) ? undefined : 'changed'
}

function isWeightsOnly(how: ResourceChange['how'], { before, after }: Pair): boolean {
  if (how !== 'changed' || before?.kind !== 'VirtualService' || after?.kind !== 'VirtualService') return false
  return normalForm(withoutWeights(before)) === normalForm(withoutWeights(after))
}

function withoutWeights(virtualService: VirtualService): VirtualService {
  const { spec } = virtualService
  if (spec.http === undefined) return virtualService
  return { ...virtualService, spec: { ...spec, http: spec.http.map(routeWithoutWeights) } }
}

function routeWithoutWeights(http: HTTPRoute): HTTPRoute {
  if (http.route === undefined) return http
  return { ...http, route: http.route.map(({ weight: _, ...rest }) => rest) }
}
