import { canonicalJson } from '../manifest/json.ts'
import { identityOf } from '../manifest/names.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import type { Judgement } from '../policy/judgement.ts'
import { rangeOf } from '../source/located.ts'
import { onBase } from './both-sides.ts'
import type { Candidate, Generator } from './candidate.ts'
import { closedText, itemLines, type Lines, replaceLines } from './edit.ts'

/** Where one entry stands elsewhere than on the base side: moves it back. */
export const restoreOrder: Generator = (judgement) => {
  const changed = new Set(judgement.touched.changedResources)
  return judgement.comparison.merged.meshes.flatMap(({ name, virtualServices }) =>
    virtualServices
      .filter((each) => changed.has(identityOf(each)))
      .flatMap((each) => movesIn(each, knownEntries(each, name, judgement)).slice(0, 2)),
  )
}

/** An entry that both sides have: where the base side has it, and its lines on the merged side. */
interface Known {
  readonly rank: number
  readonly lines: Lines
}

/** The entries that the base side has, too, in the order of the merged side; none where they cannot be told apart. */
function knownEntries(merged: VirtualService, mesh: string, judgement: Judgement): readonly Known[] {
  const keys = (onBase(judgement, mesh, merged)?.spec.http ?? []).map((entry) => canonicalJson(entry))
  const entries = (merged.spec.http ?? []).map((entry) => ({
    entry,
    rank: keys.indexOf(canonicalJson(entry)),
  }))
  const both = entries.filter(({ rank }) => rank !== -1)
  const ranks = new Set(both.map(({ rank }) => rank))
  if (ranks.size < both.length || new Set(keys).size < keys.length) return []
  const known = both.flatMap(({ entry, rank }) => {
    const range = rangeOf(entry)
    const lines = range?.file.path === merged.file.path ? itemLines(range) : undefined
    return lines === undefined ? [] : [{ rank, lines }]
  })
  return known.length === both.length ? known : []
}

/** Every single move after which the entries stand in the order of the base side; those upwards first. */
function movesIn({ file }: VirtualService, known: readonly Known[]): readonly Candidate[] {
  if (isSorted(known)) return []
  const moves = known.flatMap((entry, at): readonly Move[] => {
    if (!isSorted(known.filter((each) => each !== entry))) return []
    const above = known.find((each, index) => index < at && each.rank > entry.rank)
    const below = known.findLast((each, index) => index > at && each.rank < entry.rank)
    if (above !== undefined) return [{ entry: entry.lines, where: 'above', other: above.lines }]
    return below === undefined ? [] : [{ entry: entry.lines, where: 'below', other: below.lines }]
  })
  return moves.toSorted((a, b) => Number(a.where === 'below') - Number(b.where === 'below')).map(candidate)

  function candidate({ entry, where, other }: Move): Candidate {
    const text = closedText(file, entry)
    const isUp = where === 'above'
    const between = isUp
      ? { first: other.first, last: entry.first - 1 }
      : { first: entry.last + 1, last: other.last }
    const rest = closedText(file, between)
    const lines = isUp ? { first: other.first, last: entry.last } : { first: entry.first, last: other.last }
    return {
      step: { kind: 'move', entry, where, line: isUp ? other.first : other.last },
      edit: replaceLines(file, lines, isUp ? `${text}${rest}` : `${rest}${text}`),
    }
  }
}

interface Move {
  readonly entry: Lines
  readonly where: 'above' | 'below'
  readonly other: Lines
}

function isSorted(known: readonly Known[]): boolean {
  return known.every(({ rank }, index) => index === 0 || (known[index - 1]?.rank ?? -1) < rank)
}
