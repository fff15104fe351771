import type { PathLiteral } from '../match/conditions.ts'
import { partitionPoint } from '../source/partition-point.ts'
import type { Candidate } from './candidates.ts'

/** Something with a place in a list that asks for the paths of a literal. */
type Listed = Pick<Candidate, 'path' | 'rank'>

/** Finds the candidates whose literals can meet another literal, without looking at the rest of the table. */
export interface CandidateIndex<T extends Listed = Candidate> {
  /** Those that come before `rank`, in order. */
  before(rank: number, path: PathLiteral): readonly T[]
}

/** Near-linear to build; a look-up costs the length of the literal, and what it finds. */
export function indexCandidates<T extends Listed>(candidates: readonly T[]): CandidateIndex<T> {
  const inOrder = candidates.toSorted(byRank)
  const all = Map.groupBy(inOrder, ({ path }) => path.text)
  const prefixes = Map.groupBy(
    inOrder.filter(({ path }) => path.kind === 'prefix'),
    ({ path }) => path.text,
  )
  const texts = [...all.keys()].sort()
  const lengths = [...new Set([...prefixes.keys()].map((text) => text.length))].sort((a, b) => a - b)
  return {
    before(rank, { kind, text }) {
      const shorter = lengths.filter((length) => length < text.length)
      const above = shorter.map((length) => prefixes.get(text.slice(0, length)))
      const below =
        kind === 'exact' ? [all.get(text)] : startingWith(text, texts).map((each) => all.get(each))
      const found = [...above, ...below].flatMap((group) => (group ? [earlierOf(group, rank)] : []))
      const [only = []] = found
      return found.length < 2 ? only : found.flat().sort(byRank)
    },
  }
}

function byRank(a: Listed, b: Listed): number {
  return a.rank - b.rank
}

/** Those of a list in order that come before a rank. */
function earlierOf<T extends Listed>(inOrder: readonly T[], rank: number): readonly T[] {
  return inOrder.slice(
    0,
    partitionPoint(inOrder.length, (at) => (inOrder[at]?.rank ?? rank) < rank),
  )
}

/** The texts of a sorted list that start with `start`. */
function startingWith(start: string, texts: readonly string[]): readonly string[] {
  const first = partitionPoint(texts.length, (at) => (texts[at] ?? '') < start)
  const found: string[] = []
  for (let at = first; texts[at]?.startsWith(start); at++) found.push(texts[at] ?? '')
  return found
}
