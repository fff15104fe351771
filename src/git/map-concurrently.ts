/** As `Promise.all` over `map`, with at most `limit` at work at a time. After a failure nothing new is begun. */
export async function mapConcurrently<T, R>(
  values: readonly T[],
  limit: number,
  map: (value: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const pending = values.entries()
  let failed = false
  async function work(): Promise<void> {
    for (const [index, value] of pending) {
      if (failed) return
      results[index] = await map(value)
    }
  }
  function fail(error: unknown): never {
    failed = true
    throw error
  }
  await Promise.all(Array.from({ length: Math.min(limit, values.length) }, () => work().catch(fail)))
  return results
}
