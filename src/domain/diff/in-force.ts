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
export function inForce(base: Manifests, merged: Manifests, refusals: Refusals): InForce {
  const broken = new Set([...merged.unreadable, ...merged.refusedBeside].map(({ path }) => path))
  const isRefused = (each: Modelled) => each.refused === true && refusals === 'kept-out'
  const virtualServices = kept(base.virtualServices, merged.virtualServices, { broken, isRefused })
  const gateways = kept(base.gateways, merged.gateways, { broken, isRefused })
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
}

function kept<T extends Modelled>(
  before: readonly T[],
  after: readonly T[],
  { broken, isRefused }: Reading,
): { readonly all: readonly T[]; readonly kept: readonly T[] } {
  const refused = new Set(after.filter(isRefused).map(identityOf))
  const known = new Set(before.filter(isRefused).map(identityOf))
  const admitted = after.filter((each) => !isRefused(each) || known.has(identityOf(each)))
  const there = new Set(admitted.map(identityOf))
  const stays = before.filter((each) => {
    const identity = identityOf(each)
    return !there.has(identity) && (refused.has(identity) || broken.has(each.file.path))
  })
  return { all: [...admitted, ...stays], kept: stays }
}
