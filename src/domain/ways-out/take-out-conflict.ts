import { rangeOf } from '../source/located.ts'
import { type BlockingDrop, blockingDrops } from './blocking-drops.ts'
import { isNew } from './both-sides.ts'
import type { Candidate, Generator } from './candidate.ts'
import { itemLines, joinedLines, type Lines, replaceLines } from './edit.ts'

/** Takes out the new matches because of which Istio drops an entry; the new entry, where none of its matches is good. */
export const takeOutConflict: Generator = (judgement) =>
  blockingDrops(judgement).flatMap((drop): readonly Candidate[] => {
    const lines = newLines(drop)
    return lines === undefined
      ? []
      : [{ step: { kind: 'take-out' }, edit: replaceLines(drop.secondary.file, lines, '') }]
  })

function newLines({ secondary, entry, bad, base }: BlockingDrop): Lines | undefined {
  if (!bad.every((match) => isNew(match, base))) return undefined
  if (bad.length < (entry.match ?? []).length) return joinedLines(bad.map((match) => linesIn(rangeOf(match))))
  return (secondary.spec.http ?? []).length > 1 ? linesIn(rangeOf(entry)) : undefined

  function linesIn(range: ReturnType<typeof rangeOf>): Lines | undefined {
    return range?.file.path === secondary.file.path ? itemLines(range) : undefined
  }
}
