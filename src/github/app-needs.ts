import { subscribedEvents } from './events.ts'

/** What the App asks for (`app.yml`), each with what is lost without it. */
export const neededPermissions = {
  metadata: {
    access: 'read',
    lost: 'whether somebody may write is not known, and nobody can agree to anything',
  },
  contents: { access: 'read', lost: 'nothing can be read, and no pull request gets a verdict' },
  checks: { access: 'write', lost: 'no verdict can be written' },
  pull_requests: { access: 'write', lost: 'reviews are not read, and nothing is said in comments' },
  merge_queues: { access: 'read', lost: 'a merge queue waits in vain' },
  members: { access: 'read', lost: 'nobody is known to be in a team, and no consent of a team counts' },
} as const

/** What was granted, as GitHub says it of the App or of one installation. */
export interface Granted {
  readonly permissions: Readonly<Record<string, string | undefined>>
  readonly events: readonly string[]
}

/** Something that is needed and was not granted. */
export interface Lack {
  readonly kind: 'permission' | 'event'
  /** `members: read`, or the name of an event. */
  readonly needed: string
  readonly lost: string
}

const ranks = ['none', 'read', 'write', 'admin']

function suffices(granted: string | undefined, needed: string): boolean {
  return ranks.indexOf(granted ?? 'none') >= ranks.indexOf(needed)
}

/** Everything that is lacking, permissions first. */
export function lacksOf({ permissions, events }: Granted): readonly Lack[] {
  const denied = Object.entries(neededPermissions)
    .filter(([name, { access }]) => !suffices(permissions[name], access))
    .map(([name, { access, lost }]) => ({ kind: 'permission' as const, needed: `${name}: ${access}`, lost }))
  const silent = Object.entries(subscribedEvents)
    .filter(([name]) => !events.includes(name))
    .map(([needed, lost]) => ({ kind: 'event' as const, needed, lost }))
  return [...denied, ...silent]
}
