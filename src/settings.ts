import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { budgets } from './domain/budgets.ts'

/** How this process is to run: everything that the environment says, read once at start. */
export interface Settings {
  readonly appId: number
  /** PEM. */
  readonly privateKey: string
  readonly webhookSecret: string
  /** While the secret is replaced: the one before, which signs as well. */
  readonly previousWebhookSecret?: string
  /** The root of GitHub's REST API: `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string
  readonly host: string
  readonly port: number
  readonly logLevel: LogLevel
  /** Pull requests that are evaluated at the same time. */
  readonly concurrency: number
  /** Seconds that what is at work has to end once the server is told to. */
  readonly stopSeconds: number
  /** Of one judgement: seconds without what it waits for GitHub, and mebibytes. */
  readonly judging?: { readonly seconds: number; readonly memory: number }
  /** Keeps to GitHub's pace, or to none where the server has no limits. */
  readonly pace: 'github' | 'unlimited'
  /** How often events that did not arrive are asked for once more; 0: never, nor at start. */
  readonly catchUpMinutes: number
  /** The queue that several servers share; absent: each has its own, in memory. */
  readonly redisUrl?: string
  /** The file that keeps what was accepted and is not done; absent: it ends with the process. */
  readonly journal?: string
  /** The file to which a line is added for each verdict, or `stdout`; absent: none is kept. */
  readonly decisions?: string
  /** The folder with logs of requests, `OWNER/REPO` in it; absent: nothing is told of traffic. */
  readonly trafficDirectory?: string
  /** Where programs are looked for. */
  readonly searchPath: string
  /** Where Git keeps mirrors for merges that GitHub has not made; absent: none are made. */
  readonly mirrors?: {
    readonly directory: string
    readonly path: string
    readonly proxies?: Readonly<Record<string, string>>
  }
  /** Where files that GitHub gave are kept; absent: in memory alone. */
  readonly cacheDirectory?: string
}

type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

/** Everything that is wrong with the environment, one line each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(
      `The environment is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
      options,
    )
    this.problems = problems
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Notes what is missing or wrong and goes on, so that all of it can be said at once. */
interface Reader {
  readonly problems: string[]
  text(name: string): string | undefined
}

const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal']

function createReader(environment: Environment): Reader {
  return {
    problems: [],
    text(name) {
      const value = environment[name]?.trim()
      return value === '' ? undefined : value
    },
  }
}

function required(reader: Reader, name: string, meaning: string): string {
  const value = reader.text(name)
  if (value === undefined) reader.problems.push(`${name} is not set: ${meaning}`)
  return value ?? ''
}

function numberIn(
  reader: Reader,
  name: string,
  bounds: { readonly least: number; readonly most: number; readonly fallback: number },
): number {
  const { least, most, fallback } = bounds
  const text = reader.text(name)
  if (text === undefined) return fallback
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  reader.problems.push(`${name} must be a whole number from ${least} to ${most}`)
  return fallback
}

function oneOf<T extends string>(reader: Reader, name: string, choices: readonly T[], fallback: T): T {
  const text = reader.text(name)
  if (text === undefined) return fallback
  const chosen = choices.find((choice) => choice === text.toLowerCase())
  if (chosen === undefined) reader.problems.push(`${name} must be one of ${choices.join(', ')}`)
  return chosen ?? fallback
}

/** As many ways to write a key as there are places to keep one: PEM, PEM with `\n` spelled out, base64 of PEM. */
function pemOf(text: string): string | undefined {
  const plain = text.replaceAll('\\n', '\n')
  if (plain.includes('-----BEGIN')) return plain
  const decoded = Buffer.from(text, 'base64').toString()
  return decoded.includes('-----BEGIN') ? decoded : undefined
}

function readKeyFile(reader: Reader, path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    reader.problems.push(`PRIVATE_KEY_PATH cannot be read: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

function privateKey(reader: Reader): string {
  const path = reader.text('PRIVATE_KEY_PATH')
  const text = reader.text('PRIVATE_KEY') ?? (path === undefined ? undefined : readKeyFile(reader, path))
  if (text === undefined) {
    if (path === undefined)
      reader.problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH is not set: the App's private key")
    return ''
  }
  const pem = pemOf(text)
  // The text itself is never repeated: it may be most of a key.
  if (pem === undefined) reader.problems.push('the private key is no PEM, nor base64 of one')
  else if (!isRsaKey(pem)) reader.problems.push('the private key is no RSA key, or not a whole one')
  return pem ?? ''
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}

function apiUrl(reader: Reader): string {
  const host = reader.text('GHE_HOST')
  if (host !== undefined)
    reader.problems.push(`GHE_HOST is not read: set GITHUB_API_URL to https://${host}/api/v3`)
  const text = (reader.text('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '')
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    reader.problems.push('GITHUB_API_URL must be an http or https URL')
    return text
  }
  const wanted = rootOf(url)
  if (wanted !== text) reader.problems.push(`GITHUB_API_URL is no root of the REST API: write ${wanted}`)
  return text
}

/** Where the REST API is of a GitHub that people look at. */
export function apiRootOf(web: string): string {
  return rootOf(new URL(web))
}

/** Where the REST API is of what such a URL seems to mean. */
function rootOf({ protocol, host, hostname, pathname }: URL): string {
  if (['github.com', 'www.github.com', 'api.github.com'].includes(hostname)) return 'https://api.github.com'
  // GitHub Enterprise Cloud with data residency.
  if (hostname.endsWith('.ghe.com')) return `https://api.${hostname.replace(/^api\./, '')}`
  const before = pathname.replace(/\/+$/, '').replace(/\/api(?:\/(?:v3|graphql))?$/, '')
  return `${protocol}//${host}${before}/api/v3`
}

function appId(reader: Reader): number {
  const text = required(reader, 'APP_ID', "the App's number, from its settings page")
  const id = Number(text)
  if (text !== '' && !(Number.isInteger(id) && id > 0))
    reader.problems.push('APP_ID must be a positive whole number')
  return id
}

function judging(reader: Reader): Required<Settings>['judging'] {
  const { judgingSeconds, judgingMemory } = budgets
  return {
    seconds: numberIn(reader, 'JUDGING_SECONDS', { least: 1, most: 3600, fallback: judgingSeconds.size }),
    memory: numberIn(reader, 'JUDGING_MEMORY', { least: 128, most: 65_536, fallback: judgingMemory.size }),
  }
}

function redisUrl(reader: Reader): Pick<Settings, 'redisUrl'> {
  const text = reader.text('REDIS_URL')
  if (text === undefined) return {}
  const url = URL.parse(text)
  // The text itself is never repeated: it may hold a password.
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol)) {
    reader.problems.push('REDIS_URL must be a redis or rediss URL')
  }
  return { redisUrl: text }
}

/** With what GitHub is asked from the command line. */
export interface AskerSettings {
  readonly apiUrl: string
  readonly token: string
  /** The App, where its number was given. */
  readonly app?: { readonly appId: number; readonly privateKey?: string }
}

function askedApp(reader: Reader): AskerSettings['app'] {
  const hasKey = ['PRIVATE_KEY', 'PRIVATE_KEY_PATH'].some((name) => reader.text(name) !== undefined)
  if (!hasKey && reader.text('APP_ID') === undefined) return undefined
  return { appId: appId(reader), ...(hasKey && { privateKey: privateKey(reader) }) }
}

/** The same for whoever asks GitHub as a person. */
export function readAskerSettings(environment: Environment): AskerSettings {
  const reader = createReader(environment)
  const app = askedApp(reader)
  const settings = {
    apiUrl: apiUrl(reader),
    token: reader.text('GITHUB_TOKEN') ?? reader.text('GH_TOKEN') ?? '',
    ...(app && { app }),
  }
  if (settings.token === '') reader.problems.push('GITHUB_TOKEN is not set: a token to ask GitHub with')
  if (reader.problems.length > 0) throw new SettingsError(reader.problems)
  return settings
}

/** Where Node itself is told to use them Git does, too. */
function proxies(reader: Reader): { readonly proxies?: Readonly<Record<string, string>> } {
  if (reader.text('NODE_USE_ENV_PROXY') !== '1') return {}
  const given = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => {
    const value = reader.text(name)
    return value === undefined ? [] : [[name.toLowerCase(), value] as const]
  })
  return { proxies: Object.fromEntries(given) }
}

/**
 * Reads the environment. Throws a `SettingsError` that lists everything that is missing or wrong; a server without a
 * webhook secret would take orders from anybody, so there is no default for it.
 */
export function readSettings(environment: Environment = process.env): Settings {
  const reader = createReader(environment)
  const mirrors = reader.text('MIRROR_DIR')
  const decisions = reader.text('DECISIONS')
  const traffic = reader.text('TRAFFIC_DIR')
  const cacheDirectory = reader.text('CACHE_DIR')
  const previous = reader.text('WEBHOOK_SECRET_PREVIOUS')
  const searchPath = reader.text('PATH') ?? '/usr/bin:/bin'
  const settings: Settings = {
    appId: appId(reader),
    privateKey: privateKey(reader),
    webhookSecret: required(reader, 'WEBHOOK_SECRET', 'the secret that signs webhooks'),
    ...(previous === undefined ? {} : { previousWebhookSecret: previous }),
    apiUrl: apiUrl(reader),
    host: reader.text('HOST') ?? 'localhost',
    port: numberIn(reader, 'PORT', { least: 0, most: 65_535, fallback: 3000 }),
    logLevel: oneOf(reader, 'LOG_LEVEL', logLevels, 'info'),
    concurrency: numberIn(reader, 'CONCURRENCY', { least: 1, most: 100, fallback: 4 }),
    judging: judging(reader),
    stopSeconds: numberIn(reader, 'STOP_SECONDS', { least: 0, most: 600, fallback: budgets.stopping.size }),
    catchUpMinutes: numberIn(reader, 'CATCH_UP_MINUTES', { least: 0, most: 1440, fallback: 10 }),
    pace: oneOf(reader, 'GITHUB_PACE', ['github', 'unlimited'], 'github'),
    ...redisUrl(reader),
    journal: reader.text('JOURNAL') ?? 'firebreak.journal',
    ...(decisions === undefined ? {} : { decisions }),
    ...(traffic === undefined ? {} : { trafficDirectory: traffic }),
    searchPath,
    ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
    ...(mirrors === undefined
      ? {}
      : { mirrors: { directory: mirrors, path: searchPath, ...proxies(reader) } }),
  }
  if (reader.problems.length > 0) throw new SettingsError(reader.problems)
  return settings
}
