import { sortedTeams, type Team } from '../ownership/team.ts'
import { compareTexts } from '../source/compare-texts.ts'

/** By what somebody is reached. */
export type ReachedBy =
  | 'name'
  | 'host'
  | 'namespace'
  | 'pods'
  | 'service'
  | 'calls'
  | 'subset'
  | 'route'
  | 'class'
  | 'object'
  | 'files'

/** Some teams, and what of theirs is reached. */
export interface Reached {
  readonly by: ReachedBy
  /** Hosts, namespaces, services, VirtualServices, classes, as `by` says; sorted. */
  readonly names: readonly string[]
  /** The gateways on which the hosts are served. */
  readonly gateways?: readonly string[]
  readonly teams: readonly Team[]
}

/** Whom something reaches: the mesh as a whole, or these; nobody who is known here, where the list is empty. */
export interface Reachable {
  readonly everybody: boolean
  /** What another tool fills in, so that nobody can say whom it reaches. */
  readonly filledIn?: string
  readonly reached: readonly Reached[]
}

/** Puts what was found together: sorted, each name and each team once. */
export function reachedBy(
  by: ReachedBy,
  names: readonly string[],
  teams: readonly Team[],
  gateways?: readonly string[],
): Reached {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].toSorted(compareTexts)
  return {
    by,
    names: sorted(names),
    teams: sortedTeams(teams),
    ...(gateways && { gateways: sorted(gateways) }),
  }
}

/** Everybody who is reached, each once. */
export function teamsReached({ reached }: Reachable): readonly Team[] {
  return sortedTeams(reached.flatMap(({ teams }) => teams))
}
