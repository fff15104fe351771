import type { VirtualService } from '../manifest/virtual-service.ts'
import type { RouteTable } from './route-table.ts'
import { gatewaysNamedBy } from './table-input.ts'

type Bound = Pick<RouteTable, 'bound' | 'contributions' | 'routes' | 'dropped'>

/** Those with routes for the host of which none is ever asked, since another VirtualService has the host to itself. */
export function notAskedIn({ contributions, routes }: Bound): readonly VirtualService[] {
  const asked = new Set(routes.map(({ from }) => from.primary))
  return contributions.flatMap(({ virtualService, routes: own }) =>
    own.length === 0 || asked.has(virtualService) ? [] : [virtualService],
  )
}

/** Those that claim the host and have no entry at all for it, not even one that is dropped. */
export function withoutEntriesIn({ bound, contributions, dropped }: Bound): readonly VirtualService[] {
  const having = new Set([
    ...contributions.flatMap(({ virtualService, routes }) => (routes.length === 0 ? [] : [virtualService])),
    ...dropped.map(({ primary }) => primary),
  ])
  return bound.filter((each) => !having.has(each))
}

/** The VirtualServices that a table tells the truth about: all that have a part in it, but for those that are not asked. */
export function standingIn(table: Bound): ReadonlySet<VirtualService> {
  const { bound, routes, dropped } = table
  const taking = [...routes.map(({ from }) => from), ...dropped].flatMap(partiesOf)
  return new Set([...bound, ...taking]).difference(new Set(notAskedIn(table)))
}

/** Those that stand in the table of a gateway that they name themselves, or that their primary does, and not only of one that shares its port. */
export function atHomeIn(table: RouteTable): readonly VirtualService[] {
  const { bound, routes, dropped, gateway } = table
  const parts: readonly Part[] = [
    ...routes.map(({ from }) => from),
    ...dropped,
    ...bound.map((primary) => ({ primary })),
  ]
  const own = parts.filter(({ primary }) => gatewaysNamedBy(primary).includes(gateway))
  const there = standingIn(table)
  return [...new Set(own.flatMap(partiesOf))].filter((each) => there.has(each))
}

interface Part {
  readonly primary: VirtualService
  readonly secondary?: VirtualService
}

function partiesOf({ primary, secondary }: Part): readonly VirtualService[] {
  return secondary === undefined ? [primary] : [primary, secondary]
}

/** Whether a VirtualService has the host and the gateway of a table. */
export function claims(each: VirtualService, { gateway, host }: RouteTable): boolean {
  const hosts = (each.spec.hosts ?? []).map((own) => own.toLowerCase())
  return hosts.includes(host) && gatewaysNamedBy(each).includes(gateway)
}
