import type { Modelled } from '../../manifest/modelled.ts'
import { identityOf, mayBeIdentity, mayBeNamespace } from '../../manifest/names.ts'
import { isUnknown, isWhollyUnknown, mayBe } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { quoted, say } from '../../words/phrase.ts'
import { partPossibilities } from '../part-possibilities.ts'
import { othersIn, outcomeWords, type Possibility, possibilityOf } from '../possibility.ts'
import type { Ask } from './ask.ts'
import { type Claim, contested, gatewaysTogether, isUnknownClaim, type SameGateway } from './host-claim.ts'
import {
  administersMesh,
  allGateways,
  claimedAnew,
  isForOwnClients,
  type Newcomer,
  primariesOfOthers,
  reasonFor,
} from './newcomer.ts'

/**
 * A name, namespace, host, gateway or delegate that another tool fills in may be anybody's, and routes that it fills in may
 * do anything. Whoever writes what was not there before asks the administrators, once, if it may turn out to be something
 * of another team's, or to decide beside it.
 */
export function askAboutUnknown(newcomer: Newcomer): readonly Ask[] {
  const [possibility] = [
    ...identityPossibilities(newcomer),
    ...claimPossibilities(newcomer),
    ...delegatePossibilities(newcomer),
    ...partPossibilities(newcomer),
  ]
  if (possibility === undefined) return []
  if (administersMesh(newcomer)) return []
  const primaries = primariesOfOthers(primariesConcerned(newcomer), newcomer)
  const { written, mayBe, path } = possibility
  const reason = reasonFor(newcomer, {
    code: 'filled-in',
    values: { written, mayBe: { ...mayBe }, at: path },
    predicate: say`holds ${quoted(written)}, which is filled in elsewhere and may become ${outcomeWords(mayBe)}, as in ${quoted(path)}`,
  })
  return [{ team: 'administrators', reason, primaries }]
}

/** The name of another object of the kind, or the namespace of others. */
function identityPossibilities(newcomer: Newcomer): readonly Possibility[] {
  const { change, after } = newcomer
  if (change.how !== 'added' || !isUnknown(change.name)) return []
  const { namespace } = after
  const isOpen = namespace !== undefined && isUnknown(namespace)
  return othersIn(newcomer)
    .filter(
      (other) =>
        (other.kind === after.kind && mayBeIdentity(identityOf(other), change.name)) ||
        (isOpen && other.namespace !== undefined && mayBe(other.namespace, namespace)),
    )
    .map((other) => possibilityOf(change.name, other))
}

/** A host of others, on a gateway that may be theirs or on the mesh. */
function claimPossibilities(newcomer: Newcomer): readonly Possibility[] {
  const { after, claims } = newcomer
  const unknown = claimedAnew(newcomer).filter(
    (claim) => isUnknownClaim(claim) && !isForOwnClients(claim, newcomer),
  )
  if (unknown.length === 0) return []
  const sameGateway = gatewaysTogether(allGateways(newcomer))
  const contests = othersIn(newcomer).flatMap((other): readonly Possibility[] => {
    const claim = other.kind === after.kind ? doubtful(unknown, claims(other), sameGateway) : undefined
    return claim === undefined ? [] : [possibilityOf(wordsOf(claim), other)]
  })
  return [...contests, ...unknown.flatMap((claim) => servicePossibilities(claim, newcomer))]
}

/**
 * What is known of the host in part is compared with hosts that are known, as a host that is known would be, and with the
 * very same text.
 */
function doubtful(
  unknown: readonly Claim[],
  theirs: readonly Claim[],
  sameGateway: SameGateway,
): Claim | undefined {
  const texts = new Set(unknown.map(({ host }) => host))
  const known = theirs.filter(({ host }) => !isUnknown(host) || texts.has(host))
  const open = unknown.filter(({ host }) => isWhollyUnknown(host))
  return contested(unknown, known, sameGateway) ?? contested(open, theirs, sameGateway)
}

function wordsOf({ host, gateway }: Claim): string {
  return isUnknown(host) ? host : gateway
}

/** On the mesh a host that is not known may be any service; one that is known has its owners. */
function servicePossibilities(claim: Claim, newcomer: Newcomer): readonly Possibility[] {
  const { after, team, hostOwners } = newcomer
  if (after.kind !== 'VirtualService' || !mayBe(claim.gateway, 'mesh')) return []
  const written = wordsOf(claim)
  if (isUnknown(claim.host))
    return othersIn(newcomer).map((other) => ({
      written,
      mayBe: { kind: 'service' },
      path: other.file.path,
    }))
  return hostOwners
    .ofHost(claim.host)
    .flatMap(({ name, holders }) =>
      holders
        .filter((holder) => holder.team.key !== team.key)
        .map(({ path }) => ({ written, mayBe: { kind: 'object', name }, path })),
    )
}

/** A secondary of others. */
function delegatePossibilities(newcomer: Newcomer): readonly Possibility[] {
  const { change, after } = newcomer
  const before = new Set(change.before ? delegatesOf(change.before) : [])
  const fresh = delegatesOf(after).filter((target) => isUnknown(target) && !before.has(target))
  const secondaries = othersIn(newcomer).filter(
    (other) => other.kind === 'VirtualService' && (other.spec.hosts ?? []).length === 0,
  )
  return fresh.flatMap((target) =>
    secondaries
      .filter((other) => mayBeIdentity(identityOf(other), target))
      .map((other) => possibilityOf(target, other)),
  )
}

function delegatesOf(resource: Modelled): readonly string[] {
  if (resource.kind === 'Gateway') return []
  return (resource.spec.http ?? []).flatMap(({ delegate }) =>
    delegate === undefined
      ? []
      : [`${delegate.namespace ?? resource.namespace ?? '?'}/${delegate.name ?? ''}`],
  )
}

/** The primaries that may delegate to it, live where it may live, or serve what it may serve. */
function primariesConcerned(newcomer: Newcomer): readonly VirtualService[] {
  const { change, after, mesh, claims } = newcomer
  const sameGateway = gatewaysTogether(allGateways(newcomer))
  const targets = new Set(
    mesh.graph.edges.filter((edge) => mayBeIdentity(edge.target, change.name)).map(({ primary }) => primary),
  )
  const unknown = claims(after).filter(isUnknownClaim)
  return mesh.graph.primaries.filter(
    (primary) =>
      targets.has(primary) ||
      (after.namespace !== undefined && mayBeNamespace(primary.namespace, after.namespace)) ||
      contested(unknown, claims(primary), sameGateway) !== undefined,
  )
}
