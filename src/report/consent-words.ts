import type { Requirement } from '../domain/policy/decision.ts'
import { listed, type Phrase, quoted, say, words } from './phrase.ts'
import { openRequirements } from './verdict.ts'
import type { View } from './view.ts'

function withoutSign(owner: string): string {
  return owner.startsWith('@') ? owner.slice(1) : owner
}

/** "anyone in `bookinfo/catalog`", "`maya`", "anyone in `bookinfo/login` or by `ops`". */
function approvers({ team }: Requirement): Phrase {
  if (team.owners.length === 0) return words('an owner (nobody owns it yet)')
  return listed(
    team.owners.map((owner) =>
      owner.includes('/') ? say`anyone in ${quoted(withoutSign(owner))}` : quoted(withoutSign(owner)),
    ),
    'or',
  )
}

/** Whether GitHub asks each of them already. */
export type IsRequested = (owner: string) => boolean

function wasAsked({ team }: Requirement, isRequested: IsRequested): boolean {
  return team.owners.length > 0 && team.owners.every(isRequested)
}

function oneApproval(requirement: Requirement, isRequested: IsRequested): Phrase {
  const asked = wasAsked(requirement, isRequested) ? words(', whose review has been requested') : []
  return say`one approving review by ${approvers(requirement)}${asked}.`
}

function someApprovals(open: readonly Requirement[], isRequested: IsRequested): Phrase {
  const asked = open.every((each) => wasAsked(each, isRequested))
  const each = listed(open.map((requirement) => say`one by ${approvers(requirement)}`))
  const tail = asked ? `; ${open.length === 2 ? 'both' : 'all'} reviews have been requested` : ''
  return say`${open.length} approving reviews, ${each}${tail}.`
}

function manyApprovals(open: readonly Requirement[], isRequested: IsRequested): Phrase {
  const asked = open.every((each) => wasAsked(each, isRequested)) ? '; each was asked once' : ''
  return say`one approving review from each of the ${open.length} teams below${asked}.`
}

function agreement(requirement: Requirement, { audience }: View): Phrase {
  const { satisfiedBy, team } = requirement
  const name = audience.name(team)
  return satisfiedBy?.how === 'author'
    ? say`${name} has agreed: ${satisfiedBy.by} is the author.`
    : say`${name} has agreed (${satisfiedBy?.by ?? ''}).`
}

function agreements(view: View): Phrase {
  const agreed = view.assessment.decision.requirements.filter((each) => each.satisfiedBy !== undefined)
  if (agreed.length === 0) return []
  if (agreed.length > 2) return say` ${agreed.length} teams have agreed.`
  return agreed.flatMap((requirement) => say` ${agreement(requirement, view)}`)
}

function obstacles(open: readonly Requirement[], { audience }: View): Phrase {
  return open.flatMap(({ obstacle, team }) =>
    obstacle === undefined
      ? []
      : say` Not possible for ${audience.name(team)} as things stand: ${obstacle.replace(/\.$/, '')}.`,
  )
}

/** What is missing, and what is settled, in one breath: "one approving review by anyone in ...; login has agreed". */
export function toMerge(view: View, isRequested: IsRequested): Phrase | undefined {
  const open = openRequirements(view.assessment)
  const [only] = open
  if (only === undefined) return undefined
  const wanted =
    open.length === 1
      ? oneApproval(only, isRequested)
      : open.length <= 3
        ? someApprovals(open, isRequested)
        : manyApprovals(open, isRequested)
  const bot = view.assessment.people.author?.bot === true ? ' A bot belongs to no team.' : ''
  return say`${wanted}${bot}${obstacles(open, view)}${agreements(view)}`
}

/** Why each team is asked, for reasons that the table of changes does not show. */
export function otherReasons(requirement: Requirement): readonly string[] {
  const texts = requirement.because.filter((reason) => reason.kind !== 'traffic').map((reason) => reason.text)
  return [...new Set(texts)]
}
