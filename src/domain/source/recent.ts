/** Works an answer out, unless it was asked for lately. */
export type Recent<Key, Value> = (key: Key, workOut: () => Value) => Value

/**
 * Answers that are kept while those that were asked for last weigh no more than `most` together: for what follows from its key alone,
 * so that keeping it is invisible. The last one is kept whatever it weighs.
 */
export function recentAnswers<Key, Value>(
  most: number,
  weightOf: (key: Key, value: Value) => number,
): Recent<Key, Value> {
  const known = new Map<Key, { readonly value: Value; readonly weight: number }>()
  let weight = 0
  const makeRoom = (latest: Key) => {
    for (const [oldest, old] of known) {
      if (weight <= most || oldest === latest) return
      known.delete(oldest)
      weight -= old.weight
    }
  }
  return (key, workOut) => {
    const found = known.get(key)
    if (found !== undefined) {
      known.delete(key)
      known.set(key, found)
      return found.value
    }
    const value = workOut()
    const answer = { value, weight: weightOf(key, value) }
    known.set(key, answer)
    weight += answer.weight
    makeRoom(key)
    return value
  }
}
