import { type State, stateAt } from './automaton.ts'
import { charge, type Work } from './work.ts'

/** A partition of the numbers 0..n-1 whose blocks hold their marked members in front. */
interface Partition {
  readonly work: Work
  readonly blockOf: Int32Array
  readonly members: Int32Array
  readonly placeOf: Int32Array
  readonly first: number[]
  readonly marked: number[]
  readonly end: number[]
}

const at = (list: Int32Array | readonly number[], index: number): number => list[index] ?? 0

/** Two blocks, the refusing and the accepting states; every member is marked. */
function byAcceptance(states: readonly State[], work: Work): Partition {
  const accepting = states.map((state) => state.accepting)
  const refusing = accepting.filter((each) => !each).length
  const members = new Int32Array(states.length)
  const placeOf = new Int32Array(states.length)
  let [refused, accepted] = [0, refusing]
  accepting.forEach((isAccepting, state) => {
    const place = isAccepting ? accepted++ : refused++
    members[place] = state
    placeOf[state] = place
  })
  const bounds = refusing === 0 || refusing === states.length ? [0] : [0, refusing]
  const end = [...bounds.slice(1), states.length]
  const blockOf = new Int32Array(states.length)
  if (bounds.length === 2) for (const state of members.subarray(refusing)) blockOf[state] = 1
  return { work, blockOf, members, placeOf, first: bounds, marked: [...end], end }
}

/** Marks a member; true if it is the first marked one of its block. */
function mark(partition: Partition, state: number): boolean {
  const { blockOf, members, placeOf, first, marked } = partition
  const block = at(blockOf, state)
  const place = at(placeOf, state)
  const border = at(marked, block)
  if (place < border) return false
  const other = at(members, border)
  members[place] = other
  placeOf[other] = place
  members[border] = state
  placeOf[state] = border
  marked[block] = border + 1
  return border === at(first, block)
}

/** Where each edge of a state leads, by block, neighbouring ranges joined: equal texts, equal behaviour for one step. */
function signatureOf(state: State, blockOf: Int32Array): string {
  let text = ''
  let low = -1
  let high = -2
  let block = -1
  for (const edge of state.edges) {
    const to = at(blockOf, edge.to)
    if (to === block && edge.low === high + 1) high = edge.high
    else {
      if (low >= 0) text += `${low}-${high}>${block} `
      low = edge.low
      high = edge.high
      block = to
    }
  }
  return low < 0 ? text : `${text}${low}-${high}>${block}`
}

/**
 * Groups the marked members by signature, the group of the unmarked ones (if there are any) last: these all share one
 * signature, for none of their successors has changed its block since they were last compared.
 */
function groupsOf(
  states: readonly State[],
  partition: Partition,
  block: number,
): readonly (readonly number[])[] {
  const { blockOf, members, first, marked, end } = partition
  const groups = new Map<string, number[]>()
  for (let place = at(first, block); place < at(marked, block); place++) {
    const state = at(members, place)
    const compared = stateAt(states, state)
    charge(partition.work, compared.edges.length + 1)
    const signature = signatureOf(compared, blockOf)
    const group = groups.get(signature)
    if (group === undefined) groups.set(signature, [state])
    else group.push(state)
  }
  if (at(marked, block) === at(end, block)) return [...groups.values()]
  const rest = signatureOf(stateAt(states, at(members, at(marked, block))), blockOf)
  const joining = groups.get(rest) ?? []
  groups.delete(rest)
  return [...groups.values(), joining]
}

interface Span {
  readonly from: number
  readonly to: number
}

/** Puts the groups side by side; the last one reaches to the end of the block. Returns where each lies now. */
function arrange(
  partition: Partition,
  block: number,
  groups: readonly (readonly number[])[],
): readonly Span[] {
  const { members, placeOf, first, end } = partition
  let place = at(first, block)
  const spans = groups.map((group): Span => {
    const from = place
    for (const state of group) {
      members[place] = state
      placeOf[state] = place++
    }
    return { from, to: place }
  })
  return spans.map((span, index) =>
    index === spans.length - 1 ? { from: span.from, to: at(end, block) } : span,
  )
}

/** Splits a block by signature. The largest part keeps its number, so each state is renamed O(log n) times. */
function split(states: readonly State[], partition: Partition, block: number): readonly Span[] {
  const { work, blockOf, members, first, marked, end } = partition
  if (at(end, block) - at(first, block) === 1) {
    charge(work, stateAt(states, at(members, at(first, block))).edges.length + 1)
    marked[block] = at(first, block)
    return []
  }
  const spans = arrange(partition, block, groupsOf(states, partition, block)).filter(
    (span) => span.from < span.to,
  )
  const largest = spans.reduce((best, span) => (span.to - span.from > best.to - best.from ? span : best))
  first[block] = largest.from
  marked[block] = largest.from
  end[block] = largest.to
  const renamed = spans.filter((span) => span !== largest)
  for (const { from, to } of renamed) {
    const number = first.push(from) - 1
    marked.push(from)
    end.push(to)
    for (let place = from; place < to; place++) blockOf[at(members, place)] = number
  }
  return renamed
}

/** For every state, the states with an edge to it, as one flat list and the place where each state's part begins. */
function predecessors(states: readonly State[]): {
  readonly starts: Int32Array
  readonly sources: Int32Array
} {
  const starts = new Int32Array(states.length + 1)
  for (const state of states)
    for (const edge of state.edges) starts[edge.to + 1] = at(starts, edge.to + 1) + 1
  for (let i = 1; i < starts.length; i++) starts[i] = at(starts, i) + at(starts, i - 1)
  const next = starts.slice()
  const sources = new Int32Array(at(starts, states.length))
  states.forEach((state, source) => {
    for (const edge of state.edges) {
      const place = at(next, edge.to)
      sources[place] = source
      next[edge.to] = place + 1
    }
  })
  return { starts, sources }
}

/**
 * Numbers states by the language they accept: equal numbers, equal languages. Every state must accept something
 * (otherwise a dead state and a missing edge would differ). Partition refinement, O(edges · log states) for bounded degree.
 */
export function equivalence(states: readonly State[], work: Work): Int32Array {
  const partition = byAcceptance(states, work)
  const { starts, sources } = predecessors(states)
  const pending = [...partition.first.keys()]
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    for (const { from, to } of split(states, partition, block)) {
      for (const renamed of partition.members.slice(from, to)) {
        for (let i = at(starts, renamed); i < at(starts, renamed + 1); i++) {
          const source = at(sources, i)
          if (mark(partition, source)) pending.push(at(partition.blockOf, source))
        }
      }
    }
  }
  return partition.blockOf
}
