/** More VirtualServices than this on one host are not tried in every order: the answer is then unknown. */
export const maxOrders = 4

/** Every order of a few values, the given one first. */
export function permutations<T>(values: readonly T[]): readonly (readonly T[])[] {
  if (values.length < 2) return [values]
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  )
}
