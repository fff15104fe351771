import { type Modelled, modelledIn } from '../../manifest/modelled.ts'
import { identityOf, mayBeSame } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import { type Team, unowned } from '../../ownership/team.ts'
import { admittingAll } from '../../routing/listeners/access-at-gateways.ts'
import { tlsListeners } from '../../routing/listeners/tls-listeners.ts'
import type { Mesh } from '../../routing/snapshot.ts'
import { memoized } from '../../source/memoized.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Ask, Questioned } from './ask.ts'
import { behind } from './behind.ts'
import { baseMesh } from './concerned-primaries.ts'
import { type Claim, claimsOf, contested, gatewaysTogether, isUnknownClaim } from './host-claim.ts'
import {
  allGateways,
  claimedAnew,
  isAdministrator,
  isForOwnClients,
  type Newcomer,
  primariesIn,
  primariesThere,
  reasonFor,
} from './newcomer.ts'
import { askAboutAddresses } from './question-addresses.ts'
import { askAboutEntered } from './question-entered.ts'
import { askAboutGatewayHosts } from './question-gateway-hosts.ts'
import { askAboutNamesakes } from './question-namesakes.ts'
import { askAboutServices } from './question-services.ts'
import { askAboutUnknown } from './question-unknown.ts'
import type { Deed } from './reason-about.ts'

/**
 * Question 2: a resource may not be taken over by writing it somewhere else. Asks whoever holds, on the base side,
 * the same `ns/name`, the namespace, an overlapping host on the same gateway, or a service whose calls are taken; and
 * the administrators where it is not known what is claimed.
 */
export function askAboutIdentity(questioned: Questioned): readonly Ask[] {
  const { settings } = questioned.comparison
  // Each resource is compared with every newcomer.
  const claims = memoized((resource: Modelled) => claimsOf(resource, settings))
  const namesakes = askAboutNamesakes(questioned)
  const others = questioned.delivered.flatMap((change) => {
    if (change.subject !== 'modelled') return []
    const { after } = change
    const mesh = baseMesh(questioned.comparison, change.mesh) ?? emptyMesh(change.mesh)
    if (after === undefined) return []
    const hostOwners = questioned.comparison.hostOwners(change.mesh)
    return behind(after, questioned.comparison).flatMap((team) =>
      asksOf({ change, after, team, mesh, questioned, claims, hostOwners }),
    )
  })
  return [...namesakes, ...askAboutEntered(questioned), ...others]
}

function asksOf(newcomer: Newcomer): readonly Ask[] {
  return [
    ...askNamespace(newcomer),
    ...askHosts(newcomer),
    ...askAboutServices(newcomer),
    ...askAboutAddresses(newcomer),
    ...askAboutGatewayHosts(newcomer),
    ...askAboutUnknown(newcomer),
  ]
}

/** Where nothing of the mesh was modelled there are services all the same. */
function emptyMesh(name: string): Mesh {
  const graph = { primaries: [], secondaries: [], ordinary: [], edges: [] }
  const none = { virtualServices: [], gateways: [] }
  const nothing = { graph, merged: [], tables: [], listeners: tlsListeners([]), tablesOfServer: () => [] }
  return { name, ...none, inForce: none, ...nothing, accessAt: admittingAll }
}

type Residents = Pick<Mesh, 'virtualServices' | 'gateways'>

/** A namespace that only others use: those others if they are one team, else the administrators. */
function askNamespace(newcomer: Newcomer): readonly Ask[] {
  const { change, after, team, mesh, questioned } = newcomer
  const { namespace } = after
  const isNew = change.how === 'added' || change.before?.isNamespaceImplied === true
  if (!isNew || namespace === undefined || isUnknown(namespace)) return []
  const teams = residentsOf(namespace, mesh, questioned)
  const primaries = primariesIn(mesh, namespace)
  const isAtHome = teams.has(team.key) || isAtHomeAsWritten(newcomer, namespace)
  if (teams.size === 0 || isAtHome || isAdministrator(newcomer, primaries)) return []
  const [only] = teams.size === 1 ? teams.values() : []
  const predicate = say`enters the namespace ${quoted(namespace)}, which only others use`
  const reason = reasonFor(newcomer, { code: 'namespace-entered', values: { namespace }, predicate })
  return [{ team: only ?? 'administrators', reason, primaries }]
}

/** Those who have something in a namespace, by their keys. */
function residentsOf(
  namespace: string,
  mesh: Residents,
  { comparison }: Questioned,
): ReadonlyMap<string, Team> {
  const residents = modelledIn(mesh).filter(
    (other) => other.namespace === namespace && other.isNamespaceImplied !== true,
  )
  return new Map(residents.map((each) => comparison.ownership.teamOf(each)).map((each) => [each.key, each]))
}

/** What no unit delivered before was at home where it stood all the same. */
function isAtHomeAsWritten({ team, questioned }: Newcomer, namespace: string): boolean {
  const { written } = questioned
  return written !== undefined && residentsOf(namespace, written.base, questioned).has(team.key)
}

/** A host that was not claimed before: whoever serves an overlapping one on the same gateway. */
function askHosts(newcomer: Newcomer): readonly Ask[] {
  const { after, team, mesh, questioned, claims: claimsOfOne } = newcomer
  const claims = claimedAnew(newcomer).filter(
    (claim) => !isUnknownClaim(claim) && !isForOwnClients(claim, newcomer),
  )
  if (claims.length === 0) return []
  const sameGateway = gatewaysTogether(allGateways(newcomer))
  const others = modelledIn(mesh).filter((other) => other.kind === after.kind && !mayBeSame(other, after))
  return others.flatMap((other) => {
    const theirs = claimsOfOne(other).filter(({ host }) => !isUnknown(host))
    const claim = contested(claims, theirs, sameGateway)
    const owners = questioned.comparison.ownership.teamOf(other)
    if (claim === undefined || (owners.key === team.key && owners.key !== unowned.key)) return []
    const primaries = primariesThere(newcomer, claim, sameGateway)
    if (isAdministrator(newcomer, primaries)) return []
    return [{ team: owners, reason: reasonFor(newcomer, claimedBeside(claim, other)), primaries }]
  })
}

function claimedBeside({ host, gateway }: Claim, other: Modelled): Deed {
  const [by, at] = [identityOf(other), other.file.path]
  return {
    code: 'host-claimed',
    values: { host, gateway, by, at },
    predicate: say`claims ${quoted(host)} on ${quoted(gateway)}, as ${quoted(by)} in ${quoted(at)} does`,
  }
}
