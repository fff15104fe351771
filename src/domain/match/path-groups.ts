import { anyOf } from '../language/any-of.ts'
import {
  exactly,
  intersect,
  type StringSet,
  startingWith,
  subtract,
  union,
  unmetered,
} from '../language/string-set.ts'
import { paths } from '../language/universe.ts'
import { compareTexts } from '../source/compare-texts.ts'
import { partitionPoint } from '../source/partition-point.ts'
import type { PathLiteral } from './conditions.ts'

/** Something that applies to the paths that a literal stands for. */
export interface Placed<T> {
  readonly path: PathLiteral
  readonly item: T
  /** Which of several lists it belongs to, from 0: each side of a comparison has its own. */
  readonly list: number
  /** Items of one list with equal ids are alike. */
  readonly id: string
  /** It takes all that comes to it. */
  readonly closes?: true
}

/** All paths to which the same items apply, and those items in their original order. */
export interface PathGroup<T> {
  readonly items: () => readonly T[]
  /** Works the set of paths out; costs more than finding the group. */
  readonly paths: () => StringSet
}

/** A list of a group: equal numbers, equal ids in equal order. */
export interface ListName {
  readonly number: number
  /** One of its items closes it. */
  readonly isClosed: boolean
}

/** Names a group by its lists. Groups of one name are one; an undefined name leaves the paths out. */
export type NameOf<T> = (lists: readonly ListName[], items: () => readonly T[]) => string | undefined

/** A literal of the tree: where its own text ends, and where longer paths go that no longer literal takes over. */
interface LiteralNode<T> {
  readonly text: string
  readonly exact: Ranked<T>[]
  readonly prefix: Ranked<T>[]
}

interface Ranked<T> extends Placed<T> {
  readonly rank: number
}

/** One text alone, or all that starts with it but for the longer literals: painted over by what follows. */
interface Stroke {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
  readonly group: string
}

/**
 * Divides all paths into the groups that the literals cannot tell apart. Near-linear in the literals, however many items
 * apply to all of them: a list is named after the list above it and what is added to that.
 */
export function pathGroups<T>(placed: readonly Placed<T>[], nameOf: NameOf<T>): readonly PathGroup<T>[] {
  const strokes: Stroke[] = []
  const coverings = new Map<string, Covering<T>>()
  const add = adder(placed)
  const paint = (kind: Stroke['kind'], text: string, covering: Covering<T>): void => {
    const group = nameOf(covering.lists, () => itemsOf(covering))
    strokes.push({ kind, text, group: group ?? leftOut })
    if (group !== undefined && !coverings.has(group)) coverings.set(group, covering)
  }
  const above: { readonly text: string; readonly covering: Covering<T> }[] = []
  for (const { text, prefix, exact } of literalNodes(placed)) {
    while (above.length > 0 && !text.startsWith(above.at(-1)?.text ?? '')) above.pop()
    const covering = add(above.at(-1)?.covering, prefix)
    above.push({ text, covering })
    paint('prefix', text, covering)
    paint('exact', text, add(covering, exact))
  }
  const turning = turningStrokes(strokes)
  return [...coverings].map(([group, covering]) => ({
    items: () => itemsOf(covering),
    paths: () => paintedIn(turning.get(group) ?? [], group),
  }))
}

/** For each group the strokes that begin or end its paths: its own, and those painted over them. */
function turningStrokes(strokes: readonly Stroke[]): ReadonlyMap<string, readonly Stroke[]> {
  const turning = new Map<string, Stroke[]>()
  const covering: Stroke[] = []
  for (const stroke of strokes) {
    while (covering.length > 0 && !stroke.text.startsWith(covering.at(-1)?.text ?? '')) covering.pop()
    const below = covering.at(-1)?.group ?? leftOut
    if (below !== stroke.group)
      for (const group of [below, stroke.group])
        turning
          .set(group, turning.get(group) ?? [])
          .get(group)
          ?.push(stroke)
    if (stroke.kind === 'prefix') covering.push(stroke)
  }
  return turning
}

const leftOut = '\u0000left out'

/** All that applies to some paths: what applies to more of them, and what is added here. */
interface Covering<T> {
  readonly over?: Covering<T>
  /** By list, in order. */
  readonly added: ReadonlyMap<number, readonly Ranked<T>[]>
  readonly lists: readonly ListName[]
}

type Add<T> = (over: Covering<T> | undefined, added: readonly Ranked<T>[]) => Covering<T>

function adder<T>(placed: readonly Placed<T>[]): Add<T> {
  const numbers = new Map<string, number>()
  const count = placed.reduce((most, { list }) => Math.max(most, list + 1), 0)
  const empty: Covering<T> = {
    added: new Map(),
    lists: Array.from({ length: count }, () => ({ number: 0, isClosed: false })),
  }
  return (over = empty, added) => {
    if (added.length === 0) return over
    const byList = Map.groupBy(added, ({ list }) => list)
    const lists = over.lists.map((before, list) => {
      const own = byList.get(list) ?? []
      if (own.length === 0) return before
      const text = JSON.stringify([before.number, ...own.map((each) => [each.id, placeIn(over, each)])])
      const number = numbers.get(text) ?? numbers.size + 1
      numbers.set(text, number)
      return { number, isClosed: before.isClosed || own.some(({ closes }) => closes) }
    })
    return { over, added: byList, lists }
  }
}

/** How many items of its list come before one. */
function placeIn<T>(covering: Covering<T>, { rank, list }: Ranked<T>): number {
  let place = 0
  for (let at: Covering<T> | undefined = covering; at !== undefined; at = at.over) {
    place += countBefore(at.added.get(list) ?? [], rank)
  }
  return place
}

function countBefore<T>(sorted: readonly Ranked<T>[], rank: number): number {
  return partitionPoint(sorted.length, (at) => (sorted[at]?.rank ?? 0) < rank)
}

function itemsOf<T>(covering: Covering<T>): readonly T[] {
  const all: Ranked<T>[] = []
  for (let at: Covering<T> | undefined = covering; at !== undefined; at = at.over)
    for (const own of at.added.values()) for (const each of own) all.push(each)
  return all.sort((a, b) => a.rank - b.rank).map(({ item }) => item)
}

/** The literals in lexicographic order, so that every literal follows its prefixes; the empty one is always there. */
function literalNodes<T>(placed: readonly Placed<T>[]): readonly LiteralNode<T>[] {
  const nodes = new Map<string, LiteralNode<T>>([['', { text: '', exact: [], prefix: [] }]])
  for (const [rank, each] of placed.entries()) {
    const { kind, text } = each.path
    const node = nodes.get(text) ?? { text, exact: [], prefix: [] }
    nodes.set(text, node)
    node[kind].push({ ...each, rank })
  }
  return [...nodes.values()].sort((a, b) => compareTexts(a.text, b.text))
}

/** The paths whose last stroke is of this group, of the strokes that begin or end them. Strokes of one nesting level never overlap, so each level is one union. */
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
  return intersect(combine(levels, ends), paths, unmetered)
}

function combine(
  levels: readonly { readonly on: boolean; readonly sets: readonly StringSet[] }[],
  ends: { readonly on: readonly StringSet[]; readonly off: readonly StringSet[] },
): StringSet {
  const all = (sets: readonly StringSet[]) => anyOf(sets, unmetered)
  let painted = all([])
  for (const { on, sets } of levels) painted = (on ? union : subtract)(painted, all(sets), unmetered)
  return union(subtract(painted, all(ends.off), unmetered), all(ends.on), unmetered)
}
