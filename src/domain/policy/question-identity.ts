import type { Gateway } from '../manifest/gateway.ts'
import { identityOf } from '../manifest/names.ts'
import { normalForm } from '../manifest/normal-form.ts'
import type { VirtualService } from '../manifest/virtual-service.ts'
import { type Team, unowned } from '../ownership/team.ts'
import type { Mesh } from '../routing/snapshot.ts'
import { rangeOf } from '../source/located.ts'
import { administratorsOf } from './administrators.ts'
import type { Ask, Questioned } from './ask.ts'
import { baseMesh, mayBeSame } from './concerned-primaries.ts'
import type { Reason } from './decision.ts'
import { type Claim, claimsOf, contested, gatewaysTogether, type SameGateway } from './host-claim.ts'
import { askAboutNamesakes } from './question-namesakes.ts'
import type { ModelledChange } from './resource-change.ts'

type Modelled = VirtualService | Gateway

/** One resource as it will be written, and the mesh of the base side that it enters. */
interface Newcomer {
  readonly change: ModelledChange
  readonly after: Modelled
  readonly team: Team
  readonly mesh: Mesh
  readonly questioned: Questioned
  readonly claims: (resource: Modelled) => readonly Claim[]
}

/**
 * Question 2: a resource may not be taken over by writing it somewhere else. Asks whoever holds, on the base side,
 * the same `ns/name`, the namespace, or an overlapping host on the same gateway.
 */
export function askAboutIdentity(questioned: Questioned): readonly Ask[] {
  const claims = remembered(questioned.comparison.settings.clusterDomain)
  const namesakes = askAboutNamesakes(questioned)
  const others = questioned.resources.flatMap((change) => {
    if (change.subject !== 'modelled') return []
    const { after } = change
    const mesh = baseMesh(questioned.comparison, change.mesh)
    if (after === undefined || mesh === undefined) return []
    const team = questioned.comparison.ownership.teamOf(after)
    const newcomer: Newcomer = { change, after, team, mesh, questioned, claims }
    return [...askNamespace(newcomer), ...askHosts(newcomer)]
  })
  return [...namesakes, ...others]
}

/** Each resource is compared with every newcomer, so its claims are worked out once. */
function remembered(clusterDomain: string): Newcomer['claims'] {
  const known = new Map<Modelled, readonly Claim[]>()
  return (resource) => {
    const claims = known.get(resource) ?? claimsOf(resource, clusterDomain)
    known.set(resource, claims)
    return claims
  }
}

function modelledIn(mesh: Mesh): readonly Modelled[] {
  return [...mesh.virtualServices, ...mesh.gateways]
}

/** A namespace that only others use: those others if they are one team, else the administrators. */
function askNamespace(newcomer: Newcomer): readonly Ask[] {
  const { change, after, team, mesh, questioned } = newcomer
  const { namespace } = after
  if (change.how !== 'added' || namespace === undefined) return []
  const residents = modelledIn(mesh).filter((other) => other.namespace === namespace)
  const teams = new Map(
    residents.map((each) => questioned.comparison.ownership.teamOf(each)).map((each) => [each.key, each]),
  )
  const primaries = primariesIn(mesh, namespace)
  if (teams.size === 0 || teams.has(team.key) || isAdministrator(newcomer, primaries)) return []
  const [only] = teams.size === 1 ? teams.values() : []
  const text = `${change.kind} ${change.name} enters the namespace ${namespace}, which only others use`
  return [{ team: only ?? 'administrators', reason: reasonFor(after, text, change), primaries }]
}

/** The primaries that live in a namespace or delegate into it. */
function primariesIn({ graph }: Mesh, namespace: string): readonly VirtualService[] {
  const delegating = graph.edges.filter((edge) => edge.target.startsWith(`${namespace}/`))
  return [
    ...graph.primaries.filter((each) => each.namespace === namespace),
    ...delegating.map((edge) => edge.primary),
  ]
}

/** A host that was not claimed before: whoever serves an overlapping one on the same gateway. */
function askHosts(newcomer: Newcomer): readonly Ask[] {
  const { change, after, team, mesh, questioned, claims: claimsOfOne } = newcomer
  const before = new Set(change.before ? claimsOfOne(change.before).map(keyOf) : [])
  const claims = claimsOfOne(after).filter((claim) => !before.has(keyOf(claim)))
  if (claims.length === 0) return []
  const sameGateway = gatewaysTogether(allGateways(newcomer))
  const others = modelledIn(mesh).filter(
    (other) => other.kind === after.kind && !mayBeSame(identityOf(other), change.name),
  )
  return others.flatMap((other) => {
    const claim = contested(claims, claimsOfOne(other), sameGateway)
    const owners = questioned.comparison.ownership.teamOf(other)
    if (claim === undefined || (owners.key === team.key && owners.key !== unowned.key)) return []
    const primaries = primariesThere(newcomer, claim, sameGateway)
    if (isAdministrator(newcomer, primaries)) return []
    const text = `${change.kind} ${change.name} claims ${claim.host} on ${claim.gateway}, as ${identityOf(other)} in ${other.file.path} does`
    return [{ team: owners, reason: reasonFor(after, text, change), primaries }]
  })
}

function keyOf(claim: Claim): string {
  return JSON.stringify(claim)
}

/** Of both sides: a new Gateway may be what brings two tables together. */
function allGateways({ change, mesh, questioned }: Newcomer): readonly Gateway[] {
  const merged = questioned.comparison.merged.meshes.find((each) => each.name === change.mesh)
  return [...mesh.gateways, ...(merged?.gateways ?? [])]
}

function primariesThere(
  { mesh, claims }: Newcomer,
  { host, gateway }: Claim,
  sameGateway: SameGateway,
): readonly VirtualService[] {
  return mesh.graph.primaries.filter(
    (primary) => contested([{ host, gateway }], claims(primary), sameGateway) !== undefined,
  )
}

/**
 * Whether whoever owns the file administers all of the primaries there: then nobody else is asked. One of one's own beside
 * theirs, which anybody can write, makes nobody an administrator of the others.
 */
function isAdministrator({ team, questioned }: Newcomer, primaries: readonly VirtualService[]): boolean {
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

function reasonFor(after: Modelled, text: string, { mesh, kind, name }: ModelledChange): Reason {
  const range = rangeOf(after)
  return {
    kind: 'identity',
    text,
    path: after.file.path,
    ...(range && { range }),
    substance: JSON.stringify([mesh, kind, name, text, after.file.path, normalForm(after)]),
  }
}
