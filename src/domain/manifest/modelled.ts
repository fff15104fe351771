import type { Gateway } from './gateway.ts'
import type { VirtualService } from './virtual-service.ts'

/** What is modelled: what routes requests, and what has an identity that somebody could take over. */
export type Modelled = VirtualService | Gateway
