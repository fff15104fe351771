import {
  type AccessFacts,
  accessAt,
  admitting,
  type DoorAccess,
  type MeshAccess,
} from '../../access/applied-policies.ts'
import type { PodsWanted } from '../../access/gateway-pods.ts'
import type { Gateway } from '../../manifest/gateway.ts'
import { identityOf } from '../../manifest/names.ts'
import type { IstioSettings } from '../istio-settings.ts'
import { canShareAPod } from './gateways.ts'

/** A mesh without policies. */
export const noPolicies: MeshAccess = {
  policies: [],
  facts: (): AccessFacts => ({ rootNamespaces: [], mayHaveTokens: false, workloads: [], services: [] }),
}

/** Whom the policies of a mesh refuse at a gateway (`ns/name`, or `mesh`) on a port, or on any. */
export type AccessAt = (gateway: string, port: number | undefined) => DoorAccess

/** Without policies nobody is refused. */
export const admittingAll: AccessAt = () => admitting

/** Modes of TLS in which a client shows who it is. */
const modesWithCertificates = new Set(['MUTUAL', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'])

/** Policies are worked out for gateways alone: what they do to sidecars is not modelled. */
export function accessAtGateways(
  access: MeshAccess,
  gateways: readonly Gateway[],
  { gatewayNamespaces }: Pick<IstioSettings, 'gatewayNamespaces'>,
): AccessAt {
  const known = new Map<string, DoorAccess>()
  return (name, port) => {
    if (name === 'mesh' || access.policies.length === 0) return admitting
    const key = JSON.stringify([name, port])
    const found = known.get(key)
    if (found !== undefined) return found
    const own = gateways.filter((each) => identityOf(each) === name)
    const door = {
      gateway: name,
      pods: own.map(wantedBy),
      ...(port !== undefined && { port }),
      ...clientsAt(own, gateways, port),
    }
    const worked = accessAt(door, access, gatewayNamespaces)
    known.set(key, worked)
    return worked
  }
}

function wantedBy({ spec, namespace, pods }: Gateway): PodsWanted {
  return {
    selector: { ...spec.selector },
    ...(namespace !== undefined && { namespace }),
    ...(pods && { pods }),
  }
}

/** What may be known of clients on a port of the pods of a Gateway; of one that is not here, anything. */
function clientsAt(
  own: readonly Gateway[],
  gateways: readonly Gateway[],
  port: number | undefined,
): { readonly mayHaveCertificates: boolean; readonly maySpeakTls: boolean } {
  if (own.length === 0) return { mayHaveCertificates: true, maySpeakTls: true }
  const servers = gateways
    .filter((each) => own.some((one) => canShareAPod(each, one)))
    .flatMap(({ spec }) => spec.servers ?? [])
    .filter((server) => isOnPort(server.port?.number, port))
  const speaking = servers.filter(({ tls }) => tls !== undefined && tls.httpsRedirect !== true)
  return {
    maySpeakTls: speaking.length > 0,
    mayHaveCertificates: speaking.some(({ tls }) => modesWithCertificates.has(tls?.mode ?? '')),
  }
}

function isOnPort(own: number | string | undefined, port: number | undefined): boolean {
  return port === undefined || typeof own !== 'number' || own === port
}
