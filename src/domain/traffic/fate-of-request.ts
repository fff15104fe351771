import { budgets } from '../budgets.ts'
import type { RouteChange } from '../diff/route-change.ts'
import { anyOf, BudgetExceeded, exactly, unmetered, workOf } from '../language/string-set.ts'
import { allows, present, type Values } from '../language/values.ts'
import { type Box, everyRequest, subtractBox } from '../match/box.ts'
import { detached } from './detached.ts'
import { type KnownRequest, knownRequest, parametersAsked } from './known-request.ts'
import { type Compared, doorsOf, type Served, servedIn } from './served-hosts.ts'
import type { TrafficRequest } from './traffic-request.ts'

/** What becomes of a request that was made: the changes that meet it, surely or perhaps. */
export interface Fate {
  readonly met: 'certain' | 'perhaps'
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
    const asked = knownRequest(request, parameters, compared.settings)
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

interface Hit {
  readonly change: RouteChange
  /** What of it hangs on what is not known. */
  readonly open: Box
  readonly certain: boolean
}

function fateIn(served: readonly Served[], asked: KnownRequest): Fate | undefined {
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

function hitsAt({ changes }: Served, asked: KnownRequest): readonly Hit[] {
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
function openIn(box: Box, { known }: KnownRequest): Box | undefined {
  const open = new Map<string, Values>()
  for (const [dimension, values] of box) {
    const found = known(dimension)
    if (found === undefined) open.set(dimension, values)
    else if (!allows(values, found.value)) return undefined
  }
  return open
}

/** Whether some change that is certain meets the request, whatever is not known of it. */
function isSurelyMet(hits: readonly Hit[], { ports, guessed }: Served, { universe }: KnownRequest): boolean {
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
