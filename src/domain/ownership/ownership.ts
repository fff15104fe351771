import type { Resource } from '../manifest/resource.ts'
import type { Team } from './team.ts'

/** Whose is it, by the base side's CODEOWNERS. */
export interface Ownership {
  /** False where the repository has no CODEOWNERS: then every owner is `unowned` and nobody is asked. */
  readonly known: boolean
  ownersOf(path: string): Team
  teamOf(resource: Resource): Team
}
