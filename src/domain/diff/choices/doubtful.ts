import { budgets } from '../../budgets.ts'
import { brokenFiles } from '../../manifest/files/broken-files.ts'
import type { Manifests } from '../../manifest/manifests.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { kindAndName } from '../../manifest/names.ts'
import type { BothSides } from '../../routing/copies/living-copies.ts'
import type { Refusals } from '../in-force.ts'

/** Whether it is doubtful that a cluster has an object although it is written. */
export type IsDoubtful = (resource: Modelled) => boolean

/** What is refused, and whatever stands in a file that cannot be read to its end: some give up all of it. */
export function isDoubtful(side: Manifests, refusals: Refusals): IsDoubtful {
  const broken = brokenFiles(side)
  return ({ refused, file }) => (refused === true && refusals === 'kept-out') || broken.has(file.path)
}

/** How doubtful the objects of both sides are. */
export interface Doubtful {
  readonly base: IsDoubtful
  readonly merged: IsDoubtful
}

/**
 * What of the base side a cluster perhaps does not have, and will surely have after the merge. A copy that stood beside it in another
 * file, and was sure all along, makes nothing appear.
 */
export function appearing({ base, merged }: BothSides, doubtful: Doubtful): readonly Modelled[] {
  const placeOf = (each: Modelled) => `${kindAndName(each)} ${each.file.path}`
  const suspects = base.filter(doubtful.base)
  if (suspects.length === 0) return []
  const before = Map.groupBy(
    base.filter((each) => !doubtful.base(each)),
    placeOf,
  )
  const after = Map.groupBy(
    merged.filter((each) => !doubtful.merged(each)),
    placeOf,
  )
  const isMore = (place: string, now: number) => now > (before.get(place)?.length ?? 0)
  const sure = new Set(
    [...after].flatMap(([place, some]) => (isMore(place, some.length) ? some.map(kindAndName) : [])),
  )
  return suspects.filter((each) => sure.has(kindAndName(each)))
}

/** What may be missing: all of them, or each by itself. */
export function missingTogether(some: readonly Modelled[]): readonly ReadonlySet<Modelled>[] {
  const parts =
    some.length > 1 ? [some, ...some.slice(0, budgets.absences.size).map((each) => [each])] : [some]
  return parts.filter(({ length }) => length > 0).map((part) => new Set(part))
}
