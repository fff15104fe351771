import type { Gateway } from '../../manifest/gateway.ts'
import type { Modelled } from '../../manifest/modelled.ts'
import { normalForm } from '../../manifest/normal-form.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import type { HostOwners } from '../../ownership/host-owners.ts'
import { type Team, unowned } from '../../ownership/team.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { administratorsOf } from '../administrators.ts'
import type { Reason } from '../decision.ts'
import type { Questioned } from './ask.ts'
import { type Claim, contested, newClaims, type SameGateway } from './host-claim.ts'
import { type Deed, reasonAbout } from './reason-about.ts'
import type { ModelledChange } from './resource-change.ts'

/** One resource as it will be written, and the mesh of the base side that it enters. */
export interface Newcomer {
  readonly change: ModelledChange
  readonly after: Modelled
  readonly team: Team
  readonly mesh: Mesh
  readonly questioned: Questioned
  readonly claims: (resource: Modelled) => readonly Claim[]
  /** Who has which hosts and namespaces in that mesh. */
  readonly hostOwners: HostOwners
}

/** The claims of a newcomer that were not made before. */
export function claimedAnew({ change: { before }, after, claims }: Newcomer): readonly Claim[] {
  return newClaims(before === undefined ? [] : claimedBefore(before, claims), claims(after))
}

/** On the mesh a short host of an object that named no namespace was anybody's. */
function claimedBefore(before: Modelled, claims: Newcomer['claims']): readonly Claim[] {
  if (before.isNamespaceImplied !== true) return claims(before)
  const { namespace: _, ...written } = before
  const isOnMesh = ({ gateway }: Claim) => gateway === 'mesh'
  return [...claims(before).filter((claim) => !isOnMesh(claim)), ...claims(written).filter(isOnMesh)]
}

/** Whether a claim on the mesh is for clients in namespaces of the claimant's own: whoever else calls meets nothing new. */
export function isForOwnClients({ clients }: Claim, { after, team, hostOwners }: Newcomer): boolean {
  if (clients === undefined || team.key === unowned.key) return false
  return clients.every((namespace) => {
    const teams = new Set(hostOwners.ofNamespace(namespace).map((holder) => holder.team.key))
    const isOwn = namespace === '.' || namespace === after.namespace || teams.has(team.key)
    return isOwn && [...teams].every((key) => key === team.key)
  })
}

/** The Gateways of both sides: a new Gateway may be what brings two tables together. */
export function allGateways({ change, mesh, questioned }: Newcomer): readonly Gateway[] {
  const merged = questioned.comparison.merged.meshes.find((each) => each.name === change.mesh)
  return [...mesh.gateways, ...(merged?.gateways ?? [])]
}

/** The primaries that live in a namespace or delegate into it. */
export function primariesIn({ graph }: Mesh, namespace: string): readonly VirtualService[] {
  const delegating = graph.edges.filter((edge) => edge.target.startsWith(`${namespace}/`))
  return [
    ...graph.primaries.filter((each) => each.namespace === namespace),
    ...delegating.map((edge) => edge.primary),
  ]
}

/** The primaries that serve an overlapping host on the same gateway. */
export function primariesThere(
  { mesh, claims }: Newcomer,
  { host, gateway, names }: Claim,
  sameGateway: SameGateway,
): readonly VirtualService[] {
  return mesh.graph.primaries.filter(
    (primary) =>
      contested([{ host, gateway, ...(names && { names }) }], claims(primary), sameGateway) !== undefined,
  )
}

/**
 * Whether whoever owns the file administers all of the primaries there: then nobody else is asked. One of one's own beside
 * theirs, which anybody can write, makes nobody an administrator of the others.
 */
export function isAdministrator(
  { team, questioned }: Pick<Newcomer, 'team' | 'questioned'>,
  primaries: readonly VirtualService[],
): boolean {
  const { policy, comparison } = questioned
  const owners = team.owners.map((owner) => owner.toLowerCase())
  return (
    owners.length > 0 &&
    administratorsOf(primaries, policy, comparison.ownership).every((administrators) => {
      const theirs = administrators.owners.map((owner) => owner.toLowerCase())
      return owners.every((each) => theirs.includes(each))
    })
  )
}

/** Whether whoever owns the file administers every primary of the mesh; where there are none, nobody does. */
export function administersMesh(newcomer: Newcomer): boolean {
  return isAdministrator(newcomer, newcomer.mesh.graph.primaries)
}

/** Those primaries that are not of the newcomer's own team, of which else all of the mesh. */
export function primariesOfOthers(
  primaries: readonly VirtualService[],
  { team, mesh, questioned }: Newcomer,
): readonly VirtualService[] {
  const others = primaries.filter(
    (primary) => questioned.comparison.ownership.teamOf(primary).key !== team.key,
  )
  return others.length > 0 ? others : mesh.graph.primaries
}

/** Why somebody must agree to a newcomer, at its place. */
export function reasonFor({ change, after }: Newcomer, { code, values, predicate }: Deed): Reason {
  return reasonAbout(
    { ...change, after },
    { code, values: { ...values, said: normalForm(after) }, predicate },
  )
}
