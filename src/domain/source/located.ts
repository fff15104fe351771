import type { SourceRange } from './source-file.ts'

/** The key under which a value remembers where it was written. JSON ignores it; a spread copy keeps it. */
export const origin: unique symbol = Symbol('origin')

/** Where an object was written: all of it, and each field from its key to the end of its value. */
export interface Origin {
  readonly range: SourceRange
  readonly fields: ReadonlyMap<string, SourceRange>
}

/** A value read from a file. Values made in memory (tests, merges) may lack an origin. */
export interface Located {
  readonly [origin]?: Origin
}

/** Where `node` (or its field) was written; a field that was not written falls back to the node. */
export function rangeOf(node: Located, field?: string): SourceRange | undefined {
  const at = node[origin]
  return (field === undefined ? undefined : at?.fields.get(field)) ?? at?.range
}
