import type { SourceRange } from '../../source/source-file.ts'

const elementRanges = new WeakMap<readonly unknown[], readonly SourceRange[]>()
const nulls = new WeakSet<object>()

/** Lists of texts are plain arrays, so that equal ones are equal; where their elements stand is remembered beside them. */
export function rememberElements(list: readonly unknown[], ranges: readonly SourceRange[]): void {
  elementRanges.set(list, ranges)
}

/** Where an element of a decoded list of scalars was written; nothing for a list made in memory. */
export function rangeOfElement(list: readonly unknown[] | undefined, index: number): SourceRange | undefined {
  return list && elementRanges.get(list)?.[index]
}

/** Remembers that an empty message stands for a `null` in a list. */
export function rememberNull(message: object): void {
  nulls.add(message)
}

/** Whether `null` was written where this empty message was read. */
export function wasNull(message: object): boolean {
  return nulls.has(message)
}
