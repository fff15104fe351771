import { policiesInForce } from '../access/in-force.ts'
import type { Manifests } from '../manifest/manifests.ts'
import type { Modelled } from '../manifest/modelled.ts'
import { identityOf } from '../manifest/names.ts'
import type { Resource } from '../manifest/resource.ts'
import type { Placed } from '../routing/meshes/mesh-division.ts'
import type { InForce } from '../routing/snapshot.ts'
import { rangeOf } from '../source/located.ts'
import { type Break, breaksOf } from './breaks.ts'

/** `as-written`: where a refusal does not block, the repository does not trust it, and nor may the tables. */
export type Refusals = 'kept-out' | 'as-written'

/**
 * What a cluster would have of the merged side, given that it has the base side: an object that Istio's webhook or the API
 * server refuses changes nothing; neither does what stands in a document that nobody can read any more, or behind it. An
 * object whose name is not to be found from there on was removed. A new object that is refused is not there at all. What was refused before as
 * well is taken as it is written on both sides, and so is what stands behind a document that was broken before.
 */
export function inForce(
  base: Manifests,
  merged: Manifests,
  {
    refusals,
    meshOf,
  }: { readonly refusals: Refusals; readonly meshOf: (placed: Placed) => string | undefined },
): InForce {
  const paths = new Set(merged.files.map(({ path }) => path))
  const reading = {
    breaks: breaksOf(merged, new Set(base.files.map(({ path }) => path))),
    brokenBefore: new Set([...base.unreadable, ...base.refusedBeside].map(({ path }) => path)),
    isGone: (path: string) => !paths.has(path),
    isRefused: (each: Modelled) => each.refused === true && refusals === 'kept-out',
    keyOf: (each: Resource) => JSON.stringify([meshOf(each), identityOf(each)]),
  }
  const virtualServices = kept(base.virtualServices, merged.virtualServices, reading)
  const gateways = kept(base.gateways, merged.gateways, reading)
  return {
    virtualServices: virtualServices.all,
    gateways: gateways.all,
    policies:
      refusals === 'as-written'
        ? merged.unmodelled
        : policiesInForce({ base: base.unmodelled, merged: merged.unmodelled, keyOf: reading.keyOf }),
    kept: [...virtualServices.kept, ...gateways.kept],
  }
}

interface Reading {
  /** Files of the merged side that cannot be read to their end. */
  readonly breaks: readonly Break[]
  /** Files that could not be read to their end on the base side. */
  readonly brokenBefore: ReadonlySet<string>
  readonly isGone: (path: string) => boolean
  readonly isRefused: (resource: Modelled) => boolean
  /** Equal for objects that are one to a cluster: of one mesh, namespace and name. */
  readonly keyOf: (resource: Resource) => string
}

function kept<T extends Modelled>(
  before: readonly T[],
  after: readonly T[],
  reading: Reading,
): { readonly all: readonly T[]; readonly kept: readonly T[] } {
  const { isRefused, keyOf } = reading
  const refused = new Set(after.filter(isRefused).map(keyOf))
  const known = new Set(before.filter(isRefused).map(keyOf))
  const admitted = after.filter(
    (each) => (!isRefused(each) || known.has(keyOf(each))) && !isUnreached(each, reading),
  )
  const there = new Set(admitted.map(keyOf))
  const stays = before.filter((each) => {
    const key = keyOf(each)
    return !there.has(key) && (refused.has(key) || isLostToABreak(each, reading))
  })
  return { all: [...admitted, ...stays], kept: stays }
}

/** Whether it stands behind a document that only now stops whoever applies the file. */
function isUnreached(resource: Modelled, { breaks, brokenBefore }: Reading): boolean {
  const { path } = resource.file
  const start = rangeOf(resource)?.start
  if (start === undefined || brokenBefore.has(path)) return false
  return breaks.some((each) => each.path === path && each.stops !== undefined && each.stops < start)
}

/** Whether a broken file names it where nothing can be read: its own, or a new one where its own is gone. */
function isLostToABreak({ name, file }: Modelled, { breaks, isGone }: Reading): boolean {
  return breaks.some(
    (each) => (each.path === file.path || (each.isNew && isGone(file.path))) && each.mayHold(name),
  )
}
