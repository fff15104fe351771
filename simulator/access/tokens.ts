import { randomBytes, verify } from 'node:crypto'
import type { Account } from '../state/accounts.ts'
import type { App, Installation, Permissions, Token } from '../state/app.ts'
import type { World } from '../state/world.ts'
import { ApiError } from './api-error.ts'

/** Who sent a request: an App with its JWT, somebody with an access token, or nobody. */
export type Caller =
  | { readonly kind: 'app'; readonly app: App }
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'nobody' }

const longestLife = 10 * 60
/** GitHub allows clocks to differ by a minute ("Generating a JWT for a GitHub App"). */
const clockDrift = 60

function decodePart(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  } catch {
    throw new ApiError(401, 'A JSON web token could not be decoded')
  }
}

function checkTimes(claims: Record<string, unknown>, now: number): void {
  const { iat, exp } = claims
  if (typeof exp !== 'number') throw new ApiError(401, "Missing 'expiration time' claim ('exp')")
  if (typeof iat !== 'number') throw new ApiError(401, "Missing 'issued at' claim ('iat')")
  if (iat > now + clockDrift)
    throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time in the past")
  if (exp <= now) throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the past")
  if (exp > now + longestLife + clockDrift || exp - iat > longestLife + clockDrift)
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future")
}

/** The App that signed a JWT: RS256, at most ten minutes long, issued in the past. */
function verifyAppToken(world: World, jwt: string, now = Date.now() / 1000): App {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  if (decodePart(header)['alg'] !== 'RS256') throw new ApiError(401, 'A JSON web token could not be decoded')
  const claims = decodePart(payload)
  if (String(claims['iss']) !== String(world.app.id))
    throw new ApiError(401, "'Issuer' claim ('iss') must be an Integer")
  const signed = Buffer.from(`${header}.${payload}`)
  const valid = verify('RSA-SHA256', signed, world.app.publicKey, Buffer.from(signature, 'base64url'))
  if (!valid) throw new ApiError(401, 'A JSON web token could not be decoded')
  checkTimes(claims, now)
  return world.app
}

function credentials(authorization: string): string {
  const [scheme = '', value = ''] = authorization.split(/\s+/, 2)
  if (scheme.toLowerCase() !== 'basic') return value
  return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':')
}

/** Reads the Authorization header: `Bearer` or `token`, and for Git the password of basic authentication. */
export function identify(world: World, authorization: string | undefined): Caller {
  if (authorization === undefined) return { kind: 'nobody' }
  const value = credentials(authorization)
  if (value.split('.').length === 3 && !world.tokens.has(value))
    return { kind: 'app', app: verifyAppToken(world, value) }
  const token = world.tokens.get(value)
  if (!token) throw new ApiError(401, 'Bad credentials')
  if (token.kind === 'installation' && token.expiresAt <= Date.now())
    throw new ApiError(401, 'Bad credentials')
  return { kind: 'token', token }
}

/** What an installation token may be narrowed to. */
export interface TokenScope {
  readonly permissions?: Permissions
  readonly repositories?: ReadonlySet<number>
}

/** Makes an installation token of an hour's life; asking for more than was granted is refused. */
export function createInstallationToken(
  world: World,
  installation: Installation,
  scope: TokenScope,
): { readonly token: string; readonly granted: Extract<Token, { kind: 'installation' }> } {
  if (installation.suspendedAt !== undefined) throw new ApiError(403, 'This installation has been suspended')
  for (const [permission, level] of Object.entries(scope.permissions ?? {})) {
    const granted = installation.permissions[permission]
    if (granted !== 'write' && granted !== level)
      throw new ApiError(422, 'The permissions requested are not granted to this installation.')
  }
  const token = `ghs_${world.app.id}_${randomBytes(24).toString('base64url')}`
  const granted = {
    kind: 'installation' as const,
    installation,
    permissions: { ...(scope.permissions ?? installation.permissions), metadata: 'read' as const },
    ...(scope.repositories === undefined ? {} : { repositories: scope.repositories }),
    expiresAt: Math.floor(Date.now() / 1000) * 1000 + 3_600_000,
  }
  world.tokens.set(token, granted)
  return { token, granted }
}

/** Makes a personal access token of a user: for what people, not Apps, do through the API. */
export function createUserToken(world: World, account: Account): string {
  const token = `ghp_${randomBytes(24).toString('base64url')}`
  world.tokens.set(token, { kind: 'user', account })
  return token
}

/** The account that a token acts as. */
export function actorOf(token: Token): Account {
  return token.kind === 'user' ? token.account : token.installation.app.bot
}
