import type { KeyObject } from 'node:crypto'
import type { Account, Organization, Team } from './accounts.ts'
import type { Delivery, DeliveryFault } from './deliveries.ts'
import type { Fault, LoggedRequest } from './faults.ts'
import type { Repository } from './repository.ts'

/** An App registered here; the simulator's user owns one, others exist to be told apart from it. */
export interface App {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly bot: Account
  readonly publicKey: KeyObject
  readonly permissions: Permissions
  readonly events: readonly string[]
  readonly createdAt: string
}

/** What a token may do, in GitHub's names: `{ checks: 'write', contents: 'read' }`. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>

/** An App on an account; `without` lists the repositories that it was not given. */
export interface Installation {
  readonly id: number
  readonly app: App
  readonly account: Account
  readonly without: Set<number>
  readonly createdAt: string
  permissions: Permissions
}

/** Whoever stands behind an access token. */
export type Token =
  | {
      readonly kind: 'installation'
      readonly installation: Installation
      readonly permissions: Permissions
      readonly repositories?: ReadonlySet<number>
      readonly expiresAt: number
    }
  | { readonly kind: 'user'; readonly account: Account }

/** GitHub's documented limits, lowered by tests that want to meet them. */
export interface Limits {
  readonly treeEntries: number
  readonly pullRequestFiles: number
  readonly compareFiles: number
  readonly patchBytes: number
  readonly patchLines: number
  readonly deliveryTimeout: number
}

/** Everything the simulated GitHub knows. Mutable on purpose: it is the one place where state lives. */
export interface World {
  readonly folder: string
  readonly app: App
  readonly webhookSecret: string
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

/** GitHub's own figures (REST reference: git trees, pulls, compare; "Repository limits"; webhooks). */
export const githubLimits: Limits = {
  treeEntries: 100_000,
  pullRequestFiles: 3000,
  compareFiles: 300,
  patchBytes: 500_000,
  patchLines: 20_000,
  deliveryTimeout: 10_000,
}

/** The key under which a name is stored: GitHub compares logins, slugs and repository names without case. */
export function nameKey(name: string): string {
  return name.toLowerCase()
}

/** Base of the REST API: below `/api/v3`, as on a GitHub Enterprise Server. */
export function apiBase(world: World): string {
  return `${world.origin}/api/v3`
}

/** An opaque global id; GitHub's are base64 of type and number too. */
export function nodeId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64')
}
