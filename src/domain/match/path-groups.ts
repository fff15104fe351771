import { anyOf } from '../language/any-of.ts'
import { exactly, intersect, type StringSet, startingWith, subtract, union } from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { compareTexts } from '../source/compare-texts.ts'
import type { PathLiteral } from './conditions.ts'

/** Something that applies to the paths that a literal stands for. */
export interface Placed<T> {
  readonly path: PathLiteral
  readonly item: T
}

/** All paths to which the same items apply, and those items in their original order. */
export interface PathGroup<T> {
  readonly items: readonly T[]
  /** Works the set of paths out; costs more than finding the group. */
  readonly paths: () => StringSet
}

/** A literal of the tree: where its own text ends, and where longer paths go that no longer literal takes over. */
interface LiteralNode<T> {
  readonly text: string
  readonly exact: Ranked<T>[]
  readonly prefix: Ranked<T>[]
}

interface Ranked<T> {
  readonly rank: number
  readonly item: T
}

/** One text alone, or all that starts with it but for the longer literals: painted over by what follows. */
interface Stroke {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
  readonly group: string
}

/**
 * Divides all paths into the groups that the literals cannot tell apart. `keyOf` names a group by its items; items of
 * equal key fall into one group; an undefined key leaves the paths out. Near-linear in the literals and in the sum of
 * the items of each group, because a literal only meets those that are prefixes of it.
 */
export function pathGroups<T>(
  placed: readonly Placed<T>[],
  keyOf: (items: readonly T[]) => string | undefined,
): readonly PathGroup<T>[] {
  const strokes: Stroke[] = []
  const items = new Map<string, readonly T[]>()
  const paint = (kind: Stroke['kind'], text: string, ranked: readonly Ranked<T>[]): void => {
    const list = ranked.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item)
    const key = keyOf(list)
    strokes.push({ kind, text, group: key ?? leftOut })
    if (key !== undefined && !items.has(key)) items.set(key, list)
  }
  const above: LiteralNode<T>[] = []
  for (const node of literalNodes(placed)) {
    while (above.length > 0 && !node.text.startsWith(above.at(-1)?.text ?? '')) above.pop()
    above.push(node)
    const covering = above.flatMap((each) => each.prefix)
    paint('prefix', node.text, covering)
    paint('exact', node.text, [...covering, ...node.exact])
  }
  return [...items].map(([group, list]) => ({ items: list, paths: () => paintedIn(strokes, group) }))
}

const leftOut = '\u0000left out'

/** The literals in lexicographic order, so that every literal follows its prefixes; the empty one is always there. */
function literalNodes<T>(placed: readonly Placed<T>[]): readonly LiteralNode<T>[] {
  const nodes = new Map<string, LiteralNode<T>>([['', { text: '', exact: [], prefix: [] }]])
  for (const [rank, { path, item }] of placed.entries()) {
    const node = nodes.get(path.text) ?? { text: path.text, exact: [], prefix: [] }
    nodes.set(path.text, node)
    node[path.kind].push({ rank, item })
  }
  return [...nodes.values()].sort((a, b) => compareTexts(a.text, b.text))
}

/** The paths whose last stroke is of this group. Strokes of one nesting level never overlap, so each level is one union. */
function paintedIn(strokes: readonly Stroke[], group: string): StringSet {
  const levels: { readonly on: boolean; readonly sets: StringSet[] }[] = []
  const covering: { readonly text: string; readonly level: number }[] = []
  const ends: { readonly on: StringSet[]; readonly off: StringSet[] } = { on: [], off: [] }
  for (const { kind, text, group: own } of strokes) {
    const on = own === group
    while (covering.length > 0 && !text.startsWith(covering.at(-1)?.text ?? '')) covering.pop()
    const level = covering.at(-1)?.level ?? -1
    const isOn = levels[level]?.on ?? false
    if (kind === 'exact') {
      if (on !== isOn) (on ? ends.on : ends.off).push(exactly(text))
    } else if (on !== isOn) {
      const next = levels[level + 1] ?? { on, sets: [] }
      levels[level + 1] = next
      next.sets.push(startingWith(text))
      covering.push({ text, level: level + 1 })
    }
  }
  return intersect(combine(levels, ends), paths)
}

function combine(
  levels: readonly { readonly on: boolean; readonly sets: readonly StringSet[] }[],
  ends: { readonly on: readonly StringSet[]; readonly off: readonly StringSet[] },
): StringSet {
  let painted = anyOf([])
  for (const { on, sets } of levels) painted = (on ? union : subtract)(painted, anyOf(sets))
  return union(subtract(painted, anyOf(ends.off)), anyOf(ends.on))
}
