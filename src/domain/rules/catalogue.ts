import { rules } from './index.ts'
import type { Rule } from './rule.ts'

/** What people choose from: a rule without its check. */
export interface CatalogueEntry
  extends Pick<Rule, 'id' | 'severity' | 'effect' | 'configurable' | 'summary'> {
  /** Its page, relative to the root of the project. */
  readonly help: string
}

/** The rules as a list for people, in the order of their ids. */
export function catalogue(): readonly CatalogueEntry[] {
  return rules.map(({ id, severity, effect, configurable, summary }) => ({
    id,
    severity,
    effect,
    configurable,
    summary,
    help: helpOf(id),
  }))
}

/** Where the page of a rule is. */
function helpOf(id: string): string {
  return `docs/rules/${id}.md`
}
