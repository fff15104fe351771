/** A source of chance that says the same for the same seed. */
export interface Chance {
  /** From 0 to below `limit`. */
  below(limit: number): number
  /** Whether one in `count`. */
  oneIn(count: number): boolean
  of<T>(values: readonly [T, ...T[]]): T
  some<T>(values: readonly T[], atMost: number): readonly T[]
  shuffled<T>(values: readonly T[]): readonly T[]
}

/** Mulberry32, by Tommy Ettinger. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const shuffled = <T>(values: readonly T[]) =>
    values
      .map((value) => ({ value, rank: next() }))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ value }) => value)
  return {
    below,
    oneIn: (count) => below(count) === 0,
    of: ([first, ...others]) => [first, ...others][below(others.length + 1)] ?? first,
    some: (values, atMost) => shuffled(values).slice(0, 1 + below(atMost)),
    shuffled,
  }
}
