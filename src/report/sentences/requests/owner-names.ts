import { withoutSign } from '../../../domain/ownership/owner-syntax.ts'
import type { Team } from '../../../domain/ownership/team.ts'

function lastPart(owner: string): string {
  return owner.startsWith('@') ? withoutSign(owner.slice(owner.indexOf('/') + 1)) : owner
}

function ambiguousNames(teams: readonly Team[]): ReadonlySet<string> {
  const byName = new Map<string, Set<string>>()
  for (const owner of teams.flatMap((team) => team.owners)) {
    const name = lastPart(owner).toLowerCase()
    byName.set(name, (byName.get(name) ?? new Set()).add(owner.toLowerCase()))
  }
  return new Set([...byName].filter(([, owners]) => owners.size > 1).map(([name]) => name))
}

/**
 * The shortest names that are unambiguous among these teams: `login` for `@bookinfo/login`. Two owners of the same last name
 * (`@a/web`, `@b/web`) are called by their full names.
 */
export function ownerNames(teams: readonly Team[]): (team: Team) => string {
  const ambiguous = ambiguousNames(teams)
  const nameOf = (owner: string): string => {
    const short = lastPart(owner)
    return ambiguous.has(short.toLowerCase()) ? withoutSign(owner) : short
  }
  return ({ owners }) => owners.map(nameOf).join(' or ')
}
