/** Draws that a seed repeats. */
export interface Draw {
  /** A whole number from 0 up to, but not, `below`. */
  below(below: number): number
  one<T>(of: readonly T[]): T
}

/** A linear congruential generator, by the constants of Numerical Recipes. */
export function createDraw(seed: number): Draw {
  let state = seed >>> 0
  function below(limit: number): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  return {
    below,
    one(of) {
      const found = of[below(of.length)]
      if (found === undefined) throw new Error('nothing to draw from')
      return found
    },
  }
}
