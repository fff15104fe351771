import type { Gateway } from '../manifest/gateway.ts'
import type { Manifests } from '../manifest/manifests.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { InForce } from '../routing/snapshot.ts'

type Modelled = VirtualService | Gateway

/** `as-written`: where a refusal does not block, the repository does not trust it, and nor may the tables. */
export type Refusals = 'kept-out' | 'as-written'

/**
 * What a cluster would have of the merged side, given that it has the base side: an object that Istio's webhook or the API
 * server refuses changes nothing, and one that nobody can read any more is not taken away. A new one that is refused is not
 * there at all. What was refused before as well is taken as it is written on both sides: nobody knows what the cluster has.
 */
export function inForce(
  base: Manifests,
  merged: Manifests,
  {
    refusals,
    meshOf,
  }: { readonly refusals: Refusals; readonly meshOf: (path: string) => string | undefined },
): InForce {
  const broken = new Set([...merged.unreadable, ...merged.refusedBeside].map(({ path }) => path))
  const isRefused = (each: Modelled) => each.refused === true && refusals === 'kept-out'
  const keyOf = (each: Modelled) => JSON.stringify([meshOf(each.file.path), identityOf(each)])
  const reading = { broken, isRefused, keyOf }
  const virtualServices = kept(base.virtualServices, merged.virtualServices, reading)
  const gateways = kept(base.gateways, merged.gateways, reading)
  return {
    virtualServices: virtualServices.all,
    gateways: gateways.all,
    kept: [...virtualServices.kept, ...gateways.kept],
  }
}

interface Reading {
  /** Files that cannot be read to their end. */
  readonly broken: ReadonlySet<string>
  readonly isRefused: (resource: Modelled) => boolean
  /** Equal for objects that are one to a cluster: of one mesh, namespace and name. */
  readonly keyOf: (resource: Modelled) => string
}

function kept<T extends Modelled>(
  before: readonly T[],
  after: readonly T[],
  { broken, isRefused, keyOf }: Reading,
): { readonly all: readonly T[]; readonly kept: readonly T[] } {
  const refused = new Set(after.filter(isRefused).map(keyOf))
  const known = new Set(before.filter(isRefused).map(keyOf))
  const admitted = after.filter((each) => !isRefused(each) || known.has(keyOf(each)))
  const there = new Set(admitted.map(keyOf))
  const stays = before.filter((each) => {
    const key = keyOf(each)
    return !there.has(key) && (refused.has(key) || broken.has(each.file.path))
  })
  return { all: [...admitted, ...stays], kept: stays }
}
