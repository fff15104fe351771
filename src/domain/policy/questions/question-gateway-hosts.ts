import { at, textsOf } from '../../manifest/json-fields.ts'
import { hostMatches, hostSubsetOf, identityOf, isWildcard, mayBeIdentity } from '../../manifest/names.ts'
import { isUnknown } from '../../manifest/placeholders/placeholders.ts'
import type { VirtualService } from '../../manifest/virtual-service.ts'
import { type Team, unowned } from '../../ownership/team.ts'
import { quoted, say } from '../../words/phrase.ts'
import type { Ask } from './ask.ts'
import { type Claim, isUnknownClaim } from './host-claim.ts'
import {
  administersMesh,
  claimedAnew,
  isForOwnClients,
  type Newcomer,
  primariesOfOthers,
  reasonFor,
} from './newcomer.ts'

/** Something that serves a host at a gateway. */
interface Server {
  readonly host: string
  readonly team: Team
  readonly name: string
  readonly path: string
}

/**
 * A host that somebody serves at a gateway is called inside the mesh, too, by its public name. Whoever newly takes these calls asks
 * whoever has the host: of a host that several cover, the nearest; of a wildcard, everybody within it, too. A gateway for every host
 * says nothing of a single one. What only one's own clients meet is one's own business.
 */
export function askAboutGatewayHosts(newcomer: Newcomer): readonly Ask[] {
  if (newcomer.after.kind !== 'VirtualService') return []
  const claims = claimedAnew(newcomer).filter(
    (claim) =>
      claim.gateway === 'mesh' &&
      claim.host !== '*' &&
      !isUnknownClaim(claim) &&
      !isForOwnClients(claim, newcomer),
  )
  if (claims.length === 0 || administersMesh(newcomer)) return []
  const servers = [...virtualServicesAtGateways(newcomer), ...routesAtGateways(newcomer)]
  return claims.flatMap((claim) => asksAbout(claim, servers, newcomer))
}

function asksAbout({ host }: Claim, servers: readonly Server[], newcomer: Newcomer): readonly Ask[] {
  const { team } = newcomer
  return [...takenBy(host, servers), ...nearestOver(host, servers)]
    .filter((server) => server.team.key !== team.key || team.key === unowned.key)
    .map((server) => ({
      team: server.team,
      reason: reasonFor(newcomer, {
        code: 'gateway-host-claimed',
        values: { host, by: server.name, at: server.path, serves: server.host },
        predicate: say`takes the calls inside the mesh to ${quoted(host)}: ${quoted(server.name)} in ${quoted(server.path)} serves ${quoted(server.host)} at a gateway`,
      }),
      primaries: primariesOfOthers(primariesServing(server, newcomer), newcomer),
    }))
}

/** Those that a wildcard takes as well. */
function takenBy(host: string, servers: readonly Server[]): readonly Server[] {
  return servers.filter((server) => server.host !== host && hostSubsetOf(server.host, host))
}

/** Those that have the host itself, else by the longest wildcard. */
function nearestOver(host: string, servers: readonly Server[]): readonly Server[] {
  const over = servers.filter((server) => hostSubsetOf(host, server.host))
  const nearest = over.reduce((length, server) => Math.max(length, specificity(server.host)), 0)
  return over.filter((server) => specificity(server.host) === nearest)
}

function specificity(host: string): number {
  return isWildcard(host) ? host.length : Number.MAX_SAFE_INTEGER
}

/** One's own included: whoever has the nearer host need not ask about the wider one. */
function virtualServicesAtGateways({ mesh, claims, questioned, change }: Newcomer): readonly Server[] {
  const { ownership } = questioned.comparison
  return mesh.virtualServices
    .filter((other) => !mayBeIdentity(identityOf(other), change.name))
    .flatMap((other) =>
      claims(other)
        .filter(({ gateway, host }) => gateway !== 'mesh' && host !== '*' && !isUnknown(host))
        .map(({ host }) => ({
          host,
          team: ownership.teamOf(other),
          name: identityOf(other),
          path: other.file.path,
        })),
    )
}

const routeKinds = new Set(['HTTPRoute', 'GRPCRoute', 'TLSRoute'])

function routesAtGateways({ questioned }: Newcomer): readonly Server[] {
  const { base, ownership } = questioned.comparison
  return base.manifests.unmodelled
    .filter(({ kind }) => routeKinds.has(kind))
    .flatMap((route) =>
      textsOf(at(route.body, 'spec', 'hostnames')).map((host) => ({
        host: host.toLowerCase(),
        team: ownership.teamOf(route),
        name: `${route.kind} ${route.name}`,
        path: route.file.path,
      })),
    )
}

function primariesServing({ host }: Server, { mesh, claims }: Newcomer): readonly VirtualService[] {
  return mesh.graph.primaries.filter((primary) =>
    claims(primary).some((claim) => claim.gateway !== 'mesh' && hostMatches(claim.host, host)),
  )
}
