import type { Gateway } from './gateway.ts'
import type { VirtualService } from './virtual-service.ts'

/** What is modelled: what routes requests, and what has an identity that somebody could take over. */
export type Modelled = VirtualService | Gateway

/** Everything that is modelled of a side, a mesh or a cluster. */
export function modelledIn({
  virtualServices,
  gateways,
}: {
  readonly virtualServices: readonly VirtualService[]
  readonly gateways: readonly Gateway[]
}): readonly Modelled[] {
  return [...virtualServices, ...gateways]
}
