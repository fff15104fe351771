import { uniteDoubts } from '../doubt.ts'
import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { OwnServer } from './listeners/server-duplicates.ts'
import { type HostOnPort, placementsAt, placementsOn } from './placements.ts'
import type { Contribution, DroppedEntry, RouteTable } from './route-table.ts'
import type { TableInput } from './table-input.ts'
import { routesInOrder } from './turns.ts'
import { routesOf } from './virtual-service-routes.ts'

/** The tables of one Gateway (`ns/name`): the virtual hosts that a request meets on its ports. */
export function gatewayTables(name: string, input: TableInput): readonly RouteTable[] {
  return tablesOf(name, placementsAt(name, input), input)
}

/** The virtual hosts of one server that terminates TLS: what a request meets whose SNI picks it, whatever its host. */
export function tablesOfServer(own: OwnServer, input: TableInput): readonly RouteTable[] {
  return tablesOf(identityOf(own.gateway), placementsOn(own, input), input)
}

function tablesOf(name: string, placements: readonly HostOnPort[], input: TableInput): readonly RouteTable[] {
  const byHost = Map.groupBy(placements, (placement) => placement.host)
  return [...byHost].flatMap(([host, there]) => tablesOfHost(name, host, there, input))
}

/** The ports of one host whose tables are the same become one table. */
function tablesOfHost(
  gateway: string,
  host: string,
  placements: readonly HostOnPort[],
  input: TableInput,
): readonly RouteTable[] {
  const perPort = [...Map.groupBy(placements, (placement) => placement.port)].map(([port, there]) => ({
    port,
    parts: there.map(partOf),
  }))
  const serving = perPort.filter(({ parts }) => parts.some((part) => part.routes.length > 0))
  const groups = Map.groupBy(serving.length > 0 ? serving : perPort, ({ parts }) => shapeOf(parts))
  return [...groups.values()].map((ports) => {
    const parts = foldPorts(
      ports.flatMap((each) => each.parts),
      ports.length,
    )
    const numbers = ports.flatMap(({ port }) => port ?? []).toSorted((a, b) => a - b)
    const key = { mesh: input.mesh, gateway, host, ...(numbers.length > 0 && { ports: numbers }) }
    return tableOf(key, parts, termsByPort(placements))
  })
}

function termsByPort(placements: readonly HostOnPort[]): RouteTable['terms'] {
  const byPort = Map.groupBy(placements, ({ port }) => port)
  return new Map(
    [...byPort].flatMap(([port, there]) => {
      const terms = new Set(there.flatMap((each) => each.terms ?? []))
      return port === undefined ? [] : [[port, [...terms].toSorted().join('\n')] as const]
    }),
  )
}

interface Part extends Contribution {
  readonly placement: HostOnPort
  readonly dropped: readonly DroppedEntry[]
}

function partOf(placement: HostOnPort): Part {
  const { merged, listener } = placement
  return {
    placement,
    virtualService: merged.virtualService,
    ...(placement.visibleTo && { visibleTo: placement.visibleTo }),
    ...(placement.reading && { reading: placement.reading }),
    ...(placement.isOwn && { isOwn: placement.isOwn }),
    ...routesOf(merged, listener),
  }
}

/**
 * Ports on which one VirtualService serves the host alone fold into one table in which `match.port` is a condition;
 * of several, only equal lists fold, because a catch-all of one port is moved behind the others' routes there alone.
 */
function shapeOf(parts: readonly Part[]): string {
  const names = parts.map(
    (part) =>
      `${identityOf(part.virtualService)} ${part.placement.listener.gateway} ${canonicalJson(part.placement.listener.redirected ?? null)}`,
  )
  if (parts.length === 1) return names.join()
  const routes = parts.map((part) =>
    part.routes.map(({ from, match }) =>
      [from.entry, from.secondaryEntry, match && from.http.match?.indexOf(match)].join('.'),
    ),
  )
  return JSON.stringify([names, routes, serversOf(parts)])
}

/** Whom one server reads: within it nobody knows who comes first. */
function serversOf(parts: readonly Part[]): readonly number[] {
  const numbers = new Map<string, number>()
  return parts.map(({ reading }) => {
    const key = reading ? `${identityOf(reading.gateway)} ${reading.server}` : ''
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}

function foldPorts(parts: readonly Part[], ports: number): readonly Part[] {
  const [first] = parts
  if (first === undefined || ports === 1) return parts
  const distinct = parts.filter(
    (part, index) =>
      parts.findIndex(
        (other) =>
          other.virtualService === part.virtualService &&
          other.placement.listener.gateway === part.placement.listener.gateway,
      ) === index,
  )
  if (distinct.length > 1) return distinct
  const { port: _, ...anyPort } = first.placement.listener
  return [partOf({ ...first.placement, listener: anyPort })]
}

function tableOf(
  key: Pick<RouteTable, 'mesh' | 'gateway' | 'host' | 'ports'>,
  parts: readonly Part[],
  terms: RouteTable['terms'],
): RouteTable {
  return {
    ...key,
    routes: routesInOrder(key.gateway, parts),
    dropped: parts.flatMap((part) => [...part.placement.merged.dropped, ...part.dropped]),
    contributions: parts.filter((part) => part.routes.length > 0),
    bound: parts.map((part) => part.virtualService),
    terms,
    doubts: uniteDoubts(parts.flatMap((part) => part.placement.doubts)),
  }
}
