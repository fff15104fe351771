import { ProbotOctokit } from 'probot'
import type { Allowance, Observe } from '../app/observer.ts'
import { statusOf } from '../app/status-of.ts'
import { budgets } from '../domain/budgets.ts'
import { createLocalLedger, type Ledger, unlimited } from './pacing/ledger.ts'
import { createPacer, type Pacer, type Send } from './pacing/pacer.ts'

/** An Octokit that is authenticated as one installation of the App, or as the App itself. */
export type GitHubClient = InstanceType<typeof ProbotOctokit>

/** What asks GitHub, whoever it speaks for. */
export type RestClient = Pick<GitHubClient, 'rest' | 'paginate' | 'graphql'>

/** A client, and the App that it speaks for. */
export interface AppClient {
  readonly client: GitHubClient
  readonly appId: number
}

export interface ClientOptions {
  /**
   * `github` keeps to the pace that GitHub asks of integrators and waits out its limits; `unlimited` is for a
   * server that has none.
   */
  readonly pace: 'github' | 'unlimited'
  /** Is told of every answer, and of what may still be asked. */
  readonly observe?: Observe
  /** Where several servers keep to the pace together; absent: this process does by itself. */
  readonly ledger?: Ledger
}

/** Probot pins no version, and the default of GitHub may move. */
const apiVersion = '2022-11-28'

/** Longer than this a job shall not be held; it fails and is run again later. */
const longestWait = budgets.longestWait.size

const pinApiVersion: Parameters<typeof ProbotOctokit.plugin>[0] = (octokit) => {
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] ??= apiVersion
  })
}

/** The installation that a client speaks for; 0 is the App itself. */
function installationOf(auth: unknown): number {
  if (typeof auth !== 'object' || auth === null || !('installationId' in auth)) return 0
  return Number(auth.installationId)
}

/** Undefined where the server has no limits. */
function allowanceIn(headers: Headers, installation: number): Allowance | undefined {
  const left = headers.get('x-ratelimit-remaining')
  const resets = headers.get('x-ratelimit-reset')
  if (left === null || resets === null) return undefined
  const resource = headers.get('x-ratelimit-resource') ?? 'core'
  return { installation, resource, left: Number(left), resets: Number(resets) * 1000 }
}

/** Tells of every request as it goes over the wire, those that are tried again, too. */
function observedFetch(observe: Observe, installation: number, pacer: Pacer): Send {
  const send = pacer.fetchAs(installation)
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const api = url.endsWith('/graphql') ? 'graphql' : 'rest'
    try {
      const response = await send(input, init)
      observe({ kind: 'call', api, status: response.status })
      const allowance = allowanceIn(response.headers, installation)
      if (allowance !== undefined) observe({ kind: 'allowance', ...allowance })
      return response
    } catch (error) {
      observe({ kind: 'call', api, status: undefined })
      throw error
    }
  }
}

/** A lane of Octokit's throttle in which nothing waits. */
const open = {
  key: () => ({
    schedule: <T extends readonly unknown[], R>(_options: object, send: (...given: T) => R, ...given: T): R =>
      send(...given),
  }),
}

/** What of a client's options is read here. */
interface Instance {
  readonly throttle?: { readonly enabled?: boolean }
  readonly request?: object
  readonly auth?: unknown
}

/**
 * The client that Probot is to make its instances of. Use it through `probot.auth(installation)`: the client of an
 * event is paced as the App itself.
 */
export function createClientClass({
  pace,
  observe = () => undefined,
  ledger = createLocalLedger(),
}: ClientOptions): typeof ProbotOctokit {
  const pacer = createPacer(pace === 'github' ? ledger : unlimited)
  // Only the function form wins over the handlers that Probot itself installs.
  return ProbotOctokit.plugin(pinApiVersion).defaults((instance: Instance) => ({
    ...instance,
    request: {
      ...instance.request,
      fetch: observedFetch(observe, installationOf(instance.auth), pacer),
      // It is when it comes here.
      parseSuccessResponseBody: false,
    },
    retry: {
      enabled: pace === 'github',
      // 429 belongs to the throttle, which honours `retry-after`.
      doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    },
    throttle: {
      ...instance.throttle,
      // It is to wait out limits alone: its own lanes know nothing of what is urgent, and of no other server.
      ...{ global: open, auth: open, search: open, write: open, notifications: open },
      enabled: pace === 'github' && instance.throttle?.enabled !== false,
      onRateLimit: (wait: number, _options: object, _client: object, tried: number) =>
        tried < 2 && wait <= longestWait,
      onSecondaryRateLimit: (wait: number, _options: object, _client: object, tried: number) =>
        tried < 2 && wait <= longestWait,
    },
  })) as typeof ProbotOctokit
}

/** Whether GitHub may well take later what it does not take now: it is in trouble, or a limit is used up. */
export function mayPass(error: unknown): boolean {
  return (statusOf(error) ?? 0) >= 500 || isLimit(error)
}

/** What Octokit throws. */
interface Refusal {
  readonly response?: {
    readonly headers?: Readonly<Record<string, string | number | undefined>>
    readonly data?: { readonly errors?: GraphErrors }
  }
  readonly errors?: GraphErrors
}

type GraphErrors = readonly { readonly type?: string }[]

/** Whether a limit is used up. GitHub refuses with 403 what is not allowed, and what is too much at present; over GraphQL it says so in an answer of status 200. */
export function isLimit(error: unknown): boolean {
  const status = statusOf(error) ?? 0
  if (status === 429) return true
  const { response, errors = response?.data?.errors ?? [] } = (error ?? {}) as Refusal
  if (errors.some(({ type }) => type === 'RATE_LIMITED')) return true
  const { headers = {} } = response ?? {}
  return (
    status === 403 &&
    (headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0')
  )
}

/** How GitHub answers about a commit that nobody can reach any more, which it forgets after a while. */
export const goneCommit: readonly number[] = [404, 422]

/** What the request gives, or undefined where GitHub answers with one of these statuses; not where it means a limit by that. */
export async function unlessStatus<T>(
  statuses: readonly number[],
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0) && !mayPass(error)) return undefined
    throw error
  }
}
