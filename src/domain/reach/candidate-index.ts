import type { PathLiteral } from '../match/conditions.ts'
import { partitionPoint } from '../source/partition-point.ts'
import { type Candidate, literalsMeet } from './candidates.ts'

/** Something with a place in a list that asks for the paths of a literal. */
type Listed = Pick<Candidate, 'path' | 'rank'>

/** Finds the candidates whose literals can meet another literal, without looking at the rest of the table. */
export interface CandidateIndex<T extends Listed = Candidate> {
  /** Those that come before `rank`, in order. */
  before(rank: number, path: PathLiteral): readonly T[]
}

/** Near-linear to build; a look-up costs the length of the literal, and what it finds. */
export function indexCandidates<T extends Listed>(candidates: readonly T[]): CandidateIndex<T> {
  const byText = Map.groupBy(candidates, ({ path }) => path.text)
  const texts = [...byText.keys()].sort()
  const lengths = [...new Set(texts.map((text) => text.length))].sort((a, b) => a - b)
  return {
    before(rank, path) {
      const shorter = lengths.filter((length) => length < path.text.length)
      const above = shorter.map((length) => path.text.slice(0, length))
      const below = path.kind === 'exact' ? [path.text] : startingWith(path.text, texts)
      return [...above, ...below]
        .flatMap((text) => byText.get(text) ?? [])
        .filter((each) => each.rank < rank && literalsMeet(each.path, path))
        .sort((a, b) => a.rank - b.rank)
    },
  }
}

/** The texts of a sorted list that start with `start`. */
function startingWith(start: string, texts: readonly string[]): readonly string[] {
  const first = partitionPoint(texts.length, (at) => (texts[at] ?? '') < start)
  const found: string[] = []
  for (let at = first; texts[at]?.startsWith(start); at++) found.push(texts[at] ?? '')
  return found
}
