import type { AccessPolicy } from './access-policy.ts'

/** Why a request is refused, or perhaps is, before any route is asked. */
export interface Refusal {
  readonly isCertain: boolean
  /** `not-allowed`: some policies allow, and none of them this request. */
  readonly reason: 'denied' | 'not-allowed'
  readonly by: readonly AccessPolicy[]
}
