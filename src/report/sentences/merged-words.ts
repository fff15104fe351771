import { budgets } from '../../domain/budgets.ts'
import { listed, type Phrase, quoted, say, words } from '../../domain/words/phrase.ts'
import { openRequirements } from './verdict.ts'
import type { View } from './view.ts'

/** Teams are named up to this number, then counted. */
const mostNamed = budgets.teams.size

/** How it came into the branch, and what is left to do. */
export function mergedPhrase(view: View): Phrase | undefined {
  const { merged } = view
  if (merged === undefined) return undefined
  const { branch, by, number } = merged
  const who = by === undefined ? words('Somebody') : quoted(by)
  const how =
    number === undefined
      ? say`${who} pushed this to ${quoted(branch)} without a pull request.`
      : say`${who} merged pull request ${quoted(`#${number}`)} into ${quoted(branch)}.`
  return say`${how}${whoWasNotAsked(view)}`
}

function whoWasNotAsked({ assessment, audience }: View): Phrase {
  const open = openRequirements(assessment)
  if (open.length === 0) return say` It is in force as soon as it is deployed: repair it, or revert it.`
  const who =
    open.length > mostNamed
      ? words(`${open.length} teams`)
      : listed(open.map(({ team }) => audience.handle(team)))
  return say` ${who} did not agree. It is in force as soon as it is deployed: tell them, or revert it.`
}
