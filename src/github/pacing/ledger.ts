import type { Window } from './cost.ts'

/** What was sent to each installation of late. */
export interface Ledger {
  /** Notes what is about to be sent and gives 0; or, where a window has no room for it, the milliseconds until it may have. */
  reserve(installation: number, windows: readonly Window[]): Promise<number>
  /** GitHub wants nothing to be sent for so many milliseconds. */
  hold(installation: number, milliseconds: number): Promise<void>
  close(): void
}

interface Entry {
  readonly at: number
  readonly weight: number
}

/** Of a server that has no limits. */
export const unlimited: Ledger = {
  reserve: async () => 0,
  hold: async () => undefined,
  close: () => undefined,
}

/** Of this process alone; `now` in milliseconds. */
export function createLocalLedger(now: () => number = () => performance.now()): Ledger {
  const sent = new Map<string, Entry[]>()
  const held = new Map<number, number>()

  function waitIn(key: string, { span, most, weight }: Window): number {
    const entries = (sent.get(key) ?? []).filter(({ at }) => at > now() - span)
    sent.set(key, entries)
    let over = entries.reduce((sum, entry) => sum + entry.weight, weight) - most
    for (const entry of entries) {
      if (over <= 0) return 0
      over -= entry.weight
      if (over <= 0) return Math.max(1, entry.at + span - now())
    }
    return 0
  }

  return {
    async reserve(installation, windows) {
      const heldFor = (held.get(installation) ?? 0) - now()
      const keyed = windows.map((window) => [`${installation} ${window.of}`, window] as const)
      const wait = Math.max(heldFor, ...keyed.map(([key, window]) => waitIn(key, window)))
      if (wait > 0) return wait
      for (const [key, { weight }] of keyed) sent.get(key)?.push({ at: now(), weight })
      return 0
    },
    async hold(installation, milliseconds) {
      held.set(installation, now() + milliseconds)
    },
    close: () => undefined,
  }
}
