import type { Lookups, Observed } from '../app/observer.ts'
import type { OnLookup } from '../github/trees/trees.ts'

/** Counts what a thread asks its own store, so that each judgement tells of it once. */
export function countLookups(): { readonly count: OnLookup; readonly take: () => readonly Observed[] } {
  let counted = new Map<Lookups['of'], Lookups>()
  return {
    count(of, found) {
      const { hits, misses } = counted.get(of) ?? { hits: 0, misses: 0 }
      const isHit = found === 'hit'
      counted.set(of, {
        at: 'thread',
        of,
        hits: hits + (isHit ? 1 : 0),
        misses: misses + (isHit ? 0 : 1),
      })
    },
    take() {
      const all = [...counted.values()]
      counted = new Map()
      return all.map((each) => ({ kind: 'lookups', ...each }))
    },
  }
}
