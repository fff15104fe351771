import { type Edge, stateAt } from './automaton.ts'
import type { StringSet } from './language.ts'

const likeliest = 'abcdefghijklmnopqrstuvwxyz0123456789/-._ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const asciiEnd = 0x80

/** Printable ASCII from the most to the least readable; the space comes last. */
const byReadability: readonly number[] = [
  ...Array.from(likeliest, (character) => character.charCodeAt(0)),
  ...Array.from({ length: 0x7e - 0x20 }, (_, i) => 0x21 + i).filter(
    (codePoint) => !likeliest.includes(String.fromCharCode(codePoint)),
  ),
  0x20,
]

/** Ranges beyond ASCII that a reader can see: no controls, line separators, direction marks or lone surrogates. */
const visible: readonly (readonly [number, number])[] = [
  [0xa1, 0xac],
  [0xae, 0x5ff],
  [0x620, 0x6dc],
  [0x6de, 0x70e],
  [0x710, 0x1fff],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2070, 0xd7ff],
  [0xe000, 0xfefe],
  [0xff00, 0xffef],
  [0x10000, 0xe0000],
]

/** The most readable code point of a range, and how readable it is: smaller is better. */
interface Choice {
  readonly codePoint: number
  readonly rank: number
}

const hiddenRank = 0x200000

function choose({ low, high }: Edge): Choice {
  const rank =
    low < asciiEnd ? byReadability.findIndex((codePoint) => codePoint >= low && codePoint <= high) : -1
  if (rank >= 0) return { codePoint: byReadability[rank] ?? low, rank }
  for (const [from, to] of visible) {
    if (from <= high && to >= low) return { codePoint: Math.max(from, low), rank: Math.max(from, low) }
  }
  return { codePoint: low, rank: hiddenRank + low }
}

type Allowed = (edge: Edge) => boolean

/** For every state, the length of the shortest string accepted from it along allowed edges; -1 for none. */
function distances({ states }: StringSet, isAllowed: Allowed): Int32Array {
  const sources: number[][] = states.map(() => [])
  const distance = new Int32Array(states.length).fill(-1)
  const found: number[] = []
  states.forEach(({ accepting, edges }, number) => {
    for (const edge of edges) if (isAllowed(edge)) sources[edge.to]?.push(number)
    if (!accepting) return
    distance[number] = 0
    found.push(number)
  })
  for (const number of found) {
    for (const source of sources[number] ?? []) {
      if (distance[source] !== -1) continue
      distance[source] = (distance[number] ?? 0) + 1
      found.push(source)
    }
  }
  return distance
}

function shortest(set: StringSet, isAllowed: Allowed): string | undefined {
  const distance = distances(set, isAllowed)
  let left = distance[0] ?? -1
  if (left < 0) return undefined
  let text = ''
  for (let at = 0; left > 0; ) {
    const onward = stateAt(set.states, at).edges.filter(
      (edge) => isAllowed(edge) && distance[edge.to] === left - 1,
    )
    const best = onward
      .map((edge) => ({ ...choose(edge), to: edge.to }))
      .reduce((a, b) => (b.rank < a.rank ? b : a))
    text += String.fromCodePoint(best.codePoint)
    at = best.to
    left -= 1
  }
  return text
}

/**
 * One member, the same for equal sets; none if and only if the set is empty. The shortest among those without control and
 * other invisible characters, of these the most readable: letters a-z before digits before `/ - . _` before the rest.
 */
export function witness(set: StringSet): string | undefined {
  return shortest(set, (edge) => choose(edge).rank < hiddenRank) ?? shortest(set, () => true)
}
