import type { BudgetName } from '../budgets.ts'
import type { Cause } from '../doubt.ts'
import type { Judgement } from './judgement.ts'

/** The budgets that did not suffice to say for certain what a proposal changes, each once, by name. */
export function budgetsUsedUp({
  comparison,
  assumptions,
}: Pick<Judgement, 'assumptions'> & {
  readonly comparison: Pick<Judgement['comparison'], 'changes'>
}): readonly BudgetName[] {
  const doubts = [...assumptions, ...comparison.changes.flatMap((change) => change.doubts)]
  return [...new Set(doubts.flatMap(({ cause }) => budgetOf(cause) ?? []))].toSorted()
}

function budgetOf(cause: Cause): BudgetName | undefined {
  if (cause.code === 'too-much-to-compare') return cause.budget
  if (cause.code === 'pattern-too-large') return 'pattern'
  if (cause.code === 'untried-orders') return 'orders'
  return cause.code === 'untried-copies' ? 'copies' : undefined
}
