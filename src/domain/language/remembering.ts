import { budgets } from '../budgets.ts'

/** How much is remembered of one function. */
const most = budgets.remembered.size

/**
 * The same function of a text alone, so that remembering what it gave is invisible; bounded, for the texts are hostile input.
 * `weightOf` says how much of the memory a value takes.
 */
export function remembering<Rest extends readonly unknown[], Value>(
  compute: (text: string, ...rest: Rest) => Value,
  weightOf: (value: Value) => number,
): (text: string, ...rest: Rest) => Value {
  const known = new Map<string, Value>()
  let weight = 0
  return (text, ...rest) => {
    const found = known.get(text)
    const value = found ?? compute(text, ...rest)
    if (!known.delete(text)) weight += weightOf(value) + text.length
    known.set(text, value)
    for (const [oldest, old] of known) {
      if (weight <= most || oldest === text) break
      known.delete(oldest)
      weight -= weightOf(old) + oldest.length
    }
    return value
  }
}
