import { budgets } from '../../budgets.ts'
import { nowhere, type State, stateAt } from '../automaton.ts'
import { commonPrefix } from '../common-prefix.ts'
import { equivalence } from '../equivalence.ts'
import type { StringSet } from '../language.ts'
import { isEmpty } from '../operations.ts'
import { overlay } from '../overlay.ts'
import type { Work } from '../work.ts'

/** One string, or all strings of the universe that start with `text`; `except` is taken away, what it excepts given back. */
export interface Item {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
  readonly except: Items
}

/** A list of items, and how many more there are than it names. */
export interface Items {
  readonly items: readonly Item[]
  readonly more: number
}

/** The empty list. */
export const noItems: Items = { items: [], more: 0 }

/** A finite way to write a set down. `cost` counts the items, exceptions included. */
export interface Listing {
  readonly cost: number
  readonly list: (limit: number) => Items
}

/** What there is to list: the members, or what the universe has besides. */
export type Side = 'members' | 'others'

const widest = budgets.listedCharacters.size

type Target = number | 'all' | 'none'

/** What follows from one beginning: is it a member, could it be, and where does each further character lead. */
interface Node {
  readonly isMember: boolean
  readonly isPossible: boolean
  readonly branches: readonly { readonly low: number; readonly high: number; readonly to: Target }[]
}

interface Unfolded {
  readonly nodes: readonly Node[]
  readonly start: Target
}

/**
 * Set and universe read in step. From the beginnings where the set has all that the universe has (`all`), or nothing of
 * it (`none`), nothing more needs to be said; the others are nodes.
 */
function unfold(set: StringSet, universe: StringSet, work: Work): Unfolded {
  const offset = set.states.length
  const shifted = universe.states.map(({ accepting, edges }) => ({
    accepting,
    edges: edges.map(({ low, high, to }) => ({ low, high, to: to + offset })),
  }))
  const classOf = equivalence([...set.states, ...shifted], work)
  const numbers = new Map<number, number>()
  const found: { readonly left: State; readonly right: State }[] = []
  const target = (left: number, right: number): Target => {
    if (left === nowhere) return 'none'
    if (classOf[left] === classOf[right + offset]) return 'all'
    const code = left * universe.states.length + right
    const known = numbers.get(code)
    if (known !== undefined) return known
    numbers.set(code, found.length)
    return found.push({ left: stateAt(set.states, left), right: stateAt(universe.states, right) }) - 1
  }
  const start = target(0, 0)
  const nodes: Node[] = []
  for (const { left, right } of found) {
    const pairs = overlay(left.edges, right.edges).filter((pair) => pair.right !== nowhere)
    const branches = pairs.map((pair) => ({
      low: pair.low,
      high: pair.high,
      to: target(pair.left, pair.right),
    }))
    nodes.push({ isMember: left.accepting, isPossible: right.accepting, branches })
  }
  return { nodes, start }
}

/** The nodes with finitely many nodes behind them, each after those that it leads to. */
function finiteNodes(nodes: readonly Node[]): readonly number[] {
  const sources: number[][] = nodes.map(() => [])
  const waiting = nodes.map(({ branches }, number) => {
    const targets = branches.filter(({ to }) => typeof to === 'number')
    for (const { to } of targets) if (typeof to === 'number') sources[to]?.push(number)
    return targets.length
  })
  const ready = [...waiting.keys()].filter((number) => waiting[number] === 0)
  for (const number of ready) {
    for (const source of sources[number] ?? []) {
      waiting[source] = (waiting[source] ?? 0) - 1
      if (waiting[source] === 0) ready.push(source)
    }
  }
  return ready
}

/** What listing one side of a node takes: `turns` if it is shorter to name everything and except the other side. */
interface Price {
  readonly cost: number
  readonly count: number
  readonly turns: boolean
  /** How many exceptions there are if it turns. */
  readonly exceptions: number
}

type Prices = Readonly<Record<Side, Price>>

const unlisted: Price = { cost: Number.POSITIVE_INFINITY, count: 0, turns: false, exceptions: 0 }
const opposite: Readonly<Record<Side, Side>> = { members: 'others', others: 'members' }
const whole: Readonly<Record<Side, Target>> = { members: 'all', others: 'none' }

/** Whether the beginning itself, without any further character, is on this side. */
function isListed(node: Node, side: Side): boolean {
  return side === 'members' ? node.isMember : node.isPossible && !node.isMember
}

function straightPrice(node: Node, side: Side, prices: ReadonlyMap<number, Prices>): Price {
  const own = isListed(node, side) ? 1 : 0
  let cost = own
  let count = own
  for (const { low, high, to } of node.branches) {
    const width = high - low + 1
    if (typeof to !== 'number' && to !== whole[side]) continue
    const price = typeof to === 'number' ? (prices.get(to)?.[side] ?? unlisted) : { cost: 1, count: 1 }
    cost += width > widest ? Number.POSITIVE_INFINITY : width * price.cost
    count += width * price.count
  }
  return { cost, count, turns: false, exceptions: 0 }
}

function pricesOf(node: Node, known: ReadonlyMap<number, Prices>): Prices {
  const straight = {
    members: straightPrice(node, 'members', known),
    others: straightPrice(node, 'others', known),
  }
  const better = (side: Side): Price => {
    const { cost, count } = straight[opposite[side]]
    return 1 + cost < straight[side].cost
      ? { cost: 1 + cost, count: 1, turns: true, exceptions: count }
      : straight[side]
  }
  return { members: better('members'), others: better('others') }
}

interface Growing {
  readonly kind: 'exact' | 'prefix'
  readonly text: string
  readonly except: Growing[]
  readonly exceptions: number
}

interface Task {
  readonly to: Target
  readonly text: string
  readonly side: Side
  readonly into: Growing[]
}

/**
 * All that writing the items down needs. The stem is the beginning that all strings of the universe share, such as `/`:
 * no prefix is written shorter than it.
 */
interface Book {
  readonly nodes: readonly Node[]
  readonly prices: ReadonlyMap<number, Prices>
  readonly stem: string
}

/** Does one step of the writing; returns the steps that remain to be done, the first one last. */
function write(
  { nodes, prices, stem }: Book,
  { to, text, side, into }: Task,
  limit: number,
): readonly Task[] {
  const prefix = stem.startsWith(text) ? stem : text
  const node = typeof to === 'number' ? nodes[to] : undefined
  if (node === undefined || typeof to !== 'number') {
    if (to === whole[side]) into.push({ kind: 'prefix', text: prefix, except: [], exceptions: 0 })
    return []
  }
  const price = prices.get(to)?.[side] ?? unlisted
  if (price.turns) {
    const item: Growing = { kind: 'prefix', text: prefix, except: [], exceptions: price.exceptions }
    into.push(item)
    return straight(node, { to, text, side: opposite[side], into: item.except }, limit)
  }
  return straight(node, { to, text, side, into }, limit)
}

function straight(node: Node, { text, side, into }: Task, limit: number): readonly Task[] {
  if (isListed(node, side)) into.push({ kind: 'exact', text, except: [], exceptions: 0 })
  const tasks: Task[] = []
  for (const { low, high, to } of node.branches) {
    if (typeof to !== 'number' && to !== whole[side]) continue
    for (let codePoint = low; codePoint <= high && tasks.length <= limit; codePoint++) {
      tasks.push({ to, text: text + String.fromCodePoint(codePoint), side, into })
    }
  }
  return tasks.reverse()
}

/** Items in the order of their texts; beyond `limit` of one list they are only counted. */
function writeDown(book: Book, to: Target, side: Side, limit: number): readonly Growing[] {
  const into: Growing[] = []
  const tasks: Task[] = [{ to, text: '', side, into }]
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if (task.into.length <= limit) tasks.push(...write(book, task, limit))
  }
  return into
}

function finished(grown: readonly Growing[], count: number, limit: number): Items {
  const items = grown.slice(0, limit).map(
    ({ kind, text, except, exceptions }): Item => ({
      kind,
      text,
      except: finished(except, exceptions, limit),
    }),
  )
  return { items, more: count - items.length }
}

const nothingToList: Listing = { cost: 0, list: () => noItems }

/**
 * How to write `set` down within `universe` (of which it must be part) by exact strings and prefixes: its members, or what
 * the universe has besides. Exact: the items name that side and nothing else of the universe. The cost is infinite where no
 * finite list will do. Of all lists the one with the fewest items is taken; O(pairs of states).
 */
export function trieCover(set: StringSet, universe: StringSet, work: Work): Readonly<Record<Side, Listing>> {
  const stem = commonPrefix(universe)
  const all: Items = { items: [{ kind: 'prefix', text: stem, except: noItems }], more: 0 }
  const everything: Listing = { cost: 1, list: () => all }
  if (isEmpty(universe)) return { members: nothingToList, others: nothingToList }
  if (isEmpty(set)) return { members: nothingToList, others: everything }
  const { nodes, start } = unfold(set, universe, work)
  if (typeof start !== 'number') return { members: everything, others: nothingToList }
  const prices = new Map<number, Prices>()
  for (const number of finiteNodes(nodes)) {
    const node = nodes[number]
    if (node !== undefined) prices.set(number, pricesOf(node, prices))
  }
  const book: Book = { nodes, prices, stem }
  const listing = (side: Side): Listing => {
    const { cost, count } = prices.get(start)?.[side] ?? unlisted
    return { cost, list: (limit) => finished(writeDown(book, start, side, limit), count, limit) }
  }
  return { members: listing('members'), others: listing('others') }
}
