import { budgets } from '../budgets.ts'
import { recentAnswers } from '../source/recent.ts'

/**
 * The same function of a text alone, so that remembering what it gave is invisible; bounded, for the texts are hostile input.
 * `weightOf` says how much of the memory a value takes.
 */
export function remembering<Rest extends readonly unknown[], Value>(
  compute: (text: string, ...rest: Rest) => Value,
  weightOf: (value: Value) => number,
): (text: string, ...rest: Rest) => Value {
  const recent = recentAnswers<string, Value>(
    budgets.remembered.size,
    (text, value) => weightOf(value) + text.length,
  )
  return (text, ...rest) => recent(text, () => compute(text, ...rest))
}
