/** All values of each key, in the order in which they come. */
export function gathered<Key, Value>(pairs: Iterable<readonly [Key, Value]>): Map<Key, Value[]> {
  const found = new Map<Key, Value[]>()
  for (const [key, value] of pairs) {
    const known = found.get(key)
    if (known === undefined) found.set(key, [value])
    else known.push(value)
  }
  return found
}
