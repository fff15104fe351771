import type { BudgetName } from '../domain/budgets.ts'

/** Judging one pull request was ended by force: it went on for longer, or took more memory, than anything that people write. */
export class JudgingLimit extends Error {
  override readonly name = 'JudgingLimit'
  readonly budget: BudgetName
  constructor(budget: BudgetName, limit: { readonly size: number; readonly unit: string }) {
    super(`judging it took more than ${limit.size} ${limit.unit}, and was ended`)
    this.budget = budget
  }
}

/** No thread has begun with it: the machine has too much to do, or no room for one. Nothing is wrong with the pull request. */
export class JudgingNotBegun extends Error {
  override readonly name = 'JudgingNotBegun'
  constructor(seconds: number) {
    super(`no thread began to judge it within ${seconds} seconds`)
  }
}
