import { budgets } from '../../domain/budgets.ts'
import { plainOf } from '../../domain/words/phrase.ts'
import { graphMermaid } from '../page/graph.ts'
import { withinBudget } from '../print/budget.ts'
import { fenced, fold } from '../print/markdown.ts'
import { gatewayNoteFor } from '../sentences/requests/curl.ts'
import { tryIt } from '../sentences/requests/explanation.ts'
import type { View } from '../sentences/view.ts'

/** Requests that show the difference, with the answers of both sides. */
export function tryFold(view: View): readonly string[] {
  const requests = tryIt(view, 4)
  const lines = [...gatewayNoteFor(requests).map((note) => `# ${plainOf(note)}`), ...requests]
  return lines.length === 0
    ? []
    : [
        fold(
          'Try it',
          fenced(
            'sh',
            withinBudget(lines, budgets.tryIt.size, (left) => `# ${left} more lines`),
          ),
        ),
      ]
}

/** The delegations concerned, drawn, or as a list where they are many. */
export function graphFold({ assessment }: View): readonly string[] {
  if (assessment.comparison.changes.length === 0) return []
  const { kind, lines } = graphMermaid(assessment.comparison)
  if (lines.length === 0) return []
  const body =
    kind === 'mermaid'
      ? `${fenced('mermaid', lines)}\n\nThick: requests of this delegation are treated differently. Dotted: no longer there. Crossed: leads nowhere.`
      : withinBudget(lines, budgets.delegations.size, (left) => `- ${left} more`).join('\n')
  return [fold('Who delegates to whom', body)]
}
