import type { Decoded } from './decoding/decoded.ts'
import {
  gatewayClassSpec,
  grpcRouteSpec,
  httpRouteSpec,
  kubernetesGatewaySpec,
  listenerSetSpec,
  referenceGrantSpec,
} from './decoding/gateway-api-schema.ts'
import type { MessageType } from './decoding/message.ts'
import { versionOf } from './kinds/api-versions.ts'
import { groupOf } from './kinds/deciding-groups.ts'
import { gatewayApiGroup } from './kinds/gateway-api-names.ts'
import type { UnmodelledResource } from './resource.ts'

type HttpRouteSpec = Decoded<typeof httpRouteSpec>
type GrpcRouteSpec = Decoded<typeof grpcRouteSpec>
type KubernetesGatewaySpec = Decoded<typeof kubernetesGatewaySpec>
type ListenerSetSpec = Decoded<typeof listenerSetSpec>
type ReferenceGrantSpec = Decoded<typeof referenceGrantSpec>
type GatewayClassSpec = Decoded<typeof gatewayClassSpec>

interface KnownKind {
  readonly spec: MessageType
  readonly versions: readonly string[]
}

const kinds: ReadonlyMap<string, KnownKind> = new Map([
  ['HTTPRoute', { spec: httpRouteSpec, versions: ['v1', 'v1beta1'] }],
  ['GRPCRoute', { spec: grpcRouteSpec, versions: ['v1'] }],
  ['Gateway', { spec: kubernetesGatewaySpec, versions: ['v1', 'v1beta1'] }],
  ['ListenerSet', { spec: listenerSetSpec, versions: ['v1'] }],
  ['ReferenceGrant', { spec: referenceGrantSpec, versions: ['v1', 'v1beta1'] }],
  ['GatewayClass', { spec: gatewayClassSpec, versions: ['v1', 'v1beta1'] }],
])

/** How an object of the Gateway API is decoded, where its kind and version are known. */
export function gatewayApiSchema(apiVersion: string, kind: string): MessageType | undefined {
  const known = groupOf(apiVersion) === gatewayApiGroup ? kinds.get(kind) : undefined
  return known?.versions.includes(versionOf(apiVersion)) === true ? known.spec : undefined
}

/** Whether an object is of a kind whose meaning is known here, whatever its version. */
export function isOfGatewayApi({
  apiVersion,
  kind,
}: Pick<UnmodelledResource, 'apiVersion' | 'kind'>): boolean {
  return groupOf(apiVersion) === gatewayApiGroup && kinds.has(kind)
}

interface Specs {
  readonly HTTPRoute: HttpRouteSpec
  readonly GRPCRoute: GrpcRouteSpec
  readonly Gateway: KubernetesGatewaySpec
  readonly ListenerSet: ListenerSetSpec
  readonly ReferenceGrant: ReferenceGrantSpec
  readonly GatewayClass: GatewayClassSpec
}

/** An object of the Gateway API that its schema takes. */
export type Specified<Kind extends keyof Specs> = UnmodelledResource & {
  readonly kind: Kind
  readonly decoded: Specs[Kind]
}

/** The objects of one kind that their schema takes as a whole. */
export function specified<Kind extends keyof Specs>(
  all: readonly UnmodelledResource[],
  kind: Kind,
): readonly Specified<Kind>[] {
  return all.filter(
    (each): each is Specified<Kind> =>
      each.kind === kind && isOfGatewayApi(each) && each.decoded !== undefined,
  )
}
