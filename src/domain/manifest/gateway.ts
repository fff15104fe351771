import type { Decoded } from './decoding/decoded.ts'
import type { gatewaySpec } from './decoding/istio-schema.ts'
import type { Resource } from './resource.ts'

/** networking.istio.io Gateway in Istio's own JSON names, as the schema states it. */
export interface Gateway extends Resource {
  readonly kind: 'Gateway'
  readonly spec: GatewaySpec
  /** The pods of one that the control plane made of a Kubernetes Gateway; absent of what is written itself. */
  readonly pods?: GatewayPods
}

/** Where the pods of a Gateway run, as far as its selector does not say it. */
export interface GatewayPods {
  readonly namespace: string
  /** They are made for it, and take Istio's own Gateways of their namespace alone (strict merging). */
  readonly managed: boolean
  /** Of such pods all labels, but for those that only a cluster knows. */
  readonly labels?: Readonly<Record<string, string>>
}

/** Which pods it configures, and what they listen for. */
export type GatewaySpec = Decoded<typeof gatewaySpec>

/** One listener; the namespace before the slash of a host says whose VirtualServices may bind to it. */
export type Server = NonNullable<GatewaySpec['servers']>[number]

/** The port of a listener; its protocol decides whether it carries http. */
export type ServerPort = NonNullable<Server['port']>
