import type { Resource } from '../manifest/resource.ts'
import { memoizedByText } from '../source/memoized.ts'
import { type Codeowners, decidingRule } from './codeowners.ts'
import { type Team, teamOf, unowned } from './team.ts'

/** Whose is it, by the base side's CODEOWNERS. */
export interface Ownership {
  /** False where the repository has no CODEOWNERS: then every owner is `unowned` and nobody is asked. */
  readonly known: boolean
  /** The path of the CODEOWNERS in force. */
  readonly source?: string
  ownersOf(path: string): Team
  /** Whether GitHub says of an owner, in whatever case, that it knows nobody of that name who may write here. */
  isUnknown(owner: string): boolean
  teamOf(resource: Resource): Team
}

/**
 * Who owns what by one CODEOWNERS. The last line that matches a path decides; a path that none matches, or one
 * without owners, is `unowned`. Answers are kept: asking for one path twice gives the very same team.
 */
export function createOwnership(codeowners: Codeowners | undefined): Ownership {
  const ownersOf = memoizedByText((path): Team => {
    const rule = codeowners === undefined ? undefined : decidingRule(codeowners, path)
    return rule === undefined ? unowned : teamOf(rule.owners)
  })
  return {
    known: codeowners !== undefined,
    ...(codeowners && { source: codeowners.file.path }),
    ownersOf,
    isUnknown: (owner) => codeowners?.unknownOwners.has(owner.toLowerCase()) === true,
    teamOf: (resource) => ownersOf(resource.file.path),
  }
}
