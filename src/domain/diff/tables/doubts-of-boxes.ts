import { type Doubt, doubt, uniteDoubts } from '../../doubt.ts'
import type { Box } from '../../match/box.ts'
import { isOpaque } from '../../match/dimensions.ts'
import type { Doubts } from '../../match/doubtful-box.ts'
import { gathered } from '../../source/multimap.ts'

/** Why it is not certain which requests lie in some boxes; none where every dimension of theirs is looked into. */
export type DoubtsOf = (boxes: readonly Box[]) => readonly Doubt[]

/** Finds the doubts of the dimensions that are not looked into among those of the items that ask for them. */
export function doubtsOfBoxes(items: readonly { readonly doubts: Doubts }[]): DoubtsOf {
  const known = gathered(items.flatMap(({ doubts }) => [...doubts]))
  return (boxes) => {
    const opaque = new Set(boxes.flatMap((box) => [...box.keys()].filter(isOpaque)))
    return uniteDoubts([...opaque].flatMap((dimension) => known.get(dimension) ?? [unnamed(dimension)]))
  }
}

/** A condition of nobody here, such as that of a client whom others keep: it is never taken to be looked into. */
function unnamed(dimension: string): Doubt {
  return doubt({ code: 'not-modelled', field: dimension.slice('opaque:'.length) })
}
