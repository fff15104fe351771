/**
 * The same function, which works out each answer once: for as long as the object lives that it is asked about. What else it is
 * given must follow from that object, or be the same each time.
 */
export function memoized<Key extends object, Rest extends readonly unknown[], Value>(
  workOut: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>()
  return (key, ...rest) => {
    const found = known.get(key)
    if (found !== undefined) return found.value
    const value = workOut(key, ...rest)
    known.set(key, { value })
    return value
  }
}

/** The same of a function of a text: for as long as it is held itself. */
export function memoizedByText<Value>(workOut: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const value = known.get(text) ?? workOut(text)
    known.set(text, value)
    return value
  }
}
