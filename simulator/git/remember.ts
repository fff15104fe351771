const forgetting: (() => void)[] = []

/** Forgets everything: an answer may hang on what there is no more. */
export function forgetAnswers(): void {
  for (const forget of forgetting) forget()
}

/**
 * Remembers the results of a question whose answer never changes: what lies between two commits is fixed by their
 * ids. The oldest answers are forgotten first, and those that do not last, such as that there is no such commit, at once.
 */
export function remember<T>(
  most: number,
  lasts: (answer: T) => boolean = () => true,
): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  forgetting.push(() => known.clear())
  return (key, ask) => {
    const answer = known.get(key) ?? ask()
    known.delete(key)
    known.set(key, answer)
    answer.then(
      (value) => lasts(value) || known.delete(key),
      () => known.delete(key),
    )
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return answer
  }
}
