import type { Edit } from './edits.ts'

/** One pull request, and how it must end. */
export interface Story {
  readonly name: string
  readonly author: string
  readonly title: string
  readonly body: string
  readonly edits: readonly Edit[]
  readonly ends: Ending
  /** Who approves then, and how that must end. */
  readonly approval?: { readonly by: string; readonly conclusion: Conclusion }
}

/** How a check run can end here. */
type Conclusion = 'success' | 'action_required' | 'failure'

/** What Firebreak must say of a pull request. */
interface Ending {
  readonly conclusion: Conclusion
  /** The rule whose introduced finding blocks. */
  readonly rule?: string
  /** The teams that are asked, by the last part of their name. */
  readonly asked?: readonly string[]
  /** Every change: its kind, what teams it touches, and words of the requests it is about. */
  readonly changes: readonly ExpectedChange[]
  readonly comment: 'comment' | 'no comment'
}

/** A change of the blast radius. */
export interface ExpectedChange {
  readonly kind: string
  readonly touched: readonly string[]
  readonly requests: string
  readonly spill?: true
}
