import type { SourceRange } from '../source/source-file.ts'
import { fail } from './fault.ts'
import type { Item } from './item.ts'
import { exceed, limits } from './limits.ts'
import { currentId, keyOf, printed } from './naming/identity.ts'

/** The items, if no two of them are known by the same; else the build ends, at `at`. */
export function withoutDuplicates(items: readonly Item[], at: SourceRange): readonly Item[] {
  keysWith(new Set(), items, at)
  return items
}

/** The items and more of them, whose ids none of the others may have. */
export function appended(items: readonly Item[], more: readonly Item[], at: SourceRange): readonly Item[] {
  if (items.length + more.length > limits.objects) exceed('objects', at)
  if (more.length === 0) return items
  const all = [...items, ...more]
  keysOf.set(all, keysWith(takeKeys(items, at), more, at))
  return all
}

/** What the items of a list are known by, while it is what was appended to last: the next file adds its own. */
const keysOf = new WeakMap<readonly Item[], Set<string>>()

function takeKeys(items: readonly Item[], at: SourceRange): Set<string> {
  const known = keysOf.get(items)
  keysOf.delete(items)
  return known ?? keysWith(new Set(), items, at)
}

/** Adds what the items are known by, as long as nothing else is known by the same. */
function keysWith(keys: Set<string>, items: readonly Item[], at: SourceRange): Set<string> {
  for (const { node } of items) {
    const id = currentId(node)
    const key = keyOf(id)
    if (keys.has(key)) fail('duplicate-id', at, printed(id))
    keys.add(key)
  }
  return keys
}
