import type { ChartOutput, ChartParameter } from '../../domain/deployment/releases/release.ts'
import type { ReadableSide } from '../ports.ts'

/** A side to be read: the merged one, or a commit. */
export type ReadSide = ReadableSide | { readonly kind: 'tip'; readonly sha: string }

/** Regular files with their contents, by path; what leads elsewhere is none. */
export type FileContents = ReadonlyMap<string, Uint8Array>

/** A chart, and what it is released with. */
export interface ChartRelease {
  readonly name: string
  readonly namespace?: string
  /** By their paths from the folder of the chart. */
  readonly chart: FileContents
  /** Texts of YAML, later ones win. */
  readonly values: readonly string[]
  readonly set: readonly ChartParameter[]
}

/** Renders charts. What it prints, and what it complains of, is hostile input. */
export interface ChartRenderer {
  /** What the same release came to before may be remembered, unless it is wanted anew. */
  render(release: ChartRelease, how?: 'anew'): Promise<ChartOutput>
}
