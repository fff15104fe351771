import { memoized } from './memoized.ts'
import { partitionPoint } from './partition-point.ts'
import type { YamlDocument } from './yaml/yaml-document.ts'

/** A text under a repository path. Paths use `/`, are relative to the root and are hostile input. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  /** Of another repository, which its path names: no line of it can be remarked on. */
  readonly elsewhere?: true
  /** What a cluster receives of it, where that was worked out: read in the place of the text. */
  readonly delivered?: readonly YamlDocument[]
}

/** What delivers an object, and where to. */
export interface UnitPlace {
  /** Equal on both sides for the same unit. */
  readonly key: string
  /** The folder that is built, or delivered as it stands. */
  readonly folder: string
  /** The folder of the object of Argo CD or Flux that says so. */
  readonly by?: string
  /** The kind of that object, or of what releases the chart. */
  readonly deployer?: string
  /** The cluster, where anything names it. */
  readonly destination?: string
  /** The mesh, where the configuration says it of the unit. */
  readonly mesh?: string
}

/** What made another object of one than it is written, last: a kustomization, or an object of Argo CD or Flux that patches it. */
export interface Overlay {
  readonly path: string
  /** The files in which that is said: patches, or itself. */
  readonly saidIn: readonly string[]
  /** What did so before it. */
  readonly over?: Overlay
}

/** Equal for what delivers to the same cluster, whatever says so. */
export function keyOfUnit({ key, destination, mesh }: UnitPlace): string {
  return JSON.stringify([key, destination ?? '', ...(mesh === undefined ? [] : [mesh])])
}

/** A half-open range of UTF-16 offsets in one file. */
export interface SourceRange {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

/** A place for people: `line` and `column` count from 1, columns in UTF-16 units. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

const lineStartsOf = memoized((file: SourceFile): readonly number[] => {
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
})

/** The line and column of an offset. Lines end at `\n`, as GitHub counts them. O(log lines) after the first call. */
export function positionAt(file: SourceFile, offset: number): Position {
  const starts = lineStartsOf(file)
  const line = partitionPoint(starts.length, (at) => (starts[at] ?? 0) <= offset)
  return { file: file.path, line, column: offset - (starts[line - 1] ?? 0) + 1 }
}

/** Where a range begins. */
export function positionOf(range: SourceRange): Position {
  return positionAt(range.file, range.start)
}

/** The last line a range touches; a range that ends with a line break ends on the line before it. */
export function lastLineOf(range: SourceRange): number {
  return positionAt(range.file, Math.max(range.start, range.end - 1)).line
}

/** The text of line `line` (from 1) without its line break, or '' where there is none. */
export function textOfLine(file: SourceFile, line: number): string {
  const starts = lineStartsOf(file)
  const start = starts[line - 1]
  if (start === undefined) return ''
  return file.text.slice(start, starts[line] ?? file.text.length).replace(/\r?\n$/, '')
}

/** The lines `first` to `last` (from 1) with their line breaks; nothing, in front of `first`, where `last` is before it. */
export function rangeOfLines(file: SourceFile, first: number, last: number): SourceRange {
  const starts = lineStartsOf(file)
  const start = starts[first - 1] ?? file.text.length
  return { file, start, end: last < first ? start : (starts[last] ?? file.text.length) }
}
