import { canonicalJson } from '../manifest/json.ts'
import type { DeliveredObject, Delivery } from './build-unit.ts'
import { filesMadeOtherwise, whatItSays } from './made-otherwise.ts'

/** What stands at one path, on both sides; a side whose unit is not built stays as it is written. */
export interface Shown {
  readonly before?: readonly DeliveredObject[]
  readonly after?: readonly DeliveredObject[]
  /** Equal for what says the same. */
  readonly says: string
}

/** What a unit makes otherwise than it is written, and otherwise than before, by the path of its file. */
export function shownOf(
  before: Delivery | undefined,
  after: Delivery | undefined,
): ReadonlyMap<string, Shown> {
  const files = filesMadeOtherwise(before, after)
  const [old, now] = [before, after].map((each) => each && Map.groupBy(each.objects, ({ from }) => from.path))
  return new Map(
    [...files].map((path) => {
      const there = {
        ...(old && { before: old.get(path) ?? [] }),
        ...(now && { after: now.get(path) ?? [] }),
      }
      const [a, b] = [there.before, there.after].map((objects) => objects?.map(whatItSays) ?? null)
      return [path, { ...there, says: canonicalJson([a ?? null, b ?? null]) }]
    }),
  )
}
