import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { RouteTable } from '../../routing/route-table.ts'

/** A host, and what its requests meet on both sides. */
export interface MetHost {
  readonly host: string
  /** The Gateways that the tables of each side are of. */
  readonly names: Readonly<Record<'base' | 'merged', string>>
  /** The tables that its requests meet, the most special first: more than one only where clients pass one by. */
  readonly base: readonly RouteTable[]
  readonly merged: readonly RouteTable[]
  /** Absent where TLS is asked for the host itself, or nobody speaks it. */
  readonly connections?: ConnectionsOf
}

/** A host, and the Gateway that it is told of. */
export interface ToldHost {
  readonly teller: string
  readonly target: MetHost
}

/**
 * Connections that were opened for another name than the host of a request: HTTP/2 reuses one for every host that its certificate
 * is good for. Envoy looks for the host among the routes of the server that the name picked.
 */
export interface ConnectionsOf {
  /**
   * The most special names of servers, wildcards included, that the names asked for fall to. Where the host meets the same on
   * connections of several they stand together; equal lists are one object.
   */
  readonly names: readonly string[]
  /** Names that fall to any other of these fall to none of the above. */
  readonly among: readonly string[]
  /** The Gateways (`ns/name`) whose servers take them after the merge. */
  readonly gateways: readonly string[]
  /** Whether the certificate that they get after the merge is taken to be good for the host, too. */
  readonly areReused: boolean
  /** Who answers the host on the base side where TLS is asked for it. */
  readonly holders: readonly VirtualService[]
  /** The Gateway that tells what happens to those requests. */
  readonly teller: string | undefined
}

/** What a host meets at one server. */
export interface Met {
  readonly gateway: string
  readonly tables: readonly RouteTable[]
}
