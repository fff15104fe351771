import type { Located } from '../source/located.ts'
import type { JsonObject } from './json.ts'
import type { Unknown } from './placeholders.ts'
import type { Resource } from './resource.ts'

/** networking.istio.io Gateway in Istio's own JSON names (istio/api `networking/v1alpha3/gateway.proto`). */
export interface Gateway extends Resource {
  readonly kind: 'Gateway'
  readonly spec: GatewaySpec
}

/** Which pods it configures, and what they listen for. */
export interface GatewaySpec extends Located {
  readonly selector?: Readonly<Record<string, string>>
  readonly servers?: readonly Server[]
}

/** One listener; the namespace before the slash of a host says whose VirtualServices may bind to it. */
export interface Server extends Located {
  readonly name?: string
  readonly port?: ServerPort
  readonly bind?: string
  readonly hosts?: readonly string[]
  readonly tls?: JsonObject
  readonly defaultEndpoint?: string
}

/** The port of a listener; its protocol decides whether it carries http. */
export interface ServerPort extends Located {
  readonly number?: number | Unknown
  readonly name?: string
  readonly protocol?: string
  readonly targetPort?: number
}
