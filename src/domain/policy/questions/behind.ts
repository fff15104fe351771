import type { Owned, Ownership } from '../../ownership/ownership.ts'
import { distinctTeams, type Team } from '../../ownership/team.ts'

/**
 * Who stands behind an object as it is delivered: whoever makes it what it is, and whoever wrote it. What one of them may write
 * unasked the other one may not: a base is written by one team and delivered in the name of another.
 */
export function behind(resource: Owned, { ownership }: { readonly ownership: Ownership }): readonly Team[] {
  return distinctTeams([ownership.teamOf(resource), ownership.ownersOf(resource.file.path)])
}
