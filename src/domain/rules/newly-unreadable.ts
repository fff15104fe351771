import type { Comparison } from '../diff/comparison.ts'
import type { Unreadable } from '../manifest/manifests.ts'

/**
 * The documents of the merged side that cannot be read although they could on the base side, or were not there. One that
 * moves, or is edited and stays unreadable, is nothing new. A template counts only where something readable was.
 */
export function newlyUnreadable({ base, merged }: Comparison): readonly Unreadable[] {
  const known = Map.groupBy(base.manifests.unreadable, ({ path }) => path)
  const left = new Map([...known].map(([path, documents]) => [path, documents.length]))
  const texts = new Set(base.manifests.unreadable.map(textOf))
  const readable = new Set(
    [...base.manifests.virtualServices, ...base.manifests.gateways, ...base.manifests.unmodelled].map(
      ({ file }) => file.path,
    ),
  )
  return merged.manifests.unreadable.filter((each) => {
    const count = left.get(each.path) ?? 0
    left.set(each.path, count - 1)
    if (count > 0 || texts.has(textOf(each))) return false
    return each.template !== true || readable.has(each.path)
  })
}

function textOf({ path, diagnostic }: Unreadable): string {
  return diagnostic.range?.file.text ?? path
}
