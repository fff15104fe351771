import type { KeyObject } from 'node:crypto'
import type { Account } from './accounts.ts'
import type { Json } from './json.ts'

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
  suspendedAt?: string
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

/** What an App shall be, as its future owner has consented to it. */
export interface ConsentedManifest {
  readonly name: string
  readonly owner: Account
  readonly manifest: Json
  /** Milliseconds since 1970. */
  readonly at: number
}
