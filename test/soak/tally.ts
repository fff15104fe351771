/** How often each thing was tried, and survived. */
export interface Tally {
  tried(names: readonly string[]): void
  survived(names: readonly string[]): void
  /** A table for people. */
  table(): string
}

export function createTally(): Tally {
  const counts = new Map<string, { tried: number; survived: number }>()
  function count(name: string, what: 'tried' | 'survived'): void {
    const known = counts.get(name) ?? { tried: 0, survived: 0 }
    counts.set(name, { ...known, [what]: known[what] + 1 })
  }
  return {
    tried: (names) => names.forEach((name) => void count(name, 'tried')),
    survived: (names) => names.forEach((name) => void count(name, 'survived')),
    table() {
      const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
      const width = Math.max(...rows.map(([name]) => name.length), 5)
      const row = (name: string, tried: string | number, survived: string | number) =>
        `${name.padEnd(width)}  ${String(tried).padStart(5)}  ${String(survived).padStart(8)}\n`
      return [
        row('fault', 'tried', 'survived'),
        ...rows.map(([name, { tried, survived }]) => row(name, tried, survived)),
      ].join('')
    },
  }
}
