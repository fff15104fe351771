import type { Account, Organization, Team } from './accounts.ts'
import type { App, ConsentedManifest, Installation, Token } from './app.ts'
import type { Delivery, DeliveryFault } from './deliveries.ts'
import type { Fault, LoggedRequest } from './faults.ts'
import type { Limits } from './limits.ts'
import type { Repository } from './repository.ts'

/** Everything the simulated GitHub knows. Mutable on purpose: it is the one place where state lives. */
export interface World {
  readonly folder: string
  /** The one that is registered last. */
  app: App
  webhookSecret: string
  /** Manifests whose owner has consented, by the code that stands for each until it is taken. */
  readonly manifestCodes: Map<string, ConsentedManifest>
  readonly limits: Limits
  readonly accounts: Map<string, Account>
  readonly organizations: Map<string, Organization>
  readonly teams: Team[]
  readonly repositories: Map<string, Repository>
  readonly installations: Installation[]
  readonly tokens: Map<string, Token>
  readonly deliveries: Delivery[]
  readonly deliveryFaults: DeliveryFault[]
  readonly underWay: Set<Promise<void>>
  readonly faults: Fault[]
  readonly requests: LoggedRequest[]
  /** Responses of ours that broke GitHub's description: always a bug of the simulator. */
  readonly contractViolations: string[]
  readonly now: () => string
  readonly nextId: () => number
  origin: string
  webhookUrl?: string
}

/** Base of the REST API: below `/api/v3`, as on a GitHub Enterprise Server. */
export function apiBase(world: World): string {
  return `${world.origin}/api/v3`
}
