import type { Assessment } from '../../domain/policy/judgement.ts'
import type { WayOut } from '../../domain/ways-out/way-out.ts'
import type { Merged } from './report-context.ts'
import { audienceOf } from './requests/audience.ts'
import { type Row, type RowContext, rowContext, rowsOf } from './requests/rows.ts'

/** An assessment as every writer sees it: the names of the teams and the rows of the table, worked out once. */
export interface View extends RowContext {
  readonly rows: readonly Row[]
  /** Edits that were tried out, and help. */
  readonly waysOut: readonly WayOut[]
  /** Present where it is in the branch already. */
  readonly merged?: Merged
  /** It was merged some time ago, and who agreed to it then is not known. */
  readonly past?: true
}

/** Everything that the writers have in common. */
export function viewOf(assessment: Assessment, waysOut: readonly WayOut[] = []): View {
  const context = rowContext(assessment, audienceOf(assessment))
  return { ...context, rows: rowsOf(context), waysOut }
}
