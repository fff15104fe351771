import type { Assessment, ChangedFile } from './assessment.ts'
import type { Codeowners } from './ownership/codeowners.ts'
import type { Obstruction } from './policy/decision.ts'
import type { People } from './policy/people.ts'
import type { SourceFile } from './source/source-file.ts'

/** What is proposed: the manifests of both sides, and the judge's own files. */
export interface Proposal {
  readonly base: readonly SourceFile[]
  readonly merged: readonly SourceFile[]
  /** The changed files among them, with the judge's own files. */
  readonly changed: readonly ChangedFile[]
  /** `.github/firebreak.yml` and CODEOWNERS, base side. */
  readonly configuration?: SourceFile
  readonly codeowners?: Codeowners
  /** What already stood in the way of reading the two sides. */
  readonly obstructions: readonly Obstruction[]
  readonly draft: boolean
}

export type { Assessment, People }
