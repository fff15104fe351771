import { assess, type Proposal } from '../domain/assess.ts'
import { within, workOf } from '../domain/language/string-set.ts'
import type { People } from '../domain/policy/consent/people.ts'
import { ownersToList, type Roster, sharedApprovers } from '../domain/policy/consent/shared-approvers.ts'
import { decide, ownersConcerned } from '../domain/policy/decide.ts'
import type { Assessment, Judgement } from '../domain/policy/judgement.ts'
import type { WayOut } from '../domain/ways-out/way-out.ts'
import { waysOut } from '../domain/ways-out/ways-out.ts'

/** Whom to ask about people, once it is known whom it concerns. */
export interface PeopleSource {
  /** Who took part, with the membership of each in these owners, as written. */
  people(judgement: Judgement, owners: readonly string[]): Promise<People>
  /** Who is in these owners, as far as that can be said; asked only where one person may speak for several teams. */
  members(owners: readonly string[]): Promise<Roster>
}

/** A proposal with everything that can be said of it. */
export interface Evaluated {
  readonly assessment: Assessment
  /** Tried out when they are asked for. */
  readonly ways: () => readonly WayOut[]
}

/**
 * The use case, for the App as for the command line: assess, ask who agreed, decide, and look for who could agree for several
 * and for ways out.
 */
export async function evaluate(
  proposal: Proposal,
  source: PeopleSource,
  head: { readonly sha: string },
): Promise<Evaluated> {
  const judgement = assess(proposal)
  const people = await source.people(judgement, ownersConcerned(judgement))
  const decided = decide(judgement, people, head)
  const owners = ownersToList(decided)
  const shared = owners.length === 0 ? undefined : sharedApprovers(decided, await source.members(owners))
  return {
    assessment: { ...decided, ...(shared && { sharedApprovers: shared }) },
    ways: () => within(workOf('tryingOut'), () => waysOut(proposal, judgement)),
  }
}
