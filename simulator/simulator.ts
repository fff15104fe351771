import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endReaders } from './git/object-reader.ts'
import { type CheckActions, checkActions } from './people/checks.ts'
import { type MergeQueueActions, mergeQueueActions } from './people/merge-queue.ts'
import { type PullRequestActions, pullRequestActions } from './people/pull-requests.ts'
import { type Readers, readers } from './people/readers.ts'
import { type ReviewActions, reviewActions } from './people/reviews.ts'
import { type Seeding, seeding } from './people/seeding.ts'
import { type TeamActions, teamActions } from './people/teams.ts'
import { serve } from './server.ts'
import type { App, Permissions } from './state/app.ts'
import type { DeliveryFault } from './state/deliveries.ts'
import type { Fault } from './state/faults.ts'
import { githubLimits, type Limits } from './state/limits.ts'
import { nameKey } from './state/names.ts'
import { apiBase, type World } from './state/world.ts'

/** How a simulated GitHub is started. */
export interface SimulatorOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  readonly webhookSecret: string
  readonly webhookUrl?: string
  readonly appId?: number
  /** PEM of an existing RSA key; one is made unless given. */
  readonly privateKey?: string
  /** What the App asks for; what Firebreak's own manifest asks for unless told. */
  readonly permissions?: Permissions
  readonly events?: readonly string[]
  readonly limits?: Partial<Limits>
  /** The simulator's clock; the machine's unless told. */
  readonly clock?: () => Date
}

/** A local GitHub: what it is reached by, what people do in it, and what can be read from it. */
export interface Simulator
  extends Seeding,
    TeamActions,
    PullRequestActions,
    ReviewActions,
    CheckActions,
    MergeQueueActions,
    Readers {
  /** Base of the web page. */
  readonly url: string
  /** Base of the REST API, like a GitHub Enterprise Server's. */
  readonly apiUrl: string
  readonly appId: number
  readonly appSlug: string
  /** PEM; the App signs its JWTs with it. */
  readonly privateKey: string
  readonly webhookSecret: string
  setWebhookUrl(url: string): void
  /** Strikes the next requests that match. */
  inject(fault: Omit<Fault, 'times'> & { readonly times?: number }): void
  /** Loses, doubles or delays the next deliveries of an event. */
  injectDelivery(fault: Omit<DeliveryFault, 'times'> & { readonly times?: number }): void
  /** As after three days, when GitHub no longer knows what it has delivered. */
  forgetDeliveries(): void
  /** Resolves when no webhook is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

const defaultPermissions: Permissions = {
  checks: 'write',
  contents: 'read',
  members: 'read',
  merge_queues: 'read',
  metadata: 'read',
  pull_requests: 'write',
}

const defaultEvents = [
  'check_run',
  'check_suite',
  'member',
  'membership',
  'merge_group',
  'organization',
  'pull_request',
  'pull_request_review',
  'push',
  'repository',
  'team',
]

interface Keys {
  readonly privateKey: string
  readonly app: Omit<App, 'bot'>
}

function makeApp(options: SimulatorOptions, now: string): Keys {
  const privateKey =
    options.privateKey ??
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    }).privateKey
  const app = {
    id: options.appId ?? 1,
    slug: 'firebreak',
    name: 'Firebreak',
    publicKey: createPublicKey(privateKey),
    permissions: options.permissions ?? defaultPermissions,
    events: options.events ?? defaultEvents,
    createdAt: now,
  }
  return { privateKey, app }
}

function makeWorld(options: SimulatorOptions, folder: string, app: Omit<App, 'bot'>): World {
  const clock = options.clock ?? (() => new Date())
  const now = () =>
    clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
  let lastId = 1000
  const nextId = () => ++lastId
  const bot = { id: nextId(), login: `${app.slug}[bot]`, type: 'Bot', createdAt: now() } as const
  return {
    folder,
    app: { ...app, bot },
    webhookSecret: options.webhookSecret,
    limits: { ...githubLimits, ...options.limits },
    accounts: new Map([[nameKey(bot.login), bot]]),
    organizations: new Map(),
    teams: [],
    repositories: new Map(),
    installations: [],
    tokens: new Map(),
    manifestCodes: new Map(),
    deliveries: [],
    deliveryFaults: [],
    underWay: new Set(),
    faults: [],
    requests: [],
    contractViolations: [],
    now,
    nextId,
    origin: '',
    ...(options.webhookUrl === undefined ? {} : { webhookUrl: options.webhookUrl }),
  }
}

async function idle(world: World): Promise<void> {
  while (world.underWay.size > 0) await Promise.allSettled([...world.underWay])
}

/** Starts a local GitHub on loopback, over an empty temporary folder that `close` removes. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const folder = await mkdtemp(join(tmpdir(), 'github-'))
  const { privateKey, app } = makeApp(options, new Date().toISOString())
  const world = makeWorld(options, folder, app)
  const listening = await serve(world, options.port ?? 0)
  world.origin = listening.origin
  return {
    ...seeding(world),
    ...teamActions(world),
    ...pullRequestActions(world),
    ...reviewActions(world),
    ...checkActions(world),
    ...mergeQueueActions(world),
    ...readers(world),
    url: world.origin,
    apiUrl: apiBase(world),
    appId: world.app.id,
    appSlug: world.app.slug,
    privateKey,
    webhookSecret: options.webhookSecret,
    setWebhookUrl(url) {
      world.webhookUrl = url
    },
    inject: (fault) => void world.faults.push({ times: 1, ...fault }),
    injectDelivery: (fault) => void world.deliveryFaults.push({ times: 1, ...fault }),
    forgetDeliveries: () => void world.deliveries.splice(0),
    idle: () => idle(world),
    async close() {
      await idle(world)
      await listening.close()
      await endReaders(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
