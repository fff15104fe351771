import { budgets } from '../../../domain/budgets.ts'
import type { Requirement } from '../../../domain/policy/decision.ts'
import { plainOf } from '../../../domain/words/phrase.ts'
import { wholeOf } from '../../../domain/words/sentence.ts'
import { visible } from '../../../domain/words/visible.ts'
import { counted } from '../../print/counted.ts'
import { hanging, type Screen } from '../../print/screen.ts'
import { toMerge, toMergeLabel, waitedForByName } from '../../sentences/consent/consent-words.ts'
import { openRequirements } from '../../sentences/verdict.ts'
import type { View } from '../../sentences/view.ts'
import { shortReason } from '../../title/short-reasons.ts'
import { inFull } from './within-screens.ts'

const mostReasons = budgets.askedReasons.size
const mostNames = budgets.askedNames.size

/** Who has to agree, and why each is asked; nothing where nobody has to. */
export function consentLines(view: View, screen: Screen): readonly string[] {
  const wanted = toMerge(view, () => false)
  if (wanted === undefined) return []
  const open = openRequirements(view.assessment)
  const names = waitedForByName(view)
  return [
    ...hanging('', `${screen.paint('bold', toMergeLabel(view))} ${plainOf(wanted)}`, screen),
    ...(names.length === 0 ? reasonLines(open, view, screen) : manyTeamsLines(open, names, screen)),
    ...(open.some(isNotLookedUp) ? hanging('  ', screen.paint('dim', whoIsWho), screen) : []),
    '',
  ]
}

const whoIsWho = '--members FILE says who is in which team, and --people github asks GitHub.'

/** Whether it was asked for people of whom there is no list. */
function isNotLookedUp({ obstacles = [] }: Requirement): boolean {
  return obstacles.some((each) => each.kind === 'unresolvable-owner' && each.file === undefined)
}

function reasonLines(open: readonly Requirement[], { audience }: View, screen: Screen): readonly string[] {
  const reasons = open.flatMap(({ team, because }) =>
    because.map((reason) => `${visible(audience.name(team))}: ${plainOf(wholeOf(reason))}`),
  )
  const distinct = [...new Set(reasons)]
  const left = distinct.length - mostReasons
  return [
    ...distinct.slice(0, mostReasons).flatMap((reason) => hanging('  ', reason, screen)),
    ...(left > 0 ? [`  and ${counted(left, 'more reason')}`] : []),
  ]
}

/** Of many teams who they are, and why they are asked in general: each of them is in the JSON. */
function manyTeamsLines(
  open: readonly Requirement[],
  names: readonly string[],
  screen: Screen,
): readonly string[] {
  const shown = names.slice(0, mostNames)
  const rest = names.length > mostNames ? ` and ${names.length - mostNames} more: ${inFull}` : ''
  const reasons = open.flatMap(({ because }) => [
    ...new Set(because.map((each) => plainOf(shortReason(each)))),
  ])
  const byReason = [...Map.groupBy(reasons, (reason) => reason)].map(
    ([reason, alike]) => `${counted(alike.length, 'team')}: ${reason}`,
  )
  return [...byReason, visible(`${shown.join(', ')}${rest}`)].flatMap((line) => hanging('  ', line, screen))
}
