import type { UnmodelledResource } from '../manifest/resource.ts'
import { type AccessPolicy, policyOf } from './access-policy.ts'
import { isRefusedByWebhook } from './refused-policies.ts'

/** Policies of both sides, each with the name by which its mesh knows it. */
interface Sides {
  readonly base: readonly UnmodelledResource[]
  readonly merged: readonly UnmodelledResource[]
  /** Equal for policies that are one to a cluster. */
  readonly keyOf: (resource: UnmodelledResource) => string
}

/**
 * What a cluster would have of the policies of the merged side, given that it has those of the base side: one that Istio's webhook refuses
 * changes nothing. What was refused before is taken as it is written, on both sides.
 */
export function policiesInForce({ base, merged, keyOf }: Sides): readonly UnmodelledResource[] {
  const refused = merged.filter(isRefused)
  if (refused.length === 0) return merged
  const [before, refusedBefore] = [
    new Map(base.map((each) => [keyOf(each), each])),
    new Set(base.filter(isRefused).map(keyOf)),
  ]
  return merged.flatMap((each) => {
    const key = keyOf(each)
    if (!isRefused(each) || refusedBefore.has(key)) return [each]
    return before.get(key) ?? []
  })
}

function isRefused(resource: UnmodelledResource): boolean {
  return resource.refused === true || isRefusedByWebhook(resource)
}

/** Those that refuse anything. Where one lies that names no namespace nobody says here: it is asked about, and not judged. */
export function actingPolicies(resources: readonly UnmodelledResource[]): readonly AccessPolicy[] {
  return resources.flatMap((each) => (each.namespace === undefined ? [] : (policyOf(each) ?? [])))
}
