import { budgets } from '../../domain/budgets.ts'
import { distinctTeams, type Team } from '../../domain/ownership/team.ts'
import { words } from '../../domain/words/phrase.ts'
import { withinBudget } from '../print/budget.ts'
import { fold } from '../print/markdown.ts'
import { markdownOf } from '../print/print.ts'
import { waitedForByName } from '../sentences/consent/consent-words.ts'
import type { View } from '../sentences/view.ts'

/** Up to so many teams are named where they are spoken of. */
const mostSpelled = budgets.namedTeams.size

function names(teams: readonly string[]): string {
  const sorted = teams.toSorted()
  const shown = withinBudget(sorted, budgets.teamNames.size, (left) => `${left} more`)
  return markdownOf(words(shown.join(', ')))
}

/** Whose requests change, or of whom somebody else speaks, without anybody asking them. */
function toldTeams({ assessment, audience }: View): readonly Team[] {
  const { comparison, decision } = assessment
  if (!comparison.ownership.known) return []
  const asked = new Set(decision.requirements.map(({ team }) => team.key))
  const spokenFor = decision.requirements.flatMap(({ standsInFor = [] }) => standsInFor)
  const concerned = comparison.changes.flatMap(({ touched, told }) => [...touched, ...told])
  return distinctTeams([...spokenFor, ...concerned]).filter(
    (team) => team.owners.length > 0 && !asked.has(team.key) && !audience.isAuthors(team),
  )
}

/** Who has not answered, who has agreed, and who is only told, where these are too many to be named in a sentence. */
export function teamFolds(view: View): readonly string[] {
  return [...answerFolds(view), ...toldFolds(view)]
}

function answerFolds(view: View): readonly string[] {
  const { assessment, audience } = view
  const open = waitedForByName(view)
  if (open.length === 0) return []
  const agreed = assessment.decision.requirements.flatMap(({ team, satisfiedBy }) =>
    satisfiedBy?.how !== 'approval' ? [] : [`${audience.name(team)} (${satisfiedBy.by})`],
  )
  return [
    fold(`${open.length} teams that have not answered`, names(open)),
    ...(agreed.length === 0 ? [] : [fold(`${agreed.length} teams that have agreed`, names(agreed))]),
  ]
}

function toldFolds(view: View): readonly string[] {
  const told = toldTeams(view).map(view.audience.name)
  return told.length <= mostSpelled
    ? []
    : [fold(`${told.length} teams that are told, not asked`, names(told))]
}
