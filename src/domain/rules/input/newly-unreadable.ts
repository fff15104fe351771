import type { Comparison } from '../../diff/comparison.ts'
import type { Unreadable } from '../../manifest/manifests.ts'
import { takingFrom } from '../../source/multiset.ts'

/**
 * The documents of the merged side that cannot be read although they could on the base side, or were not there, and those
 * for which Kubernetes refuses a file with objects of the mesh. One that moves, or is edited and stays unreadable, is
 * nothing new. A template counts only where something readable was, and no template beside it.
 */
export function newlyUnreadable({ base, merged }: Comparison): readonly Unreadable[] {
  const before = [...base.manifests.unreadable, ...base.manifests.refusedBeside]
  const known = Map.groupBy(before, ({ path }) => path)
  const isLeft = takingFrom(before.map(({ path }) => path))
  const texts = new Set(before.map(textOf))
  const readable = new Set(
    [...base.manifests.virtualServices, ...base.manifests.gateways, ...base.manifests.unmodelled].map(
      ({ file }) => file.path,
    ),
  )
  return [...merged.manifests.unreadable, ...merged.manifests.refusedBeside].filter((each) => {
    if (isLeft(each.path) || texts.has(textOf(each))) return false
    const wasTemplate = known.get(each.path)?.some(({ template }) => template === true) === true
    return each.template !== true || (readable.has(each.path) && !(each.beside === true && wasTemplate))
  })
}

function textOf({ path, diagnostic }: Unreadable): string {
  return diagnostic.range?.file.text ?? path
}
