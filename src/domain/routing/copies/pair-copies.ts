import { normalForm } from '../../manifest/normal-form.ts'
import type { Resource } from '../../manifest/resource.ts'

/** The same object on both sides; one that comes or goes has one side only. */
export interface Pair<T> {
  readonly before?: T
  readonly after?: T
}

type Written = Parameters<typeof normalForm>[0]

/**
 * Which of several objects of one identity on one side is which on the other: first those with equal content in the same
 * file, then those in the same file, those with equal content, and whatever is left, in order.
 */
export function pairCopies<T extends Resource & Written>(
  before: readonly T[],
  after: readonly T[],
): readonly Pair<T>[] {
  const left = [...before]
  const right = [...after]
  const isThere = (a: T, b: T) => a.file.path === b.file.path
  const isAlike = (a: T, b: T) => a === b || normalForm(a) === normalForm(b)
  const rounds: readonly ((a: T, b: T) => boolean)[] = [
    (a, b) => isThere(a, b) && isAlike(a, b),
    isThere,
    isAlike,
    () => true,
  ]
  const pairs = rounds.flatMap((belong) => takePairs(left, right, belong))
  return [...pairs, ...left.map((one) => ({ before: one })), ...right.map((one) => ({ after: one }))]
}

function takePairs<T>(left: T[], right: T[], belong: (a: T, b: T) => boolean): readonly Required<Pair<T>>[] {
  return [...left].flatMap((before) => {
    const at = right.findIndex((candidate) => belong(before, candidate))
    const [after] = at === -1 ? [] : right.splice(at, 1)
    if (after === undefined) return []
    left.splice(left.indexOf(before), 1)
    return [{ before, after }]
  })
}
