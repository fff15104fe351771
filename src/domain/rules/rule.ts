import type { Comparison } from '../diff/comparison.ts'
import type { Team } from '../ownership/team.ts'
import type { Asked } from '../reach/asked.ts'
import type { Snapshot } from '../routing/snapshot.ts'
import type { Because, Severity } from '../source/diagnostic.ts'
import type { SourceRange } from '../source/source-file.ts'
import type { Unjudged } from '../unmodelled/unjudged.ts'
import type { Phrase } from '../words/phrase.ts'
import type { Sentence } from '../words/sentence.ts'
import type { FindingCode } from './finding-code.ts'

export type Effect = 'block' | 'require-approval' | 'report' | 'off'

/** What a rule finds on one side. It knows neither its severity in this repository nor its help page. */
export interface Fault extends Sentence {
  /** Which of the things that can be wrong. */
  readonly code: FindingCode
  readonly range?: SourceRange | undefined
  readonly because?: readonly Because[]
  readonly todo?: Phrase
  /** `ns/name` of the resource concerned, '' where there is none. */
  readonly resource: string
  /** Its kind, as `group/Kind`, where the rule is about more kinds than one. */
  readonly kind?: string
  readonly mesh: string
  /** What the fault is about, in normal form: equal on both sides if it is the same fault. Codes and values; never words or a line. */
  readonly fingerprint: string
  /** What it is about, whatever else of it changes: while one of a matter stands, none of that matter is put right. */
  readonly matter?: string
  /** Whether more is wrong in its matter than before. What does not say that it is not is introduced. */
  readonly grown?: boolean
  readonly teams?: readonly Team[]
  readonly severity?: Severity
  readonly admission?: 'rejected'
  /** Replaces the configured effect where product.md gives one (a shadowed route killed by another owner). */
  readonly effect?: 'require-approval' | 'report'
  /** What is not modelled and was changed, for those who word it otherwise than the rule does. */
  readonly unjudged?: Unjudged
}

/**
 * One thing that can be wrong with one side; `comparison` gives the context (settings, ownership, the other side). Of a VirtualService
 * that is not asked about a rule may leave out its faults: both sides have the same.
 */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  readonly effect: Effect
  readonly configurable: boolean
  /** One sentence for the catalogue. */
  readonly summary: string
  check(side: Snapshot, comparison: Comparison, asked: Asked): Iterable<Fault>
}

/** A fault with everything stamped on it that the rule does not know. */
export interface Finding extends Omit<Fault, 'range' | 'effect' | 'matter' | 'grown'> {
  readonly rule: string
  readonly severity: Severity
  readonly effect: Effect
  readonly status: 'introduced' | 'existing' | 'fixed'
  readonly range?: SourceRange
  readonly because: readonly Because[]
  readonly teams: readonly Team[]
}
