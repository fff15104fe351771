import type { Owned, Ownership } from '../../../domain/ownership/ownership.ts'
import type { Team } from '../../../domain/ownership/team.ts'
import type { Snapshot } from '../../../domain/routing/snapshot.ts'
import { ownerNames } from './owner-names.ts'

/** How the team of an object is called where nothing is proposed; nothing where nobody owns it. */
export type TeamNames = (resource: Owned) => string | undefined

/** Whatever of a side may answer requests: VirtualServices, and what the Gateway API is made of. */
export function supplying({ manifests, meshes }: Snapshot): readonly Owned[] {
  return [...manifests.virtualServices, ...meshes.flatMap(({ gatewayApi }) => gatewayApi?.all ?? [])]
}

/** The names of teams where one side is looked at for itself: of these objects. */
export function teamNames(ownership: Ownership, objects: readonly Owned[]): TeamNames {
  const nameOf = ownerNames(objects.map((each) => ownership.teamOf(each)))
  return (resource) => {
    const team: Team = ownership.teamOf(resource)
    return team.owners.length === 0 ? undefined : nameOf(team)
  }
}
