import type { Gateway } from '../../manifest/gateway.ts'
import { canonicalJson } from '../../manifest/json.ts'
import { identityOf } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { httpServersOf } from '../../routing/listeners/gateways.ts'
import type { Mesh } from '../../routing/snapshot.ts'

/** Where a Gateway listens on one port: pods, protocol and address. */
type Listening = string

/**
 * A Gateway (`ns/name`) that listens in plain HTTP on the very pods and port of another on a side where that one does not. All of them are
 * one listener, so that requests meet its tables there.
 */
export function listeningInstead(
  gateway: string,
  port: number | undefined,
  { there, here }: { readonly there: Mesh | undefined; readonly here: Mesh | undefined },
): string | undefined {
  if (port === undefined || there === undefined || here === undefined) return undefined
  const own = named(gateway, there).map((each) => listeningOn(port, each))
  const [listening] = own
  if (listening === undefined || own.length > 1) return undefined
  if (named(gateway, here).some((each) => mayListenOn(port, each))) return undefined
  const others = here.inForce.gateways.filter(
    (each) => listeningOn(port, each) === listening && named(identityOf(each), here).length === 1,
  )
  return others.map(identityOf).toSorted()[0]
}

function named(gateway: string, { inForce }: Mesh): readonly Gateway[] {
  return inForce.gateways.filter((each) => identityOf(each) === gateway)
}

function mayListenOn(port: number, { spec: { servers = [] } }: Gateway): boolean {
  return servers.some(({ port: own }) => typeof own?.number !== 'number' || own.number === port)
}

/** Undefined where all of it is not known, or TLS may choose among servers. */
function listeningOn(port: number, gateway: Gateway): Listening | undefined {
  const { servers = [], selector = {} } = gateway.spec
  const written = servers.filter((server) => mayListenOn(port, { ...gateway, spec: { servers: [server] } }))
  const plain = httpServersOf(gateway).filter((server) => server.plain && server.port === port)
  if (plain.length === 0 || plain.length < written.length) return undefined
  const all = new Set(
    plain.map(({ server }) =>
      canonicalJson([selector, (server.port?.protocol ?? '').toUpperCase(), server.bind ?? '']),
    ),
  )
  const [only = '?'] = all
  return all.size > 1 || isUnknown(only) ? undefined : only
}
