import type { Comparison } from '../diff/comparison.ts'
import { canonicalJson } from '../manifest/json.ts'
import type { UnmodelledResource } from '../manifest/resource.ts'
import type { Pair } from '../routing/copies/pair-copies.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import { memoized } from '../source/memoized.ts'

/**
 * Whether a layer says word for word what it said, while manifests come or go that it concerns: that is nothing that somebody
 * does to the layer. What lies in other files and is part of what it says counts as its words.
 */
export function isUntouchedLayer(
  { before, after }: Pair<UnmodelledResource>,
  { base, merged }: Comparison,
): boolean {
  const one = after ?? before
  if (one?.says === undefined) return false
  const { path } = one.file
  const text = textsOf(base).get(path)
  if (text === undefined || text !== textsOf(merged).get(path)) return false
  return before === undefined || after === undefined || wordsOf(before) === wordsOf(after)
}

const textsOf = memoized(
  ({ manifests }: Snapshot) => new Map(manifests.files.map(({ path, text }) => [path, text])),
)

/** All that a layer says, whomever that concerns. */
function wordsOf({ says = [], alsoSays = [] }: UnmodelledResource): string {
  const said = says.map(({ what }) => canonicalJson(what))
  return canonicalJson([...new Set([...said, ...alsoSays])].sort())
}
