import type { Gateway, Server } from '../../manifest/gateway.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { memoized } from '../../source/memoized.ts'
import type { OwnServer } from './server-duplicates.ts'

/** How a server shares its port: those of HTTP are one listener, those of TLS are told apart by name, any other has it alone. */
type Sharing = 'http' | 'tls' | 'alone'

const protocolsOfHttp = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY'])

/** Undefined where another tool fills the protocol in: it stands beside anything. */
function sharingOf({ port, tls }: Server): Sharing | undefined {
  const protocol = (port?.protocol ?? '').toUpperCase()
  if (isUnknown(protocol)) return undefined
  if (protocolsOfHttp.has(protocol)) return 'http'
  return tls === undefined ? 'alone' : 'tls'
}

interface Plain {
  readonly sharing: Sharing
  readonly bind: string
}

/**
 * The servers on one port of some pods, in the order in which Istio reads them, without those that it drops for their protocol
 * (`MergeGateways`): the first says whether names of TLS tell servers apart there. Once one is plain, of all that follow on its address
 * those for HTTP alone are taken, and none of them where it is not for HTTP itself.
 */
export function withoutConflicts<T extends OwnServer>(inOrder: readonly T[]): readonly T[] {
  const listeners = new Set<string>()
  let plain: Plain | undefined
  return inOrder.filter(({ server }) => {
    const sharing = sharingOf(server)
    if (sharing === undefined) return true
    const bind = server.bind ?? ''
    const listener = JSON.stringify([server.port?.protocol, bind])
    const isShared = plain?.bind === bind
    if (isShared && !(plain?.sharing === 'http' && sharing === 'http')) return false
    const isAnother = plain === undefined || (!isShared && !listeners.has(listener))
    if (isAnother && sharing !== 'tls') plain = { sharing, bind }
    listeners.add(listener)
    return true
  })
}

/** Whether two servers on one port and address are such that one drops the other if it is read first. */
export function areInConflict(a: Server, b: Server): boolean {
  const [one, other] = [sharingOf(a), sharingOf(b)]
  if (one === undefined || other === undefined || (a.bind ?? '') !== (b.bind ?? '')) return false
  return one !== other
}

/** The servers on each port where not all share it in one manner; those on other ports are never in conflict. */
export const serversOnMixedPorts = memoized(
  (gateways: readonly Gateway[]): ReadonlyMap<number, readonly OwnServer[]> =>
    new Map([...serversByPort(gateways)].filter(([, there]) => isMixed(there))),
)

/** The servers on each port that is known. */
export function serversByPort(gateways: readonly Gateway[]): ReadonlyMap<number, readonly OwnServer[]> {
  const all = gateways.flatMap((gateway) =>
    (gateway.spec.servers ?? []).flatMap((server) => {
      const number = server.port?.number
      return typeof number === 'number' ? [{ gateway, server, number }] : []
    }),
  )
  return Map.groupBy(all, ({ number }) => number)
}

function isMixed(there: readonly OwnServer[]): boolean {
  return new Set(there.flatMap(({ server }) => sharingOf(server) ?? [])).size > 1
}
