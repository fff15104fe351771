import type { StringSet } from './string-set.ts'

/**
 * One conjunction: the dimensions that are constrained, each with the values it allows. Names: `path`, `method`,
 * `authority`, `scheme`, `port`, `header:NAME` (lower case), `query:NAME`, `label:NAME`, `namespace`, `opaque:TEXT`.
 */
export type Box = ReadonlyMap<string, StringSet>

/** A set of requests: a union of boxes that do not overlap. */
export interface RequestSet {
  readonly boxes: readonly Box[]
}
