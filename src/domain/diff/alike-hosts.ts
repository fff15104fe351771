import { budgets } from '../budgets.ts'
import { keyOfDoubt } from '../doubt.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { asksForAuthority } from '../match/asks-for-authority.ts'
import { areAlikeButForHost } from '../routing/alike-tables.ts'
import type { EffectiveRoute, RouteTable } from '../routing/route-table.ts'
import { memoized } from '../source/memoized.ts'
import type { Target } from './hosts/request-targets.ts'

/** What was found of hosts whose tables are made of the same. */
export type AlikeHosts<Found> = (gateway: string, target: Target, find: () => Found) => Found

/**
 * Of hosts of a gateway whose tables are made of the same on both sides, what differs is found of the first one, and is the same of
 * the others but for the host: unless a route, or an entry that is promised to a delegate, asks for the authority, nothing that is compared hangs on it. Kept for the last few.
 */
export function alikeHosts<Found>(): AlikeHosts<Found> {
  const known: { readonly gateway: string; readonly target: Target; readonly found: Found }[] = []
  return (gateway, target, find) => {
    const alike = known.find((each) => each.gateway === gateway && haveAlikeTables(each.target, target))
    if (alike !== undefined) return alike.found
    const found = find()
    if (!isWithoutAuthority(target)) return found
    known.push({ gateway, target, found })
    if (known.length > budgets.mergedVariants.size) known.shift()
    return found
  }
}

/** On the mesh a host is asked for by several names. Where a side has no table, another one is looked for by the host. */
function isWithoutAuthority({ base, merged }: Target): boolean {
  const tables = [...base, ...merged]
  return (
    base.length === 1 &&
    merged.length === 1 &&
    boundIn(base) === boundIn(merged) &&
    tables.every(({ gateway, surely }) => gateway !== 'mesh' && surely === undefined) &&
    tables.every(({ routes, bound }) => !routes.some(asks) && !bound.some(promisesByAuthority))
  )
}

/** What is promised on the host is promised by those. */
function boundIn(tables: readonly RouteTable[]): string {
  return JSON.stringify(tables.map(({ bound }) => bound.map(identityOf)))
}

function asks({ match }: EffectiveRoute): boolean {
  return match !== undefined && asksForAuthority(match)
}

/** What an entry asks for it promises, although nobody may serve it. */
const promisesByAuthority = memoized(({ spec: { http = [] } }: VirtualService): boolean =>
  http.some(({ match = [] }) => match.some(asksForAuthority)),
)

function haveAlikeTables(a: Target, b: Target): boolean {
  return (
    JSON.stringify([a.ports, a.names, a.doubts.map(keyOfDoubt)]) ===
      JSON.stringify([b.ports, b.names, b.doubts.map(keyOfDoubt)]) &&
    areAllAlike(a.base, b.base) &&
    areAllAlike(a.merged, b.merged)
  )
}

function areAllAlike(some: readonly RouteTable[], others: readonly RouteTable[]): boolean {
  return some.length === others.length && some.every((table, at) => isAlike(table, others[at]))
}

function isAlike(table: RouteTable, other: RouteTable | undefined): boolean {
  return other !== undefined && areAlikeButForHost(table, other)
}
