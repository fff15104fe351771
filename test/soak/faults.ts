import { setTimeout as pause } from 'node:timers/promises'
import type { Simulator } from '@firebreak/simulator'
import { neededPermissions } from '../../src/github/app-needs.ts'
import type { Draw } from './draw.ts'

/** What faults strike. */
export interface Target {
  readonly github: Simulator
  readonly draw: Draw
  /** The organizations in which it is installed. */
  readonly organizations: readonly string[]
  /** Kills a server after some milliseconds, and lets another take its place, with this in its environment. */
  replaceAfter(milliseconds: number, over?: Readonly<Record<string, string>>): Promise<void>
  /** Kills each server, one after the other, and lets another take its place. */
  replaceAll(over?: Readonly<Record<string, string>>): Promise<void>
  /** From now on every server differs by this, until others are told. */
  replaceForGood(over: Readonly<Record<string, string>>): Promise<void>
  /** Ends Redis and starts it again; nothing where there is none. */
  readonly redisAway: (() => Promise<void>) | undefined
}

type Strike = (target: Target) => Promise<void> | void

const events = ['pull_request', 'pull_request_review', 'push'] as const
const paths = [/./, /check-runs/, /comments/, /\/reviews/, /\/git\//, /\/teams\//, /access_tokens/] as const
/** What GitHub refuses here for good is not asked for again: a locked conversation, a team that may not be seen. */
const guarded = [/check-runs/, /\/reviews/, /access_tokens/, /\/pulls\/\d+$/] as const

type Effect = Parameters<Simulator['inject']>[0]['effect']
type Delivered = Parameters<Simulator['injectDelivery']>[0]['effect']

function strikes(effect: Effect, where: readonly RegExp[] = paths): Strike {
  return ({ github, draw }) => github.inject({ path: draw.one(where), effect, times: 1 + draw.below(6) })
}

function delivers(effect: Delivered): Strike {
  return ({ github, draw }) => github.injectDelivery({ event: draw.one(events), effect })
}

const minute = 60_000
const hour = 60 * minute

const granted = Object.fromEntries(
  Object.entries(neededPermissions).map(([name, { access }]) => [name, access]),
)

/** What an owner has taken back, and grants again; a token has the permissions of when it was made, so that servers begin anew. */
function without(name: string): Strike {
  return async ({ github, draw, organizations, replaceAll }) => {
    const organization = draw.one(organizations)
    github.setPermissions(
      organization,
      Object.fromEntries(Object.entries(granted).filter(([each]) => each !== name)),
    )
    await replaceAll()
    await pause(draw.below(500))
    github.setPermissions(organization, granted)
    await replaceAll()
  }
}

/** All faults by name; each strikes while people act. */
export const faults: Readonly<Record<string, Strike>> = {
  'webhook delivered twice': delivers('duplicate'),
  'webhook late, out of order': delivers({ delay: 300 }),
  async 'webhook lost'(target) {
    await delivers('lose')(target)
    await target.replaceAfter(400)
  },
  'GitHub answers 502': strikes({ kind: 'respond', status: 502 }),
  'GitHub answers 502 and did it': strikes({ kind: 'commit-then-502' }),
  'GitHub answers 403, limit used up': strikes({
    kind: 'respond',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0' },
  }),
  'GitHub answers 429': strikes({ kind: 'respond', status: 429, headers: { 'retry-after': '1' } }),
  'GitHub cuts the connection': strikes({ kind: 'disconnect' }),
  'GitHub is slow': strikes({ kind: 'delay', milliseconds: 300 }),
  'permission missing for a while': strikes({ kind: 'respond', status: 403 }, guarded),
  'server killed': (target) => target.replaceAfter(target.draw.below(400)),
  async 'clock wrong for a while'({ draw, replaceAll }) {
    const ahead = draw.one([-3 * hour, -5 * minute, 5 * minute, 3 * hour])
    await replaceAll({ CLOCK_AHEAD: String(ahead), NODE_OPTIONS: '--import=./test/soak/shifted-clock.ts' })
    await pause(draw.below(500))
    await replaceAll()
  },
  ...Object.fromEntries(
    Object.keys(neededPermissions).map((name) => [`permission ${name} missing`, without(name)]),
  ),
  'Redis gone and back': (target) => target.redisAway?.(),
}
