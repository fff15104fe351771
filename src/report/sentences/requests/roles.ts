import type { RouteChange } from '../../../domain/diff/route-change.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import type { Assessment } from '../../../domain/policy/judgement.ts'
import { type EffectiveRoute, supplierOf } from '../../../domain/routing/route-table.ts'
import { type Phrase, words } from '../../../domain/words/phrase.ts'
import type { Audience } from './audience.ts'

/** The team whose VirtualService supplies a route. */
function supplierTeam(route: EffectiveRoute, { comparison }: Assessment): Team {
  return comparison.ownership.teamOf(supplierOf(route))
}

/** Who supplies a route, in a word: the team, or its VirtualService where the repository says nothing of teams. */
export function supplierName(route: EffectiveRoute, { assessment, audience }: RoleContext): string {
  return assessment.comparison.ownership.known
    ? audience.name(supplierTeam(route, assessment))
    : supplierOf(route).name
}

/** What is judged, and for whom it is told. */
export interface RoleContext {
  readonly assessment: Assessment
  readonly audience: Audience
}

interface Role {
  readonly team: Team
  readonly says: string
}

interface Holder {
  readonly team: Team
  readonly name: string
  readonly own: boolean
}

function holderOf(route: EffectiveRoute | undefined, context: RoleContext): Holder | undefined {
  if (route === undefined) return undefined
  const team = supplierTeam(route, context.assessment)
  return { team, name: supplierName(route, context), own: context.audience.isAuthors(team) }
}

/** What a change is to those who supply the requests before and after, and to those to whom they were given. */
function rolesOf(change: RouteChange, context: RoleContext, it: string): readonly Role[] {
  const [loser, gainer] = [holderOf(change.before, context), holderOf(change.after, context)]
  const lost = loser && { team: loser.team, says: `${loser.name} loses ${it}` }
  const gained = gainer && { team: gainer.team, says: gainer.own ? '' : `${gainer.name} gets ${it}` }
  const given = change.scope
    .filter((team) => change.spill && team.key !== gainer?.team.key)
    .map((team) => ({ team, says: `${context.audience.name(team)}'s prefix` }))
  const isOverTaken =
    change.kind === 'moved' ||
    (change.kind === 'reassigned' && !context.assessment.comparison.ownership.known)
  if (isOverTaken && lost !== undefined && gained !== undefined) return [lost, gained]
  if ((change.kind === 'dropped' || change.kind === 'denied') && loser !== undefined && lost !== undefined) {
    const isTold = change.told.some(({ key }) => key === loser.team.key)
    const said = loser.own
      ? { ...lost, says: loser.name }
      : isTold
        ? { ...lost, says: `${lost.says} and is told` }
        : lost
    return [said, ...given.filter(({ team }) => team.key !== loser.team.key)]
  }
  if (
    (change.kind === 'opened' || change.kind === 'admitted') &&
    gainer !== undefined &&
    gained !== undefined
  ) {
    if (given.length > 0) return [...given, { ...gained, says: `${gainer.name} answers` }]
    return [gainer.own ? { ...gained, says: gainer.name } : gained]
  }
  if (
    gainer !== undefined &&
    (change.kind === 'reclaimed' || !context.assessment.comparison.ownership.known)
  ) {
    return [{ team: gainer.team, says: gainer.name }]
  }
  return given
}

/** "catalog loses it", "login's prefix, catalog answers"; every touched and told team is named. */
export function whoIsAffected(change: RouteChange, context: RoleContext, it: string): Phrase {
  const roles = rolesOf(change, context, it)
  const named = new Set(roles.map((role) => role.team.key))
  const rest = change.touched.filter((team) => !named.has(team.key))
  const told = change.told.filter(
    (team) => !named.has(team.key) && !rest.some((each) => each.key === team.key),
  )
  const parts = [
    ...roles.map((role) => role.says),
    ...rest.map(context.audience.name),
    ...told.map((team) => `${context.audience.name(team)} is told`),
  ]
  return words(parts.filter((part) => part !== '').join(', '))
}
