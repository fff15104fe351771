import type { WayOut } from '../../domain/ways-out/way-out.ts'

/** What is in a branch already, told afterwards. */
export interface Merged {
  readonly branch: string
  /** Who pushed or merged it; absent where the forge does not say. */
  readonly by?: string
  /** Absent where it came without a pull request. */
  readonly number?: number
}

/** What a report has to know of the pull request besides its assessment. */
export interface ReportContext {
  readonly headSha: string
  readonly baseTip: string
  readonly baseBranch: string
  readonly number: number
  /** The lines of each changed file that lie in a hunk of the diff, on the merged side, as inclusive ranges. */
  readonly diffLines: ReadonlyMap<string, readonly (readonly [number, number])[]>
  /** Whom GitHub asks for a review already: `@org/team`, `@user`. */
  readonly requestedReviewers?: readonly string[]
  /** The paths whose text is the same on the head commit as after the merge: only there are their lines the same. */
  readonly asPushed?: ReadonlySet<string>
  /** Edits that were tried out, and help. */
  readonly waysOut?: readonly WayOut[]
  /** Absent for what is still proposed. */
  readonly merged?: Merged
}
