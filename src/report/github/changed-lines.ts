import { diffArrays, structuredPatch } from 'diff'
import { budgets } from '../../domain/budgets.ts'
import type { ChangedFile } from '../../domain/policy/touched.ts'

/** Beyond this a file is a rewrite, in which no line is more to the point than another. */
const mostEdits = budgets.editedLines.size

/** The lines of the merged side that the pull request adds or changes, from 1. */
export function changedLines({ base, merged }: ChangedFile): readonly number[] {
  if (merged === undefined) return []
  const [before, after] = [base?.text ?? '', merged.text].map((text) => text.split('\n'))
  const parts = diffArrays(before ?? [], after ?? [], { maxEditLength: mostEdits })
  let line = 1
  return (parts ?? []).flatMap((part) => {
    if (part.removed) return []
    const start = line
    line += part.value.length
    return part.added ? part.value.map((_, index) => start + index) : []
  })
}

/** Lines that a diff shows around each change, by Git's default. */
const around = 3

/** The hunks of a diff as closed ranges of lines of the new side; undefined beyond the budget. */
export function shownLines(
  before: string,
  after: string,
): readonly (readonly [number, number])[] | undefined {
  const limits = { context: around, maxEditLength: mostEdits }
  return structuredPatch('', '', before, after, '', '', limits)
    ?.hunks.filter(({ newLines }) => newLines > 0)
    .map(({ newStart, newLines }) => [newStart, newStart + newLines - 1] as const)
}
