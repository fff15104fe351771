import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import {
  canShareAPod,
  haveOneSelector,
  httpServersOf,
  isOnPodsWith,
  labelsOfPods,
} from '../../routing/listeners/gateways.ts'
import { allGatewaysOf } from '../../routing/meshes/all-gateways.ts'
import type { Mesh } from '../../routing/snapshot.ts'

/** How a Gateway listens on one port: protocol and address. */
type Manner = string

interface Asked {
  readonly port: number
  readonly there: Mesh
  readonly here: Mesh
}

/**
 * A Gateway (`ns/name`) that listens in plain HTTP on the pods and port of another on a side where that one does not. All of them are
 * one listener, so that requests meet its tables there.
 */
export function listeningInstead(
  gateway: string,
  port: number | undefined,
  sides: AbsentSides,
): string | undefined {
  const { surely, taken } = othersThere(gateway, port, sides)
  return [surely, taken].map(firstByName).find((name) => name !== '')
}

/** Where nobody listens instead for all that is known: who perhaps does, since it comes to perhaps the same pods with the same change. */
export function perhapsListeningInstead(
  gateway: string,
  port: number | undefined,
  sides: AbsentSides,
): readonly Gateway[] {
  const { surely, taken, perhaps } = othersThere(gateway, port, sides)
  return surely.length + taken.length > 0 ? [] : perhaps
}

/**
 * Who listens alike where a Gateway listened before it moved to other pods, or where it listens since: requests that come to those pods
 * are theirs on one side, so that what the Gateway answers on both sides is not answered to the same requests.
 */
export function besideMoved(
  gateway: string,
  port: number | undefined,
  { there, here }: AbsentSides,
): readonly Gateway[] {
  if (port === undefined || there === undefined || here === undefined) return []
  const [own, ...copies] = named(gateway, there)
  const now = named(gateway, here)
  if (own === undefined || copies.length > 0 || now.some((each) => canShareAPod(own, each))) return []
  if (!now.some((each) => mayListenOn(port, each))) return []
  return allGatewaysOf(here).filter((each) => listensAlike(own, each, port) && canShareAPod(own, each))
}

/** A side where the Gateway is, and one where it is perhaps not. */
interface AbsentSides {
  readonly there: Mesh | undefined
  readonly here: Mesh | undefined
}

interface Others {
  readonly surely: readonly Gateway[]
  readonly taken: readonly Gateway[]
  readonly perhaps: readonly Gateway[]
}

const nobody: Others = { surely: [], taken: [], perhaps: [] }

function othersThere(gateway: string, port: number | undefined, { there, here }: AbsentSides): Others {
  if (port === undefined || there === undefined || here === undefined) return nobody
  const [own, ...copies] = named(gateway, there)
  if (own === undefined || copies.length > 0) return nobody
  if (named(gateway, here).some((each) => mayListenOn(port, each))) return nobody
  const others = allGatewaysOf(here).filter(
    (each) =>
      listensAlike(own, each, port) && canShareAPod(own, each) && named(identityOf(each), here).length === 1,
  )
  const isSurelyThere = (other: Gateway) =>
    haveOneSelector(own, other) || isOnPodsWith(labelsOfPods(own), other)
  return {
    surely: others.filter(isSurelyThere),
    taken: others.filter((each) => isTakenToShare(own, each, { port, there, here })),
    perhaps: here.listeners.pods === 'shared' ? others.filter((each) => canShareAPod(own, each)) : [],
  }
}

/** Where Gateways that may be on the same pods are taken to be; only of two that stand side by side the other way is tried, too. */
function isTakenToShare(own: Gateway, other: Gateway, { port, there, here }: Asked): boolean {
  if (here.listeners.pods !== 'shared' || !canShareAPod(own, other)) return false
  const [same, ...copies] = named(identityOf(other), there)
  return (
    same !== undefined && copies.length === 0 && haveOneSelector(same, other) && listensAlike(same, own, port)
  )
}

function firstByName(gateways: readonly Gateway[]): string {
  return gateways.map(identityOf).toSorted()[0] ?? ''
}

function listensAlike(a: Gateway, b: Gateway, port: number): boolean {
  const manner = mannerOf(port, a)
  return manner !== undefined && manner === mannerOf(port, b)
}

function named(gateway: string, mesh: Mesh): readonly Gateway[] {
  return allGatewaysOf(mesh).filter((each) => identityOf(each) === gateway)
}

function mayListenOn(port: number, { spec: { servers = [] } }: Gateway): boolean {
  return servers.some(({ port: own }) => typeof own?.number !== 'number' || own.number === port)
}

/** Undefined where all of it is not known, or TLS may choose among servers. */
function mannerOf(port: number, gateway: Gateway): Manner | undefined {
  const { servers = [], selector = {} } = gateway.spec
  const written = servers.filter((server) => mayListenOn(port, { ...gateway, spec: { servers: [server] } }))
  const plain = httpServersOf(gateway).filter((server) => server.plain && server.port === port)
  if (plain.length === 0 || plain.length < written.length) return undefined
  const all = new Set(
    plain.map(({ server }) =>
      canonicalJson([(server.port?.protocol ?? '').toUpperCase(), server.bind ?? '']),
    ),
  )
  const [only = '?'] = all
  return all.size > 1 || isUnknown(only) || isUnknown(canonicalJson(selector)) ? undefined : only
}
