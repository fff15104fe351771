import type { Comparison } from '../diff/comparison.ts'
import type { Team } from '../ownership/team.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { Because, Severity } from '../source/diagnostic.ts'
import type { SourceRange } from '../source/source-file.ts'
import type { YamlFaultCode } from '../source/yaml-fault.ts'
import type { Unjudged } from '../unmodelled/unjudged.ts'

export type Effect = 'block' | 'require-approval' | 'report' | 'off'

/** What a rule finds on one side. It knows neither its severity in this repository nor its help page. */
export interface Fault {
  readonly message: string
  readonly range?: SourceRange
  readonly notes?: readonly Because[]
  readonly advice?: string
  /** `ns/name` of the resource concerned, '' where there is none. */
  readonly resource: string
  readonly mesh: string
  /** What the fault is about, in normal form: equal on both sides if it is the same fault. Never a line. */
  readonly fingerprint: string
  readonly teams?: readonly Team[]
  readonly severity?: Severity
  readonly admission?: 'rejected'
  /** Why a YAML text cannot be read, where that is the fault. */
  readonly code?: YamlFaultCode
  /** Replaces the configured effect where product.md gives one (a shadowed route killed by another owner). */
  readonly effect?: 'require-approval' | 'report'
  /** What is not modelled and was changed, for those who word it otherwise than `message` does. */
  readonly unjudged?: Unjudged
}

/** One thing that can be wrong with one side; `comparison` gives the context (settings, ownership, the other side). */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  readonly effect: Effect
  readonly configurable: boolean
  /** One sentence for the catalogue. */
  readonly summary: string
  check(side: Snapshot, comparison: Comparison): Iterable<Fault>
}

/** A fault with everything stamped on it that the rule does not know. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly effect: Effect
  readonly status: 'introduced' | 'existing' | 'fixed'
  readonly message: string
  readonly range?: SourceRange
  readonly notes: readonly Because[]
  readonly advice?: string
  readonly resource: string
  readonly mesh: string
  readonly fingerprint: string
  readonly teams: readonly Team[]
  readonly admission?: 'rejected'
  readonly code?: YamlFaultCode
  readonly unjudged?: Unjudged
}
