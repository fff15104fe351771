import type { Allowance } from '../app/observer.ts'

/** What may still be asked of GitHub, of all installations. */
export interface Allowances {
  note(allowance: Allowance): void
  /** By resource, what the installation has left that has the fewest; nothing where none was told since its limit was reset. */
  lowest(): ReadonlyMap<string, number>
}

/** An allowance is forgotten when its hour is over, so that no more are kept than installations that asked within it. */
export function createAllowances(now: () => number): Allowances {
  const known = new Map<string, Allowance>()
  function forgetWhatIsOver(): void {
    for (const [key, { resets }] of known) if (resets <= now()) known.delete(key)
  }
  return {
    note: (allowance) => void known.set(`${allowance.installation} ${allowance.resource}`, allowance),
    lowest() {
      forgetWhatIsOver()
      const byResource = Map.groupBy(known.values(), ({ resource }) => resource)
      return new Map(
        [...byResource].map(([resource, all]) => [resource, Math.min(...all.map(({ left }) => left))]),
      )
    },
  }
}
