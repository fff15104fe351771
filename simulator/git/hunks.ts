import type { Side } from '../state/pull-request.ts'

/** A line of a diff; `position` counts from the first hunk header, as GitHub counts. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context'
  readonly text: string
  readonly position: number
  readonly left?: number
  readonly right?: number
}

/** A hunk of a patch. */
export interface Hunk {
  readonly header: string
  readonly lines: readonly DiffLine[]
}

interface Counters {
  left: number
  right: number
}

function diffLine(text: string, position: number, at: Counters): DiffLine {
  if (text.startsWith('+')) return { kind: 'added', text, position, right: at.right++ }
  if (text.startsWith('-')) return { kind: 'removed', text, position, left: at.left++ }
  return { kind: 'context', text, position, left: at.left++, right: at.right++ }
}

/** The hunks of a patch as GitHub sends it (from the first `@@` on). */
export function parseHunks(patch: string): Hunk[] {
  const hunks: { header: string; lines: DiffLine[] }[] = []
  const at: Counters = { left: 0, right: 0 }
  for (const [position, text] of patch.split('\n').entries()) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text)
    if (header) {
      at.left = Number(header[1])
      at.right = Number(header[2])
      hunks.push({ header: text, lines: [] })
    } else if (!text.startsWith('\\')) hunks.at(-1)?.lines.push(diffLine(text, position, at))
  }
  return hunks
}

/** Where a line number stands in a patch; undefined when it is in no hunk. */
export function findLine(
  hunks: readonly Hunk[],
  side: Side,
  number: number,
): { readonly hunk: Hunk; readonly line: DiffLine } | undefined {
  for (const hunk of hunks) {
    const line = hunk.lines.find(
      (candidate) => (side === 'LEFT' ? candidate.left : candidate.right) === number,
    )
    if (line) return { hunk, line }
  }
  return undefined
}

/** The part of a hunk that GitHub shows above a comment: its header and the lines up to the one concerned. */
export function hunkUpTo(hunk: Hunk, line: DiffLine): string {
  const shown = hunk.lines.slice(0, hunk.lines.indexOf(line) + 1)
  return [hunk.header, ...shown.map(({ text }) => text)].join('\n')
}

/**
 * The number that a line of the old file has in the new one, by a patch without context lines; undefined
 * when the patch removes it.
 */
export function followLine(patch: string, number: number): number | undefined {
  let shift = 0
  for (const header of patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/gm)) {
    const start = Number(header[1])
    const removed = Number(header[2] ?? 1)
    const added = Number(header[3] ?? 1)
    const firstUntouched = removed === 0 ? start + 1 : start + removed
    if (number < (removed === 0 ? firstUntouched : start)) break
    if (number < firstUntouched) return undefined
    shift += added - removed
  }
  return number + shift
}
