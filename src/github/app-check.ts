import { statusOf } from '../app/status-of.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import { type Lack, lacksOf } from './app-needs.ts'
import type { GitHubClient } from './client.ts'

/** What GitHub answers an App that asks about itself. */
export type Standing =
  | {
      readonly kind: 'accepted'
      readonly lacks: readonly Lack[]
      /** How far our clock is ahead of GitHub's; negative where it is behind. */
      readonly secondsAhead: number
    }
  | { readonly kind: 'refused'; readonly status: number }
  /** Nothing can be signed with it. */
  | { readonly kind: 'unusable-key' }
  | { readonly kind: 'unreachable' }

export interface AppCheckOptions {
  /** As the App itself. */
  readonly authenticate: () => Promise<GitHubClient>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Whether GitHub takes the App for what it says it is. */
export interface AppCheck {
  /** What GitHub says of it now. */
  standing(): Promise<Standing>
  /** Resolves once GitHub has accepted the App. */
  readonly accepted: Promise<void>
  /** What an installation was not granted, by the account that it is on; only those that lack something which the App itself has asked for. */
  lacksOfInstallations(): Promise<ReadonlyMap<string, readonly Lack[]>>
  /** What is wrong, or undefined. GitHub is not asked each time; while it is away the App counts as what it was before. */
  missing(): Promise<string | undefined>
}

/** Milliseconds for which an answer holds. */
const holds: Readonly<Record<Standing['kind'], number>> = {
  accepted: 60_000,
  refused: 10_000,
  'unusable-key': 60_000,
  unreachable: 5_000,
}

/** Of any other status nothing follows for the App. */
const refusals = [401, 404]

async function readStanding({ authenticate, now }: AppCheckOptions): Promise<Standing> {
  try {
    const client = await authenticate()
    const { data, headers } = await client.rest.apps.getAuthenticated()
    const theirs = Date.parse(headers.date ?? '')
    return {
      kind: 'accepted',
      lacks: lacksOf({ permissions: { ...data?.permissions }, events: data?.events ?? [] }),
      secondsAhead: Number.isNaN(theirs) ? 0 : (now() - theirs) / 1000,
    }
  } catch (error) {
    const status = statusOf(error)
    // The client gives a status to whatever fails on the way.
    if (status === undefined) return { kind: 'unusable-key' }
    return refusals.includes(status) ? { kind: 'refused', status } : { kind: 'unreachable' }
  }
}

async function readInstallations({ authenticate }: AppCheckOptions) {
  const client = await authenticate()
  const installations = await client.paginate(client.rest.apps.listInstallations, { per_page: 100 })
  return installations.map(({ id, account, permissions, events }) => ({
    account: account !== null && 'login' in account ? account.login : String(id),
    lacks: lacksOf({ permissions: { ...permissions }, events }),
  }))
}

export function createAppCheck(options: AppCheckOptions): AppCheck {
  const { now } = options
  let last: { readonly standing: Standing; readonly at: number } | undefined
  let asking: Promise<Standing> | undefined
  const accepted = Promise.withResolvers<void>()

  async function ask(): Promise<Standing> {
    const answer = await readStanding(options)
    const known = last?.standing
    const standing = answer.kind === 'unreachable' && known?.kind === 'accepted' ? known : answer
    last = { standing, at: now() }
    if (standing.kind === 'accepted') accepted.resolve()
    return standing
  }

  async function current(): Promise<Standing> {
    if (last !== undefined && now() - last.at < holds[last.standing.kind]) return last.standing
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    standing: current,
    accepted: accepted.promise,
    async lacksOfInstallations() {
      const standing = await current()
      const ofApp = standing.kind === 'accepted' ? standing.lacks.map(({ needed }) => needed) : []
      const found = (await readInstallations(options)).map(
        ({ account, lacks }) => [account, lacks.filter(({ needed }) => !ofApp.includes(needed))] as const,
      )
      return new Map(found.filter(([, lacks]) => lacks.length > 0))
    },
    missing: async () => wrongWith(await current()),
  }
}

/** In words, for whoever runs the server. */
export function wrongWith(standing: Standing): string | undefined {
  switch (standing.kind) {
    case 'accepted':
      return undefined
    case 'refused':
      return `GitHub does not accept APP_ID with this private key: ${standing.status}`
    case 'unusable-key':
      return 'the private key signs nothing'
    case 'unreachable':
      return 'GitHub has not been reached yet'
    default:
      return assertNever(standing)
  }
}
