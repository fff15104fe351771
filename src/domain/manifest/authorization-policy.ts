import type { Decoded } from './decoding/decoded.ts'
import type { authorizationPolicySpec } from './decoding/security-schema.ts'

/** `spec` of an AuthorizationPolicy in Istio's own JSON names, as the schema states it. */
export type AuthorizationPolicySpec = Decoded<typeof authorizationPolicySpec>

/** One rule: somebody of `from`, with something of `to`, under all of `when`. */
export type AccessRule = NonNullable<AuthorizationPolicySpec['rules']>[number]

/** What a client has to be. */
export type AccessSource = NonNullable<NonNullable<NonNullable<AccessRule['from']>[number]>['source']>

/** What a request has to be. */
export type AccessOperation = NonNullable<NonNullable<NonNullable<AccessRule['to']>[number]>['operation']>

/** What an attribute has to be. */
export type AccessCondition = NonNullable<AccessRule['when']>[number]

/** An AuthorizationPolicy as far as it could be decoded. */
export interface DecodedPolicy {
  readonly spec: AuthorizationPolicySpec
  /** Some of it is not as the schema has it: the API server drops it, or refuses the object. */
  readonly isIncomplete: boolean
}
