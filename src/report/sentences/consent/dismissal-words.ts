import { budgets } from '../../../domain/budgets.ts'
import type { DismissedObjection } from '../../../domain/policy/consent/dismissed-objections.ts'
import type { Membership } from '../../../domain/policy/consent/people.ts'
import { joined, type Phrase, quoted, say, words } from '../../../domain/words/phrase.ts'
import type { View } from '../view.ts'

/** Some are enough to make anybody look at the rest. */
const mostTold = budgets.dismissals.size

function relation(membership: Membership, team: string): string {
  if (membership === 'member') return `also of ${team}`
  return membership === 'no-member' ? `who is not in ${team}` : `who may be in ${team} or not`
}

function sentence({ objector, by }: DismissedObjection, team: string): Phrase {
  const objected = say`${quoted(objector)} asked for changes for ${team}`
  return by === undefined
    ? say`${objected}, and the review was dismissed; GitHub does not say by whom.`
    : say`${objected}; ${quoted(by.login)}, ${relation(by.membership, team)}, dismissed the review.`
}

/** Every objection by an owner that was dismissed, once for each team: who objected, and who took it out of force. */
export function dismissalPhrase({ assessment, audience }: View): Phrase | undefined {
  const told = assessment.decision.requirements.flatMap(({ dismissed = [], team }) =>
    dismissed.map((each) => sentence(each, audience.name(team))),
  )
  if (told.length === 0) return undefined
  const rest = told.length > mostTold ? [words(`${told.length - mostTold} more of this kind.`)] : []
  return joined([...told.slice(0, mostTold), ...rest], ' ')
}

/** Whether somebody took the word of a team out of force who is not in it. */
export function isSilenced({ assessment }: View): boolean {
  return assessment.decision.requirements.some(({ dismissed = [] }) =>
    dismissed.some(({ by }) => by?.membership !== 'member'),
  )
}
