import { rangeOf } from '../source/located.ts'
import type { Candidate, Generator } from './candidate.ts'
import { itemLines, replaceLines } from './edit.ts'
import { intruders } from './other-teams.ts'

/** Takes out a new match by which requests of other teams are answered, where its entry has others. */
export const takeOutIntruder: Generator = (judgement) =>
  intruders(judgement).flatMap(({ virtualService, match }): readonly Candidate[] => {
    const entry = (virtualService.spec.http ?? []).find((each) => each.match?.includes(match))
    const range = rangeOf(match)
    const lines = range?.file.path === virtualService.file.path ? itemLines(range) : undefined
    if (lines === undefined || (entry?.match ?? []).length < 2) return []
    return [{ step: { kind: 'take-out' }, edit: replaceLines(virtualService.file, lines, '') }]
  })
