import { budgets } from '../../../domain/budgets.ts'
import { listed, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import { openRequirements } from '../verdict.ts'
import type { View } from '../view.ts'

/** Rules are named up to this number, then counted. */
const mostNamed = budgets.overridden.size

/** Who set the verdict aside, when and why, and all that it would have taken: for those who were passed over. */
export function overridePhrase(view: View): Phrase | undefined {
  const { override } = view.assessment.decision
  if (override === undefined) return undefined
  return say`${override.by} set the verdict aside at ${quoted(override.at)}, for this commit and this base alone: ${override.reason}${fullStop(override.reason)}${passedOver(view)}${blocked(view)}`
}

function fullStop(text: string): string {
  return /[.?!]$/.test(text) ? '' : '.'
}

function passedOver({ assessment, audience }: View): Phrase {
  const open = openRequirements(assessment)
  if (open.length === 0) return []
  const who =
    open.length > mostNamed
      ? words(`${open.length} teams`)
      : listed(open.map(({ team }) => audience.handle(team)))
  return say` Without the approval of ${who}.`
}

function blocked({ assessment }: View): Phrase {
  const rules = [...new Set(assessment.decision.blocking.map(({ rule }) => rule))]
  if (rules.length === 0) return []
  const what = rules.length > mostNamed ? words(`${rules.length} rules`) : listed(rules.map(quoted))
  return say` In spite of ${what}.`
}
