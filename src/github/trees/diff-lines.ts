import type { DiffLines } from '../../report/github/spot.ts'

interface ChangedFile {
  readonly filename: string
  /** Absent for large and for binary files. */
  readonly patch?: string | undefined
}

const hunkHeader = /^@@ -\d+(?:,\d+)? \+(?<start>\d+)(?:,(?<count>\d+))? @@/gm

/** The hunks of each file as closed ranges of lines of the new side, from GitHub's listing of changed files. */
export function diffLinesOf(files: readonly ChangedFile[]): DiffLines {
  const lines = new Map<string, (readonly [number, number])[]>()
  for (const { filename, patch = '' } of files) {
    const ranges: (readonly [number, number])[] = []
    for (const { groups } of patch.matchAll(hunkHeader)) {
      const start = Number(groups?.['start'])
      const count = Number(groups?.['count'] ?? 1)
      if (count > 0) ranges.push([start, start + count - 1])
    }
    if (ranges.length > 0) lines.set(filename, ranges)
  }
  return lines
}
