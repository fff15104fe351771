import type { Team } from '../../ownership/team.ts'
import { ownersToResolve } from '../administrators.ts'
import type { BotPermit, Policy } from '../configuration/policy.ts'
import type { Membership, People, Person } from './people.ts'

/** Whether two logins name one account: GitHub compares them without case. */
export function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** An app, or an account that the configuration declares to be a machine: its approvals never count. */
export function isBot(person: Person, policy: Policy): boolean {
  return (
    person.bot ||
    person.login.toLowerCase().endsWith('[bot]') ||
    policy.bots.some((bot) => sameLogin(bot.login, person.login))
  )
}

/** Whether a person is among the owners of a team. One owner that says yes is enough; an unknown one is no yes. */
export function membershipIn(team: Team, login: string, people: People): Membership {
  const answers = ownersToResolve(team).map((owner) => people.membership(owner, login))
  if (answers.includes('member')) return 'member'
  return answers.includes('unresolvable') ? 'unresolvable' : 'no-member'
}

/** The owners of a team of whom nobody can say who they are. */
export function unresolvableOwners(team: Team, logins: readonly string[], people: People): readonly string[] {
  return ownersToResolve(team).filter((owner) =>
    logins.some((login) => people.membership(owner, login) === 'unresolvable'),
  )
}

/** The permits under which a bot speaks for a team. */
export function permitsFor(team: Team, bot: Person, policy: Policy): readonly BotPermit[] {
  return policy.bots.filter(
    (permit) =>
      sameLogin(permit.login, bot.login) &&
      team.owners.some((owner) => owner.toLowerCase() === permit.for.toLowerCase()),
  )
}
