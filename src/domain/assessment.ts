import type { Comparison } from './diff/comparison.ts'
import type { Decision } from './policy/decision.ts'
import type { People } from './policy/people.ts'
import type { Policy } from './policy/policy.ts'
import type { Finding } from './rules/rule.ts'
import type { SourceFile } from './source/source-file.ts'

/** One file that a pull request adds, removes, changes or moves. `base`/`merged` are absent where it does not exist. */
export interface ChangedFile {
  readonly path: string
  readonly previousPath?: string
  readonly base?: SourceFile
  readonly merged?: SourceFile
}

/** Everything the reports need, and all they get. */
export interface Assessment {
  readonly comparison: Comparison
  readonly findings: readonly Finding[]
  readonly decision: Decision
  readonly policy: Policy
  readonly people: People
  /** Plain sentences: what Git does not say and was taken for granted. */
  readonly assumptions: readonly string[]
  readonly touched: Touched
  readonly draft: boolean
}

/** What the pull request touches, counted: for a title that says why nothing is wrong. */
export interface Touched {
  readonly files: readonly ChangedFile[]
  /** Paths that hold, held or would hold mesh manifests, CODEOWNERS or the configuration. */
  readonly relevantPaths: readonly string[]
  /** `ns/name` of the VirtualServices and Gateways whose normal form, path or owner changes. */
  readonly changedResources: readonly string[]
  /** VirtualServices in the touched manifests. */
  readonly virtualServices: number
}
