import type { Gateway } from '../manifest/gateway.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import { memoizedByText } from '../source/memoized.ts'
import type { AssumedAges } from './ages.ts'
import { type Attachment, attachmentsOf } from './attachments.ts'
import type { Backends } from './backends.ts'
import { gatewaysOf, generatedName, listName } from './generated-gateways.ts'
import { ingressesOf } from './ingress.ts'
import { type Listener, parentsIn } from './listeners.ts'
import { type List, listOf } from './lists.ts'
import type { NumbersNamed } from './looking.ts'
import { isForMesh, meshListsOf } from './mesh-lists.ts'
import { type MissingFact, missingFacts } from './missing-fact.ts'
import { type GatewayApiObjects, knownObjects, type Route } from './objects.ts'
import { openAt } from './open-listeners.ts'
import { type DroppedRoute, type ReadRoute, readRoute, type Unreached } from './rules.ts'
import { noteUses } from './uses.ts'

/** What of the mesh tells how its objects are read. */
export interface GatewayApiSetting {
  readonly clusterDomain: string
  /** Whether a host is known not to be a service here. */
  readonly isMissing: (host: string) => boolean
  readonly numbersNamed: NumbersNamed
}

/** What the Gateway API comes to in one mesh: Istio's own Gateways and VirtualServices, which nobody writes. */
export interface GatewayApi {
  readonly gateways: readonly Gateway[]
  readonly lists: readonly List[]
  /** Objects that are looked into. */
  readonly all: readonly UnmodelledResource[]
  /** What is missing to know what an object does; nothing where all of it is worked out. */
  readonly missingOf: (object: UnmodelledResource) => readonly MissingFact[]
  /** Routes that take the calls of a service: whoever has that has to agree, whatever becomes of the requests. */
  readonly takingCalls: readonly UnmodelledResource[]
  readonly listeners: readonly Listener[]
  readonly attachments: readonly Attachment[]
  readonly dropped: readonly DroppedRoute[]
  readonly unreached: readonly Unreached[]
  /** What is not worked out and may be at a generated Gateway (`ns/name`), by that. */
  readonly openAt: ReadonlyMap<string, readonly string[]>
  /** Routes that are worked out and have no place at all. */
  readonly unattached: readonly Route[]
}

/** The same, for whichever of several objects of unknown age is taken to be the oldest. */
export type GatewayApiOf = (ages: AssumedAges) => GatewayApi

/** Worked out when it is asked for, and once. */
export function gatewayApiOf(objects: GatewayApiObjects, setting: GatewayApiSetting): GatewayApiOf {
  const converted = memoizedByText((key) => {
    const [oldest, eldest]: [AssumedAges['oldest'], readonly string[]] = JSON.parse(key)
    return convert(objects, setting, { oldest, eldest })
  })
  return ({ oldest, eldest = [] }) => converted(JSON.stringify([oldest, eldest]))
}

function convert(
  objects: GatewayApiObjects,
  { clusterDomain, isMissing, numbersNamed }: GatewayApiSetting,
  oldest: AssumedAges,
): GatewayApi {
  const missing = missingFacts()
  const known = knownObjects(objects, missing)
  const surroundings = objects.surroundings()
  const { serviceEntries } = objects
  const looking = { surroundings, missing, clusterDomain, numbersNamed, oldest, serviceEntries }
  const parents = parentsIn(known, objects.all, looking)
  const attachments = attachmentsOf(known.routes, parents, looking).filter(
    ({ listener }) => gatewaysOf(listener).length > 0 || missing.of(listener.gateway).length > 0,
  )
  const backends: Backends = { grants: known.grants, clusterDomain, isMissing, missing, needsGrant: true }
  const read = new Map(known.routes.map((route) => [route, readRoute(route, backends)]))
  const inMesh = known.routes.filter(isForMesh).map((route) => {
    const own = readRoute(route, { ...backends, needsGrant: false })
    return { route, matches: own.kind === 'rules' ? own.matches : [] }
  })
  const meshLists = meshListsOf(
    inMesh.filter(({ matches }) => matches.length > 0),
    looking,
  )
  const ingresses = ingressesOf(looking)
  const placed = new Set(attachments.map(({ route }) => route))
  noteUses(known, objects.all, missing)
  const atGateways = attachments.filter(({ route }) => read.get(route)?.kind === 'rules')
  return {
    gateways: [...[...parents.listeners, ...parents.tcpListeners].flatMap(gatewaysOf), ...ingresses.gateways],
    lists: [...gatewayLists(atGateways, read, oldest), ...meshLists, ...ingresses.lists],
    all: [...objects.all, ...ingresses.all],
    missingOf: missing.of,
    takingCalls: known.routes.filter(isForMesh),
    listeners: parents.listeners,
    attachments,
    openAt: openAt(objects.all, parents.listeners, missing),
    dropped: [...read].flatMap(([route, each]) =>
      each.kind === 'dropped' && (placed.has(route) || isForMesh(route)) ? [each.dropped] : [],
    ),
    unreached: [...read].flatMap(([route, each]) =>
      each.kind === 'rules' && placed.has(route) ? each.unreached : [],
    ),
    unattached: known.routes.filter(
      (route) => !placed.has(route) && !isForMesh(route) && missing.of(route).length === 0,
    ),
  }
}

/** One list for each listener and host text. */
function gatewayLists(
  attachments: readonly Attachment[],
  read: ReadonlyMap<Route, ReadRoute>,
  oldest: AssumedAges,
): readonly List[] {
  const byListener = Map.groupBy(attachments, ({ listener }) => listener)
  return [...byListener].flatMap(([listener, there]) =>
    [...Map.groupBy(there, ({ host }) => host)].map(([host, own]) => {
      const place = {
        name: listName(listener, host),
        holder: listener.parent,
        part: `${listener.name}, ${host}`,
        spec: {
          hosts: [host],
          gateways: [`${listener.parent.namespace ?? ''}/${generatedName(listener)}`],
        },
      }
      const matches = own.flatMap(({ route }) => {
        const found = read.get(route)
        return found?.kind === 'rules' ? found.matches : []
      })
      return listOf(place, matches, oldest)
    }),
  )
}
