import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ApiError, notFound } from '../access/api-error.ts'
import { requirePermission, visibleRepository } from '../access/permissions.ts'
import { type Caller, identify } from '../access/tokens.ts'
import type { Operation } from '../contract/operations.ts'
import { checkBody, checkQuery, documentationOf, responseFault } from '../contract/validation.ts'
import { GitError } from '../git/run.ts'
import type { Token } from '../state/app.ts'
import { type FaultEffect, takeFault } from '../state/faults.ts'
import type { Json } from '../state/json.ts'
import { apiBase, type World } from '../state/world.ts'
import type { Call, Reply, Route } from './call.ts'
import { hourlyAllowance } from './rate-limit.ts'
import { findRoute } from './router.ts'

const prefix = '/api/v3'

/** Whether a path belongs to the REST API. */
export function isApiPath(path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`)
}

function parseBody(text: string): Json {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json
  } catch {
    // Falls through to the refusal: GitHub has one answer to every body that is no JSON object.
  }
  throw new ApiError(400, 'Problems parsing JSON')
}

function tokenOf(caller: Caller): Token {
  if (caller.kind === 'token') return caller.token
  throw new ApiError(401, caller.kind === 'nobody' ? 'Requires authentication' : 'Bad credentials')
}

async function run(route: Route, call: Call, who: Caller): Promise<Reply> {
  const { world } = call
  if (route.kind === 'anybody') return route.run(call)
  if (route.kind === 'app') {
    if (who.kind !== 'app') throw new ApiError(401, 'A JSON web token could not be decoded')
    return route.run(call, who.app)
  }
  const token = tokenOf(who)
  if (route.kind === 'token') {
    if (route.permission !== undefined)
      requirePermission(world, token, { permission: route.permission, level: 'read' })
    return route.run({ ...call, token })
  }
  const repository = visibleRepository(world, token, `${call.path['owner']}/${call.path['repo']}`)
  requirePermission(world, token, { permission: route.permission, level: route.level, repository })
  return route.run({ ...call, token, repository })
}

function refusal(error: ApiError, operation: Operation | undefined): Reply {
  const documentation = operation ? documentationOf(operation) : 'https://docs.github.com/rest'
  return {
    status: error.status,
    body: {
      message: error.message,
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
      documentation_url: documentation,
      status: String(error.status),
    },
  }
}

/** A bug of ours is a 500 that the tests can see, never an answer that looks like GitHub's. */
function brokenContract(world: World, fault: string): Reply {
  world.contractViolations.push(fault)
  return { status: 500, body: { message: `The simulator broke GitHub's description: ${fault}` } }
}

async function answer(world: World, request: IncomingMessage, text: string): Promise<Reply> {
  const url = new URL(request.url ?? '/', world.origin)
  const method = request.method ?? 'GET'
  const match = findRoute(method, url.pathname.slice(prefix.length))
  const operation = match?.route.operation
  try {
    const who = identify(world, request.headers.authorization)
    if (!match || !operation) throw notFound()
    const query = checkQuery(operation, Object.fromEntries(url.searchParams))
    const body = parseBody(text)
    checkBody(operation, body)
    const accept = request.headers.accept ?? ''
    const call: Call = { world, url, accept, path: match.path, query, body }
    const reply = await run(match.route, call, who)
    const fault = reply.raw ? undefined : responseFault(operation, reply.status, reply.body)
    return fault === undefined ? reply : brokenContract(world, fault)
  } catch (error) {
    if (error instanceof ApiError) return refusal(error, operation)
    const detail = error instanceof GitError || error instanceof Error ? error.message : String(error)
    return brokenContract(world, `${operation ?? url.pathname}: ${detail}`)
  }
}

/** What becomes of a request: an answer, or a cut connection. */
export type Outcome = { readonly kind: 'reply'; readonly reply: Reply } | { readonly kind: 'cut' }

/** What becomes of a request that a fault strikes. */
export async function underFault(effect: FaultEffect, proper: () => Promise<Reply>): Promise<Outcome> {
  switch (effect.kind) {
    case 'respond': {
      const body = effect.body ?? { message: `Fault on demand: ${effect.status}` }
      return { kind: 'reply', reply: { status: effect.status, body, headers: effect.headers ?? {} } }
    }
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, effect.milliseconds))
      return { kind: 'reply', reply: await proper() }
    case 'commit-then-502':
      await proper()
      return { kind: 'reply', reply: { status: 502, body: { message: 'Server Error' } } }
    case 'disconnect':
      return { kind: 'cut' }
  }
}

function etagOf(body: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(body ?? ''))
  return `W/"${digest.digest('hex')}"`
}

function withHeaders(world: World, request: IncomingMessage, reply: Reply): Reply {
  const used = Math.min(hourlyAllowance, world.requests.filter(({ path }) => path !== '/graphql').length + 1)
  const etag = request.method === 'GET' && !reply.raw ? etagOf(reply.body) : undefined
  const headers = {
    'x-ratelimit-limit': String(hourlyAllowance),
    'x-ratelimit-used': String(used),
    'x-ratelimit-remaining': String(hourlyAllowance - used),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 3_600_000) * 3600),
    ...(etag === undefined ? {} : { etag }),
    ...reply.headers,
  }
  const unchanged = reply.status === 200 && etag !== undefined && request.headers['if-none-match'] === etag
  return unchanged ? { status: 304, headers } : { ...reply, headers }
}

/** Answers a request to the REST API and notes it. */
export async function handleApi(world: World, request: IncomingMessage, text: string): Promise<Outcome> {
  const url = new URL(request.url ?? '/', apiBase(world))
  const path = `${url.pathname.slice(prefix.length)}${url.search}`
  const method = request.method ?? 'GET'
  const effect = takeFault(world.faults, method, path)
  const proper = async () => withHeaders(world, request, await answer(world, request, text))
  const outcome: Outcome = effect
    ? await underFault(effect, proper)
    : { kind: 'reply', reply: await proper() }
  world.requests.push({ method, path, status: outcome.kind === 'cut' ? 0 : outcome.reply.status })
  return outcome
}
