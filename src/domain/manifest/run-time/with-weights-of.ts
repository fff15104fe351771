import { canonicalJson } from '../json.ts'
import type { Manifests } from '../manifests.ts'
import { identityOf } from '../names.ts'
import type { Resource } from '../resource.ts'
import type { HTTPRoute, HTTPRouteDestination, VirtualService } from '../virtual-service.ts'
import type { WeightedRoutes } from './weighted-routes.ts'

/** What is set at run time on each side. */
export interface RunTime {
  readonly base: readonly WeightedRoutes[]
  readonly merged: readonly WeightedRoutes[]
  readonly meshOf: (placed: Pick<Resource, 'file' | 'unit'>) => string | undefined
}

/** VirtualServices of which weights differ and were not compared, with who sets them. */
export interface NotCompared {
  readonly virtualService: VirtualService
  readonly by: string
}

/** The merged side with the base side's weights wherever something sets them while it runs. */
export interface Weighed {
  readonly manifests: Manifests
  readonly notCompared: readonly NotCompared[]
}

/**
 * An entry of which nothing but the weights of such a pair differs keeps those of the base side. Both sides must say who sets them:
 * whoever only now names routes of others hides nothing, and what nobody sets any more is as it is written.
 */
export function withWeightsOf(base: Manifests, merged: Manifests, runTime: RunTime): Weighed {
  if (runTime.base.length === 0 || runTime.merged.length === 0) return { manifests: merged, notCompared: [] }
  const keyOf = (each: VirtualService) => JSON.stringify([runTime.meshOf(each), identityOf(each)])
  const before = Map.groupBy(base.virtualServices, keyOf)
  const after = Map.groupBy(merged.virtualServices, keyOf)
  const notCompared: NotCompared[] = []
  const virtualServices = merged.virtualServices.map((each) => {
    const [old, ...copies] = before.get(keyOf(each)) ?? []
    if (old === undefined || copies.length > 0 || after.get(keyOf(each))?.length !== 1) return each
    const { spec, by } = weighed(old, each, runTime)
    if (by === undefined) return each
    notCompared.push({ virtualService: each, by })
    return { ...each, spec }
  })
  return { manifests: { ...merged, virtualServices }, notCompared }
}

function weighed(
  old: VirtualService,
  now: VirtualService,
  runTime: RunTime,
): { readonly spec: VirtualService['spec']; readonly by?: string } {
  const [before, after] = [setIn(old, runTime.base, runTime), setIn(now, runTime.merged, runTime)]
  const known = new Map(before.flatMap(({ entry }) => (entry ? [[withoutWeights(entry), entry]] : [])))
  let by: string | undefined
  const http = (now.spec.http ?? []).map((entry, at) => {
    const set = after[at]
    const same = set?.entry && known.get(withoutWeights(entry))
    if (same === undefined || canonicalJson(same) === canonicalJson(entry)) return entry
    by = set?.by
    return { ...entry, route: sharedAs(entry.route ?? [], same.route ?? []) }
  })
  return by === undefined ? { spec: now.spec } : { spec: { ...now.spec, http }, by }
}

interface SetEntry {
  /** Absent where nobody sets its weights. */
  readonly entry?: HTTPRoute
  readonly by?: string
}

/** The entries of a VirtualService, each with who sets its weights. */
function setIn(
  virtualService: VirtualService,
  routes: readonly WeightedRoutes[],
  { meshOf }: RunTime,
): readonly SetEntry[] {
  const { spec } = virtualService
  const own = routes.filter(
    (each) =>
      each.isOf(identityOf(virtualService)) &&
      (each.path === undefined || meshOf({ file: { path: each.path, text: '' } }) === meshOf(virtualService)),
  )
  const entries = spec.http ?? []
  return entries.map((entry) => {
    const [one, other, ...more] = entry.route ?? []
    if (one === undefined || other === undefined || more.length > 0) return {}
    const found = own.find((each) => each.isEntry(entry, entries.length) && each.isPair(one, other))
    return found === undefined ? {} : { entry, by: found.by }
  })
}

/** Everything else of an entry, whatever the order of its destinations. */
function withoutWeights(entry: HTTPRoute): string {
  return canonicalJson({ ...entry, route: (entry.route ?? []).map(endOf).toSorted() })
}

function endOf({ weight: _, ...end }: HTTPRouteDestination): string {
  return canonicalJson(end)
}

function sharedAs(
  now: readonly HTTPRouteDestination[],
  before: readonly HTTPRouteDestination[],
): readonly HTTPRouteDestination[] {
  const shares = new Map(before.map((each) => [endOf(each), each.weight]))
  return now.map((each) => {
    const { weight: _, ...end } = each
    const weight = shares.get(endOf(each))
    return weight === undefined ? end : { ...end, weight }
  })
}
