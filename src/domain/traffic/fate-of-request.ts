import { budgets } from '../budgets.ts'
import type { Comparison } from '../diff/comparison.ts'
import type { RouteChange } from '../diff/route-change.ts'
import { anyOf, BudgetExceeded, exactly, unmetered, workOf } from '../language/string-set.ts'
import { allows, present, type Values } from '../language/values.ts'
import { type Box, everyRequest, subtractBox, type Universe } from '../match/box.ts'
import { arrivingUniverse } from '../match/dimensions.ts'
import { normalizedPath } from '../match/normalized-path.ts'
import { type HostIndex, indexHosts } from '../routing/explain/host-index.ts'
import { namesInMesh } from '../routing/mesh-names.ts'
import type { RouteTable } from '../routing/route-table.ts'
import { detached } from './detached.ts'
import type { TrafficRequest } from './traffic-request.ts'

/** What becomes of a request that was made: the changes that meet it, surely or perhaps. */
export interface Fate {
  readonly met: 'certain' | 'perhaps'
  readonly changes: readonly RouteChange[]
}

type Compared = Pick<Comparison, 'base' | 'merged' | 'changes' | 'settings'>

/** Where requests arrive: the tables of one gateway of one mesh, on both sides. */
interface Door {
  readonly mesh: string
  readonly gateway: string
  readonly hosts: readonly HostIndex[]
  readonly tables: readonly RouteTable[]
  readonly changes: readonly RouteChange[]
}

/**
 * What a log leaves open, a header for one, may have been anything; without a gateway a request may have come to each that serves its
 * host. So a change meets it surely only where it does so however that was. Answers are remembered for a while.
 */
export function fateOfRequests(compared: Compared): (request: TrafficRequest) => Fate | undefined {
  if (compared.changes.length === 0) return () => undefined
  const doors = doorsOf(compared)
  const known = new Map<string, Fate | undefined>()
  const servers = new Map<string, readonly Served[]>()
  const parameters = parametersAsked(compared.changes)
  return (request) => {
    const asked = askedOf(request, parameters, compared)
    const found = known.get(asked.key)
    if (found !== undefined || known.has(asked.key)) return found
    const serving = servers.get(request.authority) ?? servedIn(doors, request.authority, compared)
    const fate = fateIn(serving, asked)
    // Hosts and paths without end are worked out each time: what is remembered stays small.
    if (asked.key.length <= budgets.trafficKey.size) {
      forgetting(servers).set(detached(request.authority), serving)
      forgetting(known).set(asked.key, fate)
    }
    return fate
  }
}

/** A store that is emptied when it is full. */
function forgetting<Value>(store: Map<string, Value>): Map<string, Value> {
  if (store.size >= budgets.trafficFates.size) store.clear()
  return store
}

function doorsOf({ base, merged, changes }: Compared): readonly Door[] {
  const keyOf = ({ mesh, gateway }: Pick<Door, 'mesh' | 'gateway'>) => JSON.stringify([mesh, gateway])
  const sides = [base, merged].map(({ meshes }) =>
    Map.groupBy(
      meshes.flatMap(({ tables }) => tables),
      keyOf,
    ),
  )
  const byDoor = Map.groupBy(changes, keyOf)
  const keys = new Set(sides.flatMap((side) => [...side.keys()]))
  return [...keys].flatMap((key) => {
    const tables = sides.map((side) => side.get(key) ?? [])
    const [first] = tables.flat()
    if (first === undefined) return []
    const { mesh, gateway } = first
    return [
      { mesh, gateway, hosts: tables.map(indexHosts), tables: tables.flat(), changes: byDoor.get(key) ?? [] },
    ]
  })
}

/** A door that serves a host, and the changes of the tables that the host meets there. */
interface Served {
  readonly door: Door
  readonly changes: readonly RouteChange[]
  readonly ports: readonly number[] | undefined
  /** It is not known in which namespace the client has looked for a name. */
  readonly guessed: boolean
}

function servedIn(doors: readonly Door[], authority: string, { settings }: Compared): readonly Served[] {
  const { clusterDomain } = settings
  return doors.flatMap((door): readonly Served[] => {
    const isMesh = door.gateway === 'mesh'
    const names = isMesh ? namesInMesh(authority, undefined, clusterDomain) : [authority]
    const tables = door.hosts.flatMap((hosts) => firstTables(hosts, names))
    const guessed = tables.length === 0 && isMesh && !authority.includes('.')
    const met = guessed ? namesakes(authority, door.tables, clusterDomain) : tables
    return met.length === 0 ? [] : [{ door, guessed, ...meetingOf(met, door) }]
  })
}

function meetingOf(tables: readonly RouteTable[], door: Door): Pick<Served, 'changes' | 'ports'> {
  const met = new Set(tables.map(({ host }) => host))
  const isAnyPort = tables.some(({ ports }) => ports === undefined)
  return {
    changes: door.changes.filter(({ host }) => met.has(host)),
    ports: isAnyPort ? undefined : tables.flatMap(({ ports = [] }) => ports),
  }
}

/** The services of a name in whatever namespace. */
function namesakes(
  name: string,
  tables: readonly RouteTable[],
  clusterDomain: string,
): readonly RouteTable[] {
  const suffix = `.svc.${clusterDomain}`
  return tables.filter(({ host }) => host.startsWith(`${name}.`) && host.endsWith(suffix))
}

/** The most special host that has a route, on whatever port. */
function firstTables(hosts: HostIndex, names: readonly string[]): readonly RouteTable[] {
  const all = names
    .flatMap((name) => hosts.tablesFor(name, undefined))
    .filter(({ routes }) => routes.length > 0)
  const host = all[0]?.host
  return all.filter((table) => table.host === host)
}

/** A request as the dimensions that are known of it. */
interface Asked {
  readonly key: string
  readonly request: TrafficRequest
  /** What it has there: nothing is undefined; absent is what is not known. */
  readonly known: (dimension: string) => { readonly value: string | undefined } | undefined
  readonly universe: Universe
}

function askedOf(request: TrafficRequest, parameters: readonly string[], { settings }: Compared): Asked {
  const { method, authority, headers, port, scheme, sni, gateway, mesh } = request
  const sent = normalizedPath(request.path, settings.pathNormalization)
  const end = sent.search(/[?#]/)
  const path = end === -1 ? sent : sent.slice(0, end)
  const query = queryOf(end === -1 ? '' : sent.slice(end + 1))
  const asked = parameters.map((name) => query.get(name) ?? null)
  const more =
    headers === undefined && port === undefined && gateway === undefined
      ? ''
      : JSON.stringify([headers, port, scheme, gateway, mesh])
  return {
    key: `${method} ${authority} ${path} ${sni ?? ''} ${request.queryUnknown === true} ${asked.length === 0 ? '' : JSON.stringify(asked)}${more}`,
    request,
    known: (dimension) => {
      if (dimension === 'path') return { value: path }
      if (dimension === 'method') return { value: method }
      if (dimension === 'authority') return { value: authority }
      if (dimension === 'scheme') return scheme === undefined ? undefined : { value: scheme }
      if (dimension === 'port') return port === undefined ? undefined : { value: String(port) }
      if (dimension.startsWith('query:') && request.queryUnknown === true) return undefined
      if (dimension.startsWith('query:')) return { value: query.get(dimension.slice('query:'.length)) }
      if (dimension.startsWith('header:') && headers !== undefined)
        return { value: headerOf(headers, dimension.slice('header:'.length)) }
      return undefined
    },
    universe: arrivingUniverse(settings.pathNormalization),
  }
}

/** Names of headers come from the manifests, and may be those of what every object has. */
function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(headers, name) ? headers[name] : undefined
}

function queryOf(query: string): ReadonlyMap<string, string> {
  if (query === '') return new Map()
  const pairs = query
    .split('#')[0]
    ?.split('&')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })
  return new Map(pairs?.toReversed())
}

/** The parameters that decide about some change: of all others the values do not matter. */
function parametersAsked(changes: readonly RouteChange[]): readonly string[] {
  const dimensions = changes.flatMap(({ requests }) => requests.boxes.flatMap((box) => [...box.keys()]))
  const names = dimensions
    .filter((each) => each.startsWith('query:'))
    .map((each) => each.slice('query:'.length))
  return [...new Set(names)].toSorted()
}

interface Hit {
  readonly change: RouteChange
  /** What of it hangs on what is not known. */
  readonly open: Box
  readonly certain: boolean
}

function fateIn(served: readonly Served[], asked: Asked): Fate | undefined {
  const { gateway, mesh } = asked.request
  const there = served.filter(
    ({ door }) =>
      (gateway === undefined || gateway === door.gateway) && (mesh === undefined || mesh === door.mesh),
  )
  const each = there.map((one) => ({ one, hits: hitsAt(one, asked) }))
  const changes = [...new Set(each.flatMap(({ hits }) => hits.map(({ change }) => change)))]
  if (changes.length === 0) return undefined
  const isSure = each.every(({ one, hits }) => isSurelyMet(hits, one, asked))
  return { met: isSure ? 'certain' : 'perhaps', changes }
}

/** An address of IPv6: the names under a wildcard have no colon, and `*` is asked for it all the same. */
const isAddress = /^\[[^\]]+\]$/

function hitsAt({ changes }: Served, asked: Asked): readonly Hit[] {
  return changes.flatMap((change) => {
    if (!mayConnect(change, asked.request)) return []
    const universe = change.requests.universe ?? asked.universe
    const { authority } = asked.request
    const isNamed = allows(universe('authority'), authority) || isAddress.test(authority)
    if (!isNamed && change.gateway !== 'mesh') return []
    return change.requests.boxes.flatMap((box) => {
      const open = openIn(withPorts(box, change), asked)
      return open === undefined
        ? []
        : [{ change, open, certain: change.certain && change.connections === undefined }]
    })
  })
}

/** A change on connections that were opened for another name is none of a request whose name is the host. */
function mayConnect({ connections }: RouteChange, { sni, authority }: TrafficRequest): boolean {
  return connections === undefined || sni === undefined || sni !== authority
}

function withPorts(box: Box, { ports }: RouteChange): Box {
  return ports === undefined || box.has('port') ? box : new Map(box).set('port', portsAs(ports))
}

function portsAs(ports: readonly number[]): Values {
  return present(
    anyOf(
      ports.map((port) => exactly(String(port))),
      unmetered,
    ),
  )
}

/** The conditions of a box about what is not known of a request; nothing where what is known does not meet the others. */
function openIn(box: Box, { known }: Asked): Box | undefined {
  const open = new Map<string, Values>()
  for (const [dimension, values] of box) {
    const found = known(dimension)
    if (found === undefined) open.set(dimension, values)
    else if (!allows(values, found.value)) return undefined
  }
  return open
}

/** Whether some change that is certain meets the request, whatever is not known of it. */
function isSurelyMet(hits: readonly Hit[], { ports, guessed }: Served, { universe }: Asked): boolean {
  if (guessed) return false
  const certain = hits.filter((hit) => hit.certain)
  const space = {
    universe: (dimension: string) =>
      dimension === 'port' && ports !== undefined ? portsAs(ports) : universe(dimension),
    work: workOf('trafficCover'),
  }
  try {
    let rest: readonly Box[] = [everyRequest]
    for (const { open } of certain) {
      rest = rest.flatMap((box) => subtractBox(box, open, space))
      if (rest.length === 0) return true
    }
    return false
  } catch (error) {
    if (error instanceof BudgetExceeded) return false
    throw error
  }
}
