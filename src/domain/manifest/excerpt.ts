import { budgets } from '../budgets.ts'
import { shortened } from '../source/shortened.ts'

const longest = budgets.excerpt.size

/** `text` for a message: one line, cut where it is long. */
export function excerpt(text: string): string {
  return shortened(text.replace(/\s+/g, ' '), longest)
}
