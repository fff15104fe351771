import { appendEdge, type Edge, maxCodePoint, type State } from './automaton.ts'
import { renumber } from './canonical.ts'
import type { StringSet } from './language.ts'

type Range = readonly [low: number, high: number]

const colon = 0x3a
const digits: Range = [0x30, 0x39]

/** What stands in an authority, but for the colon before a port. */
const inNames: readonly Range[] = [
  [0x21, 0x22],
  [0x24, 0x2e],
  digits,
  [0x3b, 0x3e],
  [0x41, 0x7e],
  [0x80, maxCodePoint],
]

/** Where the next character leads: how much of the end was read then. Any other leads to nothing of it. */
type Row = ReadonlyMap<number, number>

/**
 * Names with something before this end, in any mixture of ASCII cases, with or without a port. Each state knows how much of the end was
 * read last (Knuth, Morris and Pratt), so that nothing has to be determinised. O(length of the end x its different characters).
 */
export function namesEnding(end: string): StringSet {
  const characters = Array.from(end.toLowerCase(), (each) => each.codePointAt(0) ?? 0)
  const rows = rowsOf(characters)
  const port = rows.length + 1
  const states: readonly State[] = [
    { accepting: false, edges: edgesOf(new Map()) },
    ...rows.map((row, read) => ({
      accepting: read === characters.length,
      edges: edgesOf(row, read === characters.length ? port : undefined),
    })),
    { accepting: false, edges: [digitsTo(port + 1)] },
    { accepting: true, edges: [digitsTo(port + 1)] },
  ]
  return { states: renumber(states, Int32Array.from(states.keys())) }
}

/** One row for each length that may have been read, the whole end included. */
function rowsOf(characters: readonly number[]): readonly Row[] {
  const rows: Row[] = []
  // How much is read of the end without its first character: what is left after a mismatch.
  let left = 0
  for (const [read, character] of characters.entries()) {
    const fallback: Row = rows[left] ?? new Map()
    rows.push(new Map([...fallback, [character, read + 1]]))
    left = read === 0 ? 0 : (fallback.get(character) ?? 0)
  }
  return [...rows, rows[left] ?? new Map()]
}

function edgesOf(row: Row, port?: number): readonly Edge[] {
  const targets = new Map(
    [...row].flatMap(([character, read]) => inBothCases(character).map((each) => [each, read + 1])),
  )
  const edges: Edge[] = []
  for (const [low, high] of inNames) {
    if (low > colon && port !== undefined && edges.every(({ low: first }) => first !== colon))
      appendEdge(edges, { low: colon, high: colon, to: port })
    let from = low
    for (const each of [...targets.keys()]
      .filter((one) => one >= low && one <= high)
      .toSorted((a, b) => a - b)) {
      if (each > from) appendEdge(edges, { low: from, high: each - 1, to: 1 })
      appendEdge(edges, { low: each, high: each, to: targets.get(each) ?? 1 })
      from = each + 1
    }
    if (from <= high) appendEdge(edges, { low: from, high, to: 1 })
  }
  return edges
}

function inBothCases(character: number): readonly number[] {
  return character >= 0x61 && character <= 0x7a ? [character - 0x20, character] : [character]
}

function digitsTo(to: number): Edge {
  return { low: digits[0], high: digits[1], to }
}
