/** How often each key stands there. */
export function counted(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Tells of one after the other whether its like is still among these; each of them answers once. */
export function takingFrom(keys: Iterable<string>): (key: string) => boolean {
  const counts = counted(keys)
  return (key) => {
    const left = counts.get(key) ?? 0
    if (left > 0) counts.set(key, left - 1)
    return left > 0
  }
}
