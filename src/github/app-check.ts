import { statusOf } from '../app/status-of.ts'
import { assertNever } from '../domain/source/assert-never.ts'
import type { GitHubClient } from './client.ts'

/** What GitHub answers an App that asks about itself. */
type Standing =
  | { readonly kind: 'accepted' }
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

/** Asks GitHub. */
async function readStanding(authenticate: AppCheckOptions['authenticate']): Promise<Standing> {
  try {
    const client = await authenticate()
    await client.rest.apps.getAuthenticated()
    return { kind: 'accepted' }
  } catch (error) {
    const status = statusOf(error)
    // The client gives a status to whatever fails on the way.
    if (status === undefined) return { kind: 'unusable-key' }
    return refusals.includes(status) ? { kind: 'refused', status } : { kind: 'unreachable' }
  }
}

export function createAppCheck({ authenticate, now }: AppCheckOptions): AppCheck {
  let last: { readonly standing: Standing; readonly at: number } | undefined
  let asking: Promise<Standing> | undefined

  async function ask(): Promise<Standing> {
    const answer = await readStanding(authenticate)
    const standing =
      answer.kind === 'unreachable' && last?.standing.kind === 'accepted' ? last.standing : answer
    last = { standing, at: now() }
    return standing
  }

  async function standing(): Promise<Standing> {
    if (last !== undefined && now() - last.at < holds[last.standing.kind]) return last.standing
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }

  return {
    async missing() {
      return wrongWith(await standing())
    },
  }
}

function wrongWith(standing: Standing): string | undefined {
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
