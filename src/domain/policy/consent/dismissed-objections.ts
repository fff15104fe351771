import type { Requirement } from '../decision.ts'
import { type Circumstances, latestReviews } from './approval.ts'
import { isBot, membershipIn, sameLogin } from './membership.ts'
import type { Membership, Review } from './people.ts'

/** A request for changes by somebody who is, or may be, an owner, and who took it out of force. */
export interface DismissedObjection {
  readonly objector: string
  /** Absent where it is not known. */
  readonly by?: { readonly login: string; readonly membership: Membership }
}

/**
 * The objections to a requirement that somebody else dismissed. Who may do so is for the repository to set, so they count no
 * more; but nobody is to learn of it by chance. What the objector took back, or has said otherwise since, is none.
 */
export function dismissedObjections(
  requirement: Requirement,
  { people, policy }: Pick<Circumstances, 'people' | 'policy'>,
): readonly DismissedObjection[] {
  const teams = [requirement.team, ...(requirement.standsInFor ?? [])]
  function membership(login: string): Membership {
    const answers = teams.map((team) => membershipIn(team, login, people))
    return (['member', 'unresolvable'] as const).find((each) => answers.includes(each)) ?? 'no-member'
  }
  function told({ by: objector, state, dismissal }: Review): readonly DismissedObjection[] {
    if (state !== 'dismissed' || dismissal?.was !== 'objection') return []
    if (isBot(objector, policy) || membership(objector.login) === 'no-member') return []
    const login = dismissal.by?.login
    if (login === undefined) return [{ objector: objector.login }]
    if (sameLogin(login, objector.login)) return []
    return [{ objector: objector.login, by: { login, membership: membership(login) } }]
  }
  return latestReviews(people.reviews).flatMap(told)
}
