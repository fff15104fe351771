import type { Mistake } from '../../../source/diagnostic.ts'
import { features } from '../../istio-features.ts'
import type { IstioVersion } from '../../istio-version.ts'
import { type ValidationFaultCode, validationFault } from '../validation-fault.ts'

/** A token, and the comma: Istio writes the class with `+-.`, which is a range. */
const token = /^[!#$%&'*+,\-.^_`|~A-Za-z0-9]+$/
const plainName = /^[-_A-Za-z0-9]+$/
const pseudoHeaders = new Set([':method', ':scheme', ':authority', ':path', ':status'])
const claims = '@request.auth.claims'

/** Whether a header key stands for a JWT claim: `@request.auth.claims.x` or `@request.auth.claims[x][y]`. */
export function isJwtClaim(name: string): boolean {
  if (!name.toLowerCase().startsWith(claims)) return false
  const rest = name.slice(claims.length)
  return (
    (rest.startsWith('.') && rest.length > 1) ||
    (rest.startsWith('[') && rest.endsWith(']') && rest.length > 2)
  )
}

/** Why a header cannot be matched by this name (Istio `ValidateHTTPHeaderNameOrJwtClaimRoute`), or nothing. */
export function matchHeaderProblem(
  name: string,
  version: IstioVersion,
): Mistake<ValidationFaultCode> | undefined {
  if (name === '') return validationFault('header-empty', [])
  if (isJwtClaim(name)) return undefined
  const isKnown = features(version).headerNamesAreTokens
    ? pseudoHeaders.has(name) || token.test(name)
    : plainName.test(name)
  return isKnown ? undefined : validationFault('header', [name])
}

/** Why CORS cannot name this header, or nothing. `*` stands for all. */
export function corsHeaderProblem(name: string): Mistake<ValidationFaultCode> | undefined {
  if (name === '') return validationFault('header-empty', [])
  return name === '*' || token.test(name) ? undefined : validationFault('header', [name])
}

/** Whether the name stands for the request's authority. */
export function isAuthorityHeader(name: string): boolean {
  return name.toLowerCase() === ':authority' || name.toLowerCase() === 'host'
}

/** Why a header of this name cannot be added, set or removed, or nothing; some operations may set the authority. */
export function headerOperationProblem(
  name: string,
  authority: 'may-be-set' | 'is-fixed',
): Mistake<ValidationFaultCode> | undefined {
  if (name === '') return validationFault('header-empty', [])
  if (isAuthorityHeader(name) && authority === 'may-be-set') return undefined
  if (name.toLowerCase() === 'host') return validationFault('header-host', [])
  return name.startsWith(':') ? validationFault('header-colon', [name]) : undefined
}
