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
  /**
   * The file that decides whose an object is as it is delivered: that of what changes it last, be it a kustomization or what delivers
   * it, of those that somebody owns. The one in which it is written decides where nothing does, and where all of that is said in files
   * of the same team.
   */
  owningPath(resource: Owned): string
  /** The owners of that file. */
  teamOf(resource: Owned): Team
}

/** What is asked of an object to say whose it is. */
export type Owned = Pick<Resource, 'file' | 'overlay'>

/**
 * Who owns what by one CODEOWNERS. The last line that matches a path decides; a path that none matches, or one
 * without owners, is `unowned`. Answers are kept: asking for one path twice gives the very same team.
 */
export function createOwnership(codeowners: Codeowners | undefined): Ownership {
  const ownersOf = memoizedByText((path): Team => {
    const rule = codeowners === undefined ? undefined : decidingRule(codeowners, path)
    return rule === undefined ? unowned : teamOf(rule.owners)
  })
  const owningPath = ({ file, overlay }: Owned): string => {
    if (overlay === undefined) return file.path
    const { path, saidIn, over } = overlay
    if (ownersOf(path).key === unowned.key) return owningPath({ file, ...(over && { overlay: over }) })
    const { key } = ownersOf(file.path)
    return saidIn.every((each) => ownersOf(each).key === key) ? file.path : path
  }
  return {
    known: codeowners !== undefined,
    ...(codeowners && { source: codeowners.file.path }),
    ownersOf,
    isUnknown: (owner) => codeowners?.unknownOwners.has(owner.toLowerCase()) === true,
    owningPath,
    teamOf: (resource) => ownersOf(owningPath(resource)),
  }
}
