import { hostMatches, identityOf } from '../../manifest/names.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { rangeOf } from '../../source/located.ts'
import type { Skipped } from '../explain/explanation.ts'
import type { EffectiveRoute } from '../route-table.ts'
import type { Mesh } from '../snapshot.ts'

/** The VirtualServices that are written in several places and not alike, by `ns/name`, in the order of their paths. */
export type DifferingCopies = ReadonlyMap<string, readonly VirtualService[]>

/** Which objects of a mesh are written more than once, and not alike; none whose namespace or name nothing says. */
export function differingCopies({ virtualServices }: Pick<Mesh, 'virtualServices'>): DifferingCopies {
  const named = Map.groupBy(virtualServices, (each) => identityOf(each) as string)
  const several = [...named].filter(
    ([name, copies]) =>
      copies.length > 1 &&
      !isUnknown(name) &&
      copies[0]?.namespace !== undefined &&
      new Set(copies.map((copy) => normalForm(copy))).size > 1,
  )
  return new Map(several)
}

/** The copies that may live in place of those that answer, or may serve a host that nobody else does. */
export function copiesBeside(
  route: EffectiveRoute | undefined,
  host: string,
  copies: DifferingCopies,
): readonly Skipped[] {
  if (copies.size === 0) return []
  const answering = new Set([route?.from.primary, route?.from.secondary])
  return [...copies].flatMap(([name, all]) => {
    const [last] = all.slice(-1)
    const concerned = route === undefined ? all.some((copy) => claims(copy, host)) : answering.has(last)
    if (!concerned) return []
    return all.slice(0, -1).map((copy) => {
      const range = rangeOf(copy)
      const because = `another copy of ${name}; which of them a cluster has is not in Git`
      return { ...(range && { range }), because, copy: true as const }
    })
  })
}

function claims({ spec }: VirtualService, host: string): boolean {
  return (spec.hosts ?? []).some((each) => hostMatches(each.toLowerCase(), host))
}
