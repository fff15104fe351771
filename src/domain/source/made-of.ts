/** Answers that are kept for the lists of parts that they were made of lately. */
export type MadeOf<Value> = (parts: readonly unknown[], make: () => Value) => Value

/**
 * What is made of the very same parts, in the same order, is the very same object: `make` is asked only for parts that are not among
 * the last `most` lists. It must follow from the parts alone.
 */
export function madeOf<Value>(most: number): MadeOf<Value> {
  const known: { readonly parts: readonly unknown[]; readonly value: Value }[] = []
  return (parts, make) => {
    const found = known.find((each) => areSame(each.parts, parts))
    if (found !== undefined) return found.value
    const value = make()
    known.push({ parts, value })
    if (known.length > most) known.shift()
    return value
  }
}

/** Whether two lists hold the very same things. */
export function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, at) => Object.is(each, b[at]))
}
