import { ProbotOctokit } from 'probot'
import { statusOf } from '../app/status-of.ts'
import { budgets } from '../domain/budgets.ts'

/** An Octokit that is authenticated as one installation of the App, or as the App itself. */
export type GitHubClient = InstanceType<typeof ProbotOctokit>

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

interface Throttle {
  readonly enabled?: boolean
}

/**
 * The client that Probot is to make its instances of. Use it through `probot.auth(installation)`: the client of an
 * event shares one lane of writes with all installations.
 */
export function createClientClass({ pace }: ClientOptions): typeof ProbotOctokit {
  // Only the function form wins over the handlers that Probot itself installs.
  return ProbotOctokit.plugin(pinApiVersion).defaults((instance: { readonly throttle?: Throttle }) => ({
    ...instance,
    retry: {
      enabled: pace === 'github',
      // 429 belongs to the throttle, which honours `retry-after`.
      doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    },
    throttle: {
      ...instance.throttle,
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
  const status = statusOf(error) ?? 0
  if (status === 403) return isLimited((error as Refusal).response?.headers)
  return status >= 500 || status === 429
}

/** What Octokit throws. */
interface Refusal {
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> }
}

/** GitHub refuses with 403 what is not allowed, and what is too much at present. */
function isLimited(headers: Required<Refusal>['response']['headers'] = {}): boolean {
  return headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0'
}

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
